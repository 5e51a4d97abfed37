import csv
import io
import json
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from fabula import api
from fabula.cli import run
from fabula.cli.align import file_and_part, of_two_languages
from fabula.cli.progress import ALIGNING, done
from tests.tellings.small import KEEPER, MARKET, OILMAN


@pytest.fixture
def two(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("keeper.txt").write_text(KEEPER, "utf-8")
    Path("oilman.txt").write_text(OILMAN, "utf-8")
    Path("both.txt").write_text(f"[Marta's Point Of View]\n\n{KEEPER}\n\n[Joss's Point Of View]\n\n{OILMAN}", "utf-8")
    return "keeper.txt", "oilman.txt"


def ran(capsys, *words):
    code = run(list(words), debug=False)
    out, err = capsys.readouterr()
    return code, out, err


def test_two_tellings_are_shown_side_by_side(two, capsys):
    code, out, err = ran(capsys, "align", *two)
    assert (code, err) == (0, "")
    assert out.startswith("keeper | oilman\n")
    assert "[two hours]" in out
    assert "\x1b" not in out


def test_the_format_is_what_is_asked_for_or_what_the_ending_says(two, capsys):
    table = ran(capsys, "align", *two, "--format", "csv")[1]
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert "an hour > two hours" in [row["changes"] for row in rows]
    assert ran(capsys, "align", *two, "-o", "side.json") == (0, "", "written: side.json\n")
    assert len(json.loads(Path("side.json").read_text("utf-8"))["rows"]) == len(rows)
    assert ran(capsys, "align", *two, "-o", "side.txt", "-q") == (0, "", "")
    assert "[two" in Path("side.txt").read_text("utf-8")


def test_one_text_that_tells_the_same_twice_is_enough(two, capsys):
    assert ran(capsys, "align", "both.txt")[1].startswith("both: Marta | both: Joss\n")


def test_a_story_file_of_two_tellings_is_aligned(two, capsys):
    api.save(api.align(*two), "evening.fabula")
    assert ran(capsys, "align", "evening.fabula")[1] == ran(capsys, "align", *two)[1]


def test_a_story_file_keeps_what_was_aligned(two, capsys, monkeypatch):
    shown = ran(capsys, "align", *two)[1]
    assert ran(capsys, "align", *two, "-o", "evening.fabula") == (0, "", "written: evening.fabula\n")
    story = api.open_story("evening.fabula")
    assert set(story.tellings[0].layers) >= {"utterances", "characters"}
    monkeypatch.setattr(api, "align_story", None)  # it is not needed again
    assert ran(capsys, "align", "evening.fabula")[1] == shown
    assert "Marta" in ran(capsys, "report", "evening.fabula")[1]


def test_a_story_file_that_was_only_read_is_aligned_and_kept(two, capsys):
    assert ran(capsys, "read", *two, "-q", "-o", "read.fabula")[0] == 0
    assert ran(capsys, "align", "read.fabula", "-q", "-o", "both.fabula") == (0, "", "")
    read, both = api.open_story("read.fabula"), api.open_story("both.fabula")
    assert (read.alignments, both.tellings) == ((), read.tellings)
    assert both.alignments == api.align(*two).alignments


def test_a_story_decided_again_is_still_aligned(two):
    story = api.align(*two, whole=True)
    assert api.decide_again(story, []).alignments == story.alignments != ()


def test_a_story_of_before_there_were_voices_can_be_decided_again(two):
    story = api.read(two[0])
    older = replace(story, tellings=tuple(telling.without("voices") for telling in story.tellings))
    (again,) = api.decide_again(older, []).tellings
    assert [said.pieces for said in again.layer("utterances")] == [
        said.pieces for said in story.tellings[0].layer("utterances")
    ]


def test_contradictions_stand_before_the_columns(two, capsys):
    out = ran(capsys, "align", *two)[1]
    assert "\n1 contradiction" in out
    assert out.index("≠") < out.index("≈")
    document = json.loads(ran(capsys, "align", *two, "--format", "json")[1])
    found = [each for row in document["rows"] for each in row["differences"]]
    assert ("contradiction", "an hour", "two hours") in [(each["verdict"], each["a"], each["b"]) for each in found]
    assert "Marta" in {who["a"] for who in document["people"]}


def test_a_text_in_another_language_is_aligned_all_the_same(two, capsys):
    french = "Il pleuvait sur la ville et les bateaux dormaient. Elle monta l'escalier avec une lampe et du pain."
    Path("un.txt").write_text(french, "utf-8")
    Path("deux.txt").write_text(french.replace("pain", "vin"), "utf-8")
    assert ran(capsys, "align", "un.txt", "deux.txt")[0] == 0


def test_unrelated_texts_are_said_to_be_so(two, capsys):
    Path("market.txt").write_text(MARKET, "utf-8")
    code, out, _ = ran(capsys, "align", "market.txt", "keeper.txt")
    assert code == 0
    assert "Nothing is claimed" in out


def test_very_many_alignments_are_announced_with_what_would_be_fewer(two, capsys):
    told = []
    for number in range(21):
        told.append(f"{number}.txt")
        Path(told[-1]).write_text("The tower was dark.", "utf-8")
    note = (
        "note: --pairs aligns every two of 21 tellings, 210 times; --base NAME instead sets all against one, 20 times"
    )
    assert ran(capsys, "align", *told, "--pairs", "-o", "a.csv")[2] == f"{note}\nwritten: a.csv\n"
    assert ran(capsys, "align", *told, "--pairs", "-o", "a.csv", "-q")[2] == ""
    assert ran(capsys, "align", *told[:20], "--pairs", "-o", "a.csv")[2] == "written: a.csv\n"
    assert ran(capsys, "align", *told, "-o", "a.csv")[2] == "written: a.csv\n"


def test_aligning_a_story_file_is_shown_as_it_goes_on(two, capsys, monkeypatch):
    api.save(api.read(*two), "read.fabula")
    told = []

    @contextmanager
    def progress(*, quiet, shares):
        yield lambda stage, number, of: told.append((stage, done(number, shares(of))))

    monkeypatch.setattr("fabula.cli.progress.progress", progress)
    assert ran(capsys, "align", "read.fabula", "-o", "side.csv")[0] == 0
    assert told[-1] == ("aligning", ALIGNING)
    assert [work for _, work in told] == sorted(work for _, work in told)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["keeper.txt"], "no parts were found that tell the same"),
        ([], "nothing to align"),
        (["keeper.txt", "oilman.txt", "--base", "market"], "no telling goes by the name 'market'"),
        (["--telling", "keeper.txt"], "no part is named"),
        (["--telling", "C:\\keeper.txt"], "no part is named"),
        (["--telling", "nowhere.txt:Marta"], "nowhere.txt"),
        (["oilman.txt", "--telling", "keeper.txt:Marta"], "It has no headings"),
        (["--telling", "both.txt:Joss"], "one telling alone cannot be aligned"),
        (["oilman.txt", "--telling", "both.txt:Abel"], "Name one of 'Marta', 'Joss'"),
        (["oilman.txt", "--telling", "both.txt:Joss", "-o", "both.txt"], "both.txt"),
        (["keeper.txt", "oilman.txt", "--format", "pdf"], "no export called 'pdf'"),
        (["keeper.txt", "oilman.txt", "-o", "keeper.txt"], "keeper.txt"),
        (["keeper.txt", "nowhere.txt"], "nowhere.txt"),
        (["keeper.txt", "oilman.txt", "-o", "no/where.fabula"], "folder does not exist"),
    ],
)
def test_what_cannot_be_aligned_is_one_clear_line(two, capsys, words, message):
    code, out, err = ran(capsys, "align", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert Path("keeper.txt").read_text("utf-8") == KEEPER


def test_the_summary_alone_says_what_changed_between_drafts(two, capsys):
    code, out, _ = ran(capsys, "align", *two, "--summary")
    assert code == 0
    assert out.startswith("What changed from keeper to oilman\nscenes: 1 reworded\n  reworded ")
    assert "Who is on the stair" not in out
    assert ran(capsys, "align", *two, "--summary", "-o", "changes.txt", "-q") == (0, "", "")
    assert Path("changes.txt").read_text("utf-8") == out
    code, out, err = ran(capsys, "align", *two, "--summary", "--format", "csv")
    assert (code, out) == (2, "")
    assert "--summary is text, not csv" in err


@pytest.fixture
def corrections(two):
    words = (
        '[[speaker]]\nquote = "an hour ago without a light"\nspeaker = "Marta"\n[[rename]]\nname = "Bo"\nto = "B"\n'
    )
    Path("corrections.toml").write_text(words, "utf-8")
    return words


def test_corrections_are_carried_over_to_the_next_draft(two, corrections, capsys):
    code, out, err = ran(capsys, "align", *two, "--carry", "corrections.toml", "-o", "new.toml")
    assert (code, out) == (0, "")
    assert err == (
        "corrections.toml:4: “Bo” stands nowhere in oilman; kept as a comment\n"
        "0 carried over, 1 quoted anew, 1 kept as a comment\n"
        "written: new.toml\n"
    )
    assert Path("corrections.toml").read_text("utf-8") == corrections
    new = Path("new.toml").read_text("utf-8")
    assert 'quote = "two hours ago without a light"' in new
    assert ran(capsys, "align", *two, "--carry", "corrections.toml", "-q") == (0, new, "")
    Path("new").mkdir()
    assert ran(capsys, "align", *two, "--carry", "corrections.toml", "-q", "-o", "new/corrections.toml")[0] == 0


def test_a_draft_of_the_same_name_in_another_folder_keeps_it(two, capsys):
    Path("later").mkdir()
    Path("later/keeper.txt").write_text(OILMAN, "utf-8")
    toml = '[[speaker]]\nquote = "You are late"\nspeaker = "Marta"\ntelling = "keeper"\n'
    Path("corrections.toml").write_text(toml, "utf-8")
    out = ran(capsys, "align", "keeper.txt", "later/keeper.txt", "--carry", "corrections.toml", "-q")[1]
    assert out == toml


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["keeper.txt", "oilman.txt", "--carry", "corrections.toml", "-o", "corrections.toml"], "replace none"),
        (["keeper.txt", "oilman.txt", "--carry", "corrections.toml", "-o", "keeper.txt"], "replace none"),
        (["keeper.txt", "oilman.txt", "--carry", "gone.toml"], "gone.toml: it cannot be read"),
        (["keeper.txt", "oilman.txt", "--carry", "keeper.txt"], "no valid TOML"),
        (["keeper.txt", "oilman.txt", "--carry", "corrections.toml", "--summary"], "Leave out --summary"),
        (["keeper.txt", "oilman.txt", "--carry", "corrections.toml", "--base", "oilman"], "Leave out --base"),
        (["keeper.txt", "oilman.txt", "--carry", "draft.docx"], "draft.docx: this is no file of corrections"),
        (["keeper.txt", "--carry", "corrections.toml"], "from one draft to another"),
        (["both.txt", "--carry", "corrections.toml"], "from one draft to another"),
    ],
)
def test_what_cannot_be_carried_over_is_one_clear_line(two, corrections, capsys, words, message):
    Path("both.txt").write_text(f"[Marta's Point Of View]\n\n{KEEPER}\n\n[Joss's Point Of View]\n\n{OILMAN}", "utf-8")
    Path("draft.docx").write_bytes(b"PK\x03\x04\x14\0\0\0")
    code, out, err = ran(capsys, "align", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert Path("corrections.toml").read_text("utf-8") == corrections
    assert Path("keeper.txt").read_text("utf-8") == KEEPER


def test_more_than_two_are_set_against_the_base(two, capsys):
    Path("third.txt").write_text(KEEPER.replace("an hour", "three hours"), "utf-8")
    out = ran(capsys, "align", *two, "third.txt", "--base", "oilman.txt")[1]
    assert out.startswith("oilman, and beside it keeper, third\n")
    assert [line for line in out.splitlines() if " | " in line] == ["oilman | keeper", "oilman | third"]
    table = ran(capsys, "align", *two, "third.txt", "--pairs", "--format", "json")[1]
    pairs = [(row["a"], row["b"]) for row in json.loads(table)["rows"]]
    assert list(dict.fromkeys(pairs)) == [("keeper", "oilman"), ("keeper", "third"), ("oilman", "third")]


def test_a_part_of_a_text_is_a_telling_by_hand(two, capsys):
    out = ran(capsys, "align", "keeper.txt", "--telling", "both.txt:Joss")[1]
    assert out.startswith("keeper | both: Joss\n")
    whole, part = (
        json.loads(ran(capsys, "align", *words, "--format", "json")[1])["rows"]
        for words in (two, ("keeper.txt", "--telling", "both.txt:Joss"))
    )
    told = ("a_text", "b_text", "relation")
    assert [[row[name] for name in told] for row in part] == [[row[name] for name in told] for row in whole]
    parts = ["--telling", "both.txt:Joss", "--telling", "both.txt:Marta"]
    assert ran(capsys, "align", *parts)[1].startswith("both: Joss | both: Marta\n")


def test_a_file_and_its_part_are_told_apart(two):
    Path("a:b.txt").write_text(KEEPER, "utf-8")
    assert file_and_part("keeper.txt:Chapter 2: Rain") == ("keeper.txt", "Chapter 2: Rain")
    assert file_and_part("a:b.txt:2") == ("a:b.txt", "2")
    assert file_and_part("-:Anna") == ("-", "Anna")
    assert file_and_part(r"C:\drafts\storm.docx:Chapter 2: Rain") == (r"C:\drafts\storm.docx", "Chapter 2: Rain")
    assert file_and_part("D:/storm.docx:Anna") == ("D:/storm.docx", "Anna")


def test_the_apparatus_and_the_page_are_written_by_their_ending(two, capsys):
    assert ran(capsys, "align", *two, "-o", "side.xml") == (0, "", "written: side.xml\n")
    assert "<witness" in Path("side.xml").read_text("utf-8")
    assert ran(capsys, "align", *two, "-o", "side.html", "-q") == (0, "", "")
    assert Path("side.html").read_text("utf-8").startswith("<!DOCTYPE html>")


GERMAN = """Marta hörte das Klopfen um zwei Uhr und öffnete die Tür des Leuchtturms.

»Wer ist da?«, fragte sie. »Nur ich«, sagte Joss. »Ich habe das Öl vom Hafen mitgebracht.«

Sie ließ ihn ein, und er stellte die schwere Kanne neben den Ofen. Er antwortete ihr nicht gleich.
"""


def test_that_tellings_are_of_two_languages_is_said(two, capsys):
    Path("waerter.txt").write_text(GERMAN, "utf-8")
    Path("gehilfe.txt").write_text(GERMAN, "utf-8")
    code, out, err = ran(capsys, "align", "keeper.txt", "waerter.txt", "gehilfe.txt")
    assert code == 0
    assert "Nothing is claimed" in out
    told = "note: keeper is in one language (en), waerter in another (de): only shared words are compared\n"
    assert err == told
    assert ran(capsys, "align", "keeper.txt", "waerter.txt", "-q")[2] == ""
    assert ran(capsys, "align", "gehilfe.txt", "waerter.txt")[2] == ""


def test_kinds_of_one_language_are_one_language(two):
    story = api.align(*two)
    british, american = (
        replace(telling, metadata=replace(telling.metadata, language=tag))
        for telling, tag in zip(story.tellings, ("en-GB", "en-US"), strict=True)
    )
    assert of_two_languages(replace(story, tellings=(british, american))) == ()


@pytest.mark.parametrize("name", ["keeper.txt", "./keeper.txt"])
def test_a_telling_and_itself_are_the_same(name, two, capsys):
    out = ran(capsys, "align", "keeper.txt", name)[1]
    assert out.startswith("keeper | keeper-2\n")
    assert "0 in other words or marks" in out
    assert "0 only left · 0 only right" in " ".join(out.split())


@pytest.mark.parametrize(
    ("raw", "message"),
    [(b"", "is empty"), (b" \n\n", "nothing but white space"), (bytes(range(256)) * 9, "a binary file")],
)
def test_what_is_no_telling_is_named_in_one_line(raw, message, two, capsys):
    Path("odd.txt").write_bytes(raw)
    code, out, err = ran(capsys, "align", "keeper.txt", "odd.txt")
    assert (code, out) == (2, "")
    assert err.startswith("fabula: odd.txt: ")
    assert message in err
    assert err.count("\n") == 1


def test_a_scrap_finds_its_place_in_a_long_telling(two, capsys):
    rest = "\n\n".join(f"On day {day} the wind turned and the boats of bay {day} stayed in." for day in range(400))
    Path("long.txt").write_text(f"{rest}\n\n{KEEPER}\n\n{rest}", "utf-8")
    assert ran(capsys, "align", "keeper.txt", "long.txt", "--format", "csv", "-o", "side.csv", "-q")[0] == 0
    rows = list(csv.DictReader(io.StringIO(Path("side.csv").read_text("utf-8-sig"))))
    assert not [row for row in rows if row["relation"] == "only a"]


def test_many_tellings_are_set_beside_the_first(two, capsys):
    names = [f"t{number}.txt" for number in range(12)]
    for number, name in enumerate(names):
        Path(name).write_text(KEEPER.replace("an hour", f"{number + 2} hours"), "utf-8")
    out = ran(capsys, "align", *names)[1]
    assert out.startswith("t0, and beside it t1, t2,")
    assert "t0 | t11\n" in out
