import io
import sys
from pathlib import Path

import pytest

import fabula
from fabula import pipeline
from fabula.cli import app, run
from fabula.report import facts
from fabula.review import DOUBTFUL
from fabula.store import Entry, load_corrections
from tests.review.small import SIX, START, TALK

ADA, TOM = "Ada Hale", "Tom Reed"


@pytest.fixture
def talk(tmp_path, monkeypatch):
    """A text whose first two lines are doubtful, read without the network."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline, "STAGES", pipeline.RULE_STAGES)
    monkeypatch.setenv("COLUMNS", "120")
    Path("talk.txt").write_text(TALK, "utf-8")
    return "talk.txt"


@pytest.fixture
def review(talk, monkeypatch, capsys):
    """Run a review with answers as they would be typed."""

    def reviewed(*answers, texts=(talk,), options=("--below", "0.64")):
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))
        code = run(["review", *texts, *options], debug=False)
        return code, *capsys.readouterr()

    return reviewed


def written():
    """What stands in the corrections file: kind, quote and name of each entry."""
    file = Path("corrections.toml")
    return [(one.kind, one.quoted, one.name) for one in load_corrections(file)] if file.exists() else []


def speakers(*texts):
    telling = fabula.read(*(texts or ("talk.txt",))).tellings[0]
    names = {who.id: who.name for who in telling.layer("characters")}
    return [names.get(said.speaker) for said in telling.layer("utterances")]


def test_enter_accepts_the_guess(review):
    guess = speakers()[0]
    code, out, err = review("")
    assert code == 0
    assert written() == [("speaker", SIX[0], guess)]
    assert f"q quit] \n{guess}.\n" in out
    assert err == (
        "1 line decided; 1 still doubtful. Written to corrections.toml. "
        "To read again: fabula read talk.txt -o talk.fabula\n"
    )


def test_an_answer_settles_what_hangs_on_it(review):
    code, out, err = review("2")
    assert code == 0
    assert "It settled 1 more." in out
    assert err.startswith("1 line decided; none is doubtful.")


def test_the_line_stands_among_its_neighbours_with_reason_and_candidates(review):
    _, out, _ = review("q")
    assert "talk.txt:3:1 · 3 words · 1 doubtful line in a row with it, 5 words in all · 2 left" in out
    assert f'who? > "{SIX[0]}"' in out
    assert f'Hale "{SIX[1]}"' in out or f'Reed "{SIX[1]}"' in out
    assert "%, by whose turn it is." in out
    assert "1 Tom Reed  2 Ada Hale" in out or "1 Ada Hale  2 Tom Reed" in out
    assert "\x1b[" not in out


def test_a_number_chooses_and_the_next_reading_obeys(review):
    other = ADA if speakers()[0] == TOM else TOM
    assert review("2")[0] == 0
    assert written() == [("speaker", SIX[0], other)]
    assert speakers() == [other, ADA if other == TOM else TOM] * 3


def test_another_name_is_somebody_known_or_new_after_a_yes(review):
    code, out, _ = review("n ada", "n Ruth Penn", "n", "n", "Ruth Penn", "y", options=("--below", "0.9"))
    assert code == 0
    assert written()[0] == ("speaker", SIX[0], ADA)
    assert "Nobody here is called “Ruth Penn”. Somebody new? [y/N]" in out
    assert written()[1] == ("speaker", SIX[1], "Ruth Penn")
    assert speakers()[:2] == [ADA, "Ruth Penn"]


def test_a_name_of_several_asks_which(review):
    Path("talk.txt").write_text(TALK.replace("Neither", "Ann Reed slept. Ann Reed snored. Neither"), "utf-8")
    _, out, _ = review("n Reed", "q")
    assert "may be" in out
    assert "Say which." in out
    assert written() == []


def test_what_is_no_speech_is_written_so(review):
    assert review("x", "q")[0] == 0
    assert written() == [("not_speech", SIX[0], "")]
    assert len(speakers()) == 5


def test_skipping_writes_nothing_and_goes_on(review):
    code, out, err = review("s", "s")
    assert (code, written()) == (0, [])
    assert [f'who? > "{line}' in out for line in SIX] == [True, True, *[False] * 4]
    assert err == "No line was decided; 2 still doubtful.\n"


def test_undo_takes_back_the_last_answer_or_skip(review):
    before = '# Mine.\n\n[[rename]]\nname = "Tom Reed"  # him\nto = "Thomas Reed"\n'
    Path("corrections.toml").write_text(before, "utf-8")
    _, out, err = review("u", "1", "u", "s", "u", "q")
    assert "There is nothing to take back." in out
    assert out.count(f'who? > "{SIX[0]}') == 3
    assert Path("corrections.toml").read_text("utf-8") == before
    assert err.startswith("No line was decided")


def test_the_authors_own_entries_keep_their_words_and_order(review):
    before = '# Mine.\n\n[[split]]\nnames = ["Ada", "Tom"]   # surely\n'
    Path("corrections.toml").write_text(before, "utf-8")
    review("1")
    assert Path("corrections.toml").read_text("utf-8").startswith(before)
    assert len(written()) == 2


def test_nonsense_is_asked_again_and_an_end_of_input_is_an_end(review):
    code, out, err = review("9", "what", "²")
    assert code == 0
    assert "“9” is none of the answers." in out
    assert "“²” is none of the answers." in out
    assert err == "No line was decided; 2 still doubtful.\n"


def test_an_unknown_speaker_has_no_guess_to_accept(review):
    Path("talk.txt").write_text('"Who is there?"\n\nThe rain went on.\n', "utf-8")
    _, out, _ = review("", "n Ada Hale", "y")
    assert "Unknown: " in out
    assert "There is no guess to accept" in out
    assert written() == [("speaker", "Who is there?", ADA)]


def test_an_interrupt_keeps_what_was_answered(review, monkeypatch):
    answers = iter(["1"])

    def typed(_):
        for answer in answers:
            return answer
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", typed)
    code, _, err = review(options=("--below", "0.7"))
    assert code == 130
    assert len(written()) == 1
    assert err.splitlines()[0].startswith("1 line decided; ")
    assert err.splitlines()[-1] == "fabula: stopped; no file is half-written"


def test_what_affects_few_words_is_passed_over(review):
    assert review(options=("--below", "0.64", "--at-least", "6"))[1:] == (
        "",
        "No line was decided; none is doubtful.\n",
    )
    assert f'who? > "{SIX[0]}"' in review("q", options=("--below", "0.64", "--at-least", "5"))[1]


def test_an_answer_for_one_of_several_texts_touches_no_other(review):
    Path("other.txt").write_text(TALK, "utf-8")
    review("1", "q")
    assert [one.telling for one in load_corrections("corrections.toml")] == ["talk"]
    Path("corrections.toml").unlink()
    review("1", "1", "q", texts=("talk.txt", "other.txt"))
    assert sorted(one.telling for one in load_corrections("corrections.toml")) == ["other", "talk"]


def test_the_answers_for_a_folder_stand_in_it(review):
    Path("book").mkdir()
    Path("book/1.txt").write_text(TALK, "utf-8")
    Path("book/2.txt").write_text(START, "utf-8")
    _, _, err = review("1", "q", texts=("book",))
    assert [(one.quoted, one.telling) for one in load_corrections("book/corrections.toml")] == [(SIX[0], "")]
    assert "fabula read book -o book.fabula" in err


def test_a_text_from_standard_input_cannot_be_reviewed(review):
    code, out, err = review("1", texts=("-",))
    assert (code, out) == (2, "")
    assert err == ("fabula: answers come from standard input, so a text cannot. Give the text as a file\n")


def kept(*texts, file="talk.fabula"):
    """A story file of what the rules read."""
    story = fabula.read(*texts)
    fabula.save(fabula.Story(tuple(telling.without("references") for telling in story.tellings)), file)
    return file


def test_a_story_file_is_reviewed_and_the_answers_stand_beside_its_text(review):
    file = kept("talk.txt")
    code, _, err = review("2", texts=(file,))
    assert code == 0
    assert len(written()) == 1
    assert "To read again: fabula read talk.txt -o talk.fabula" in err
    assert review(texts=(file,))[1] == ""


def test_a_story_file_elsewhere_finds_the_text_where_it_was_read(review, monkeypatch):
    Path("book").mkdir()
    Path("book/1.txt").write_text(TALK, "utf-8")
    Path("kept").mkdir()
    file = kept("book", file="kept/book.fabula")
    assert review("2", texts=(file,))[0] == 0
    assert load_corrections("book/corrections.toml")[0].quoted == SIX[0]


def test_a_story_file_whose_text_is_gone_says_so(review):
    file = kept("talk.txt")
    Path("talk.txt").unlink()
    code, out, err = review("1", texts=(file,))
    assert (code, out) == (2, "")
    assert err.startswith("fabula: talk.fabula: the text of “talk” is not where it was read")
    assert "fabula review NOVEL.txt" in err


def test_corrections_that_cannot_be_understood_stop_before_any_question(review):
    Path("corrections.toml").write_text("[[speeker]]\n", "utf-8")
    code, out, err = review("1")
    assert (code, out) == (2, "")
    assert "corrections.toml:1" in err


def test_a_line_is_doubtful_for_the_review_where_it_is_for_the_reports():
    (below,) = (option.default for option in command().params if option.name == "below")
    assert below == DOUBTFUL == facts.DOUBTFUL


def command():
    import typer

    return typer.main.get_command(app).commands["review"]


def test_an_entry_is_what_the_docs_say(review):
    review("1")
    (entry,) = load_corrections("corrections.toml")
    assert entry == Entry("speaker", SIX[0], name=entry.name, where="corrections.toml:3")
