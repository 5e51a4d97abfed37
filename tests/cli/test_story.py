import json
from pathlib import Path

import pytest

import fabula
from fabula import api
from fabula.cli import run
from fabula.story import Story
from tests.tellings.evenings import CHRONICLE, DREAMER, KEEPER, OILMAN, SKIPPER, story


def kept(*tellings):
    # Not aligned, as `fabula read A B -o STORY.fabula` leaves them.
    api.save(Story(tellings), "kept.fabula")
    return "kept.fabula"


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")


def ran(capsys, *words):
    code = run(["story", *words], debug=False)
    out, err = capsys.readouterr()
    return code, out, err


def test_the_order_has_a_column_for_each_telling(capsys):
    code, out, err = ran(capsys, kept(KEEPER, OILMAN, SKIPPER))
    assert (code, err) == (0, "")
    rows = out.splitlines()
    assert rows[0] == "The story behind keeper"
    assert rows[2:5] == ["A  keeper", "B  oilman", "C  skipper"]
    (late,) = [row for row in rows if "You are late" in row]
    assert late.split()[1:4] == ["•", "•", "•"]
    assert "Only skipper tells: 3 lines with events" in rows
    assert "\x1b" not in out


def test_every_event_has_a_row_of_its_own_where_asked(capsys):
    file = kept(KEEPER, OILMAN)
    scenes, events = (ran(capsys, file, *more)[1].split("\n\n")[0].splitlines() for more in ((), ("--events",)))
    assert any("(+2)" in row for row in scenes)
    assert len(scenes) < len(events)
    assert sum("He set the can down" in row for row in events) == 2


def test_what_does_not_count_for_the_order_is_marked(capsys):
    out = ran(capsys, kept(DREAMER, CHRONICLE), "--events")[1]
    assert "3 places that would contradict the order of another telling do not count for the order (↶)" in out
    (burned,) = [row for row in out.splitlines() if "blazed" in row]
    assert burned.split()[1:3] == ["↶", "•"]


def test_brackets_in_a_text_are_words(capsys):
    telling = OILMAN
    (meeting,) = [each for each in telling.layer("events") if each.lemma == "reach"]
    text = telling.text.replace("It was raining still", "[b] raining ][/b]] s")
    assert len(text) == len(telling.text)
    from dataclasses import replace

    out = ran(capsys, kept(replace(telling, text=text)), "--events")[1]
    assert "[b] raining ][/b]] s" in out
    assert meeting.span.of(text) in out


def test_all_that_one_tells_alone_by_name_or_letter(capsys):
    file = kept(KEEPER, OILMAN)
    by_name, by_letter = ran(capsys, file, "--only", "Oilman"), ran(capsys, file, "--only", "b")
    assert by_name == by_letter
    assert "He talked of herrings." in by_name[1]
    assert "Marta trimmed" not in by_name[1]
    assert ran(capsys, file, "--only", "C") == (
        2,
        "",
        "fabula: there is no telling called 'C'. There are A (keeper), B (oilman)\n",
    )


def test_who_knows_what_at_a_place(capsys):
    code, out, _ = ran(capsys, kept(KEEPER, OILMAN), "--knows", "marta", "--at", "oilman:I thought of the warm")
    assert code == 0
    assert out.startswith("What Marta may know\nBeing there or being told is evidence of knowing, no proof")
    told = out[out.index("Marta was told of: 1 event") : out.index("Marta cannot know of")]
    assert "I met the priest on the causeway, in the rain." in told
    assert 'in "I met the priest on the causeway and he would' in told
    assert "He talked of herrings." in out[out.index("Marta cannot know of") :]


def test_json_has_all_of_it(capsys):
    file = kept(KEEPER, OILMAN)
    assert ran(capsys, file, "--knows", "Joss", "-o", "plot.json") == (0, "", "written: plot.json\n")
    document = json.loads(Path("plot.json").read_text("utf-8"))
    assert document == json.loads(ran(capsys, file, "--knows", "Joss", "--format", "json")[1])
    plot = fabula.plot(story(KEEPER, OILMAN))
    assert document["schema"] == "fabula-plot/1"
    assert [each["after"] for each in document["events"]] == [list(each.after) for each in plot.events]
    assert [side["alone"] for side in document["sides"]] == [
        [each.id for each in plot.alone(side)] for side in (0, 1)
    ]
    assert document["people"][0]["characters"] == {"keeper": "joss", "oilman": "narrator"}
    (met,) = [each for each in document["events"] if each["lemma"] == "meet"]
    assert met["witnesses"][0]["text"] == "I met the priest on the causeway, in the rain."
    assert document["reports"] == [list(each) for each in plot.reports]
    assert len(document["knows"]["known"]) == len(document["events"])


def test_text_goes_to_a_file_too(capsys):
    assert ran(capsys, kept(KEEPER), "-o", "plot.txt", "-q") == (0, "", "")
    assert Path("plot.txt").read_text("utf-8").startswith("The story behind keeper\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--at", "2"), "--at says when somebody knows. Say who with --knows NAME"),
        (("--only", "a", "--knows", "Joss"), "--only shows lines alone. Leave out --knows and --events"),
        (("--only", "a", "--format", "json"), "--only is text, not json"),
        (("--events", "--format", "json"), "--events is about the rows of the whole story as text"),
        (("--format", "csv"), "there is no format called 'csv' here. Choose text or json"),
        (("-o", "plot.fabula"), "a story file holds what was read"),
        (("--knows", "Nobody"), "nobody goes by 'Nobody' here. There are Joss, Marta"),
        (("--knows", "Joss", "--at", "the"), "Quote more words"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(capsys, words, message):
    code, out, err = ran(capsys, kept(KEEPER), *words)
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert not Path("plot.fabula").exists()


def test_a_text_that_is_there_twice_or_not_at_all_is_told(capsys):
    Path("empty.txt").write_text("", "utf-8")
    code, _, err = ran(capsys, "nowhere.txt")
    assert (code, err.count("\n")) == (2, 1)
    code, _, err = ran(capsys, "empty.txt", "nowhere.txt")
    assert (code, err.count("\n")) == (2, 1)
