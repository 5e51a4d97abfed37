import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

import fabula
from fabula import api, pipeline
from fabula.cli import run
from fabula.errors import ConfigError, InputError, LayerMissingError, OutputError
from fabula.exports import EXPORT_SETS, named_files
from fabula.exports.booknlp import ENDINGS, files
from fabula.spans import Span
from fabula.story import Character, Event, Mention, Metadata, Provenance, Role, Sentence, Story, Telling, Tokens
from tests.builders import Said, telling
from tests.story.test_script import SOUP

GOLDEN = Path(__file__).parent / "booknlp"
BY_HAND = Provenance("by hand", 1)
TEXT = """Wren rowed her brother to the inn.

“Sit down,” she told Otto, “or swim.”

“I am tired.”
"""
WORDS = """
Wren Wren PROPN NNP nsubj 1
rowed row VERB VBD root 1
her her PRON PRP$ nmod:poss 3
brother brother NOUN NN obj 1
to to ADP IN case 6
the the DET DT det 6
inn inn NOUN NN obl 1
. . PUNCT . punct 1
“ “ PUNCT `` punct 9
Sit sit VERB VB ccomp 14
down down ADP RP compound:prt 9
, , PUNCT , punct 14
” ” PUNCT '' punct 9
she she PRON PRP nsubj 14
told tell VERB VBD root 14
Otto Otto PROPN NNP iobj 14
, , PUNCT , punct 14
“ “ PUNCT `` punct 19
or or CCONJ CC cc 19
swim swim VERB VB conj 9
. . PUNCT . punct 14
” ” PUNCT '' punct 19
“ “ PUNCT `` punct 25
I I PRON PRP nsubj 25
am be AUX VBP cop 25
tired tired ADJ JJ root 25
. . PUNCT . punct 25
” ” PUNCT '' punct 25
"""


def at(words, nth=0):
    """Return where some words of the text stand for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def parsed(text, words):
    """Return tokens with tags and arcs: a line a word, with lemma, tags, relation and head."""
    spans = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    _, lemma, upos, xpos, relation, head = zip(*(line.split() for line in words.strip().splitlines()), strict=True)
    starts, ends = np.array(spans, np.int32).T
    columns = [np.array(column, object) for column in (lemma, upos, xpos, [""] * len(spans), relation)]
    return Tokens(starts, ends, *columns, np.array(head, np.int32))


def with_layers(told, **layers):
    for name, records in layers.items():
        told = told.with_layer(name, records, BY_HAND)
    return told


def inn(**layers):
    """Return three paragraphs by hand: Wren speaks in two pieces, and somebody unknown in one."""
    told = telling(
        TEXT,
        name="inn",
        metadata=Metadata(language="en"),
        cast=(
            Character("wren", "Wren", ("Wren",), "female", 3),
            Character("otto", "Otto", ("Otto", "her brother"), "male", 2),
        ),
        said=[
            Said(("“Sit down,”", "“or swim.”"), "wren", ("otto",), more={"cue": at("she")}),
            Said("“I am tired.”"),
        ],
    )
    made = {
        "tokens": [parsed(TEXT, WORDS)],
        "sentences": [Sentence(paragraph.span) for paragraph in told.layer("paragraphs")],
        "mentions": [
            Mention(at("Wren"), "name", "wren", cluster=0),
            Mention(at("her brother"), "nominal", "otto", cluster=1),
            Mention(at("her"), "pronoun", "wren", cluster=0),
            Mention(at("the inn"), "nominal", None, "FAC", cluster=2),
            Mention(at("she"), "pronoun", "wren", cluster=0),
            Mention(at("Otto"), "name", "otto", cluster=1),
            Mention(at("I "), "pronoun"),
        ],
        "events": [Event(at("rowed"), "row"), Event(at("told"), "tell")],
        "roles": [
            Role("wren", "agent", at("rowed"), "row", at("Wren")),
            Role("otto", "patient", at("rowed"), "row", at("her brother")),
            Role("wren", "possessive", at("brother"), "brother", at("her")),
            Role("wren", "agent", at("told"), "tell", at("she")),
        ],
    }
    return with_layers(told, **{**made, **layers})


def rows(text):
    """Read a table as scripts for BookNLP do: tabs between, nothing quoted, a header."""
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def book(told):
    return json.loads(files(told)[".book"])["characters"]


def quotes(told):
    return rows(files(told)[".quotes"])


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_files_are_as_they_were_checked_by_eye(ending):
    assert files(inn())[ending] == (GOLDEN / f"inn{ending}").read_bytes().decode("utf-8")


def test_the_headers_are_those_of_booknlp():
    heads = {ending: text.splitlines()[0].replace("\t", " ") for ending, text in files(inn()).items()}
    assert heads[".tokens"] == (
        "paragraph_ID sentence_ID token_ID_within_sentence token_ID_within_document word lemma byte_onset "
        "byte_offset POS_tag fine_POS_tag dependency_relation syntactic_head_ID event"
    )
    assert heads[".entities"] == "COREF start_token end_token prop cat text"
    assert heads[".quotes"] == "quote_start quote_end mention_start mention_end mention_phrase char_id quote"


def test_a_script_finds_its_way_from_file_to_file():
    made = files(inn())
    words = [row["word"] for row in rows(made[".tokens"])]
    entities = rows(made[".entities"])
    named = {}
    for row in entities:
        assert row["text"].split(" ") == words[int(row["start_token"]) : int(row["end_token"]) + 1]
        named.setdefault(row["COREF"], []).append(row["text"])
    for row in rows(made[".quotes"]):
        assert row["quote"].split(" ") == words[int(row["quote_start"]) : int(row["quote_end"]) + 1]
        if row["char_id"] != "None":
            assert row["mention_phrase"] in named[row["char_id"]]
    for character in json.loads(made[".book"])["characters"]:
        forms = character["mentions"]["proper"] + character["mentions"]["common"] + character["mentions"]["pronoun"]
        assert Counter({form["n"]: form["c"] for form in forms}) == Counter(named[str(character["id"])])
        assert sum(form["c"] for form in forms) == character["count"]
        for kind in ("agent", "patient", "mod", "poss"):
            assert all(words[done["i"]] == done["w"] for done in character[kind])


def test_tokens_lead_back_to_the_text_and_to_their_sentence():
    made = rows(files(inn())[".tokens"])
    for number, row in enumerate(made):
        assert TEXT[int(row["byte_onset"]) : int(row["byte_offset"])] == row["word"]
        assert row["token_ID_within_document"] == str(number)
        first = number - int(row["token_ID_within_sentence"])
        assert first == min(i for i, other in enumerate(made) if other["sentence_ID"] == row["sentence_ID"])
    assert [row["word"] for row in made if row["event"] == "EVENT"] == ["rowed", "told"]
    assert [row["word"] for row in made if row["dependency_relation"] == "ROOT"] == ["rowed", "told", "tired"]


def test_white_space_in_a_word_becomes_letters_and_nothing_is_empty():
    text = "1\t200 a\nb"
    tokens = parsed("xx yyy", "xx _ NUM CD root 0\nyyy _ NOUN NN dep 0")
    tokens = replace(
        tokens,
        starts=np.array([0, 6], np.int32),
        ends=np.array([5, 9], np.int32),
        lemma=np.array(["", "a b"], object),
    )
    paragraph = Span(0, len(text))
    told = with_layers(
        telling(text), tokens=[tokens], sentences=[Sentence(paragraph)], mentions=[], events=[], roles=[]
    )
    assert [(row["word"], row["lemma"]) for row in rows(files(told)[".tokens"])] == [("1T200", "_"), ("aNb", "aSb")]


def test_the_narrator_is_number_0_and_nobody_else_is():
    first_person = inn(
        characters=[replace(who, narrator=who.id == "otto") for who in inn().layer("characters")],
    )
    numbers = {row["text"]: row["COREF"] for row in rows(files(first_person)[".entities"])}
    assert numbers == {
        "Wren": "1",
        "her": "1",
        "she": "1",
        "her brother": "0",
        "Otto": "0",
        "the inn": "2",
        "I": "-1",
    }


def test_a_speaker_without_cue_is_named_by_the_nearest_mention_before():
    told = inn(utterances=[replace(said, cue=None, speaker="otto") for said in inn().layer("utterances")])
    assert [row["mention_phrase"] for row in quotes(told)] == ["her brother", "Otto", "Otto"]
    assert {row["char_id"] for row in quotes(told)} == {"2"}


def test_a_speaker_first_mentioned_later_is_named_there_and_one_never_mentioned_is_nobody():
    mentions = [mention for mention in inn().layer("mentions") if mention.span.start >= at("Otto").start]
    told = inn(
        mentions=mentions,
        utterances=[replace(said, cue=None, speaker="otto") for said in inn().layer("utterances")[:1]],
    )
    assert [row["mention_start"] for row in quotes(told)] == ["15", "15"]
    silent = inn(mentions=[])
    assert {tuple(row.values())[2:6] for row in quotes(silent)} == {("None",) * 4}


def test_a_mention_in_speech_names_a_speaker_only_where_there_is_none_in_narration():
    mine = Mention(at("I "), "pronoun", "otto", cluster=1)
    last = inn().layer("utterances")[1]
    others = inn().layer("mentions")[:-1]
    heard = inn(mentions=[*others, mine], utterances=[replace(last, speaker="otto")])
    assert [row["mention_phrase"] for row in quotes(heard)] == ["Otto"]
    alone = inn(mentions=[mine], utterances=[replace(last, speaker="otto")])
    assert [row["mention_phrase"] for row in quotes(alone)] == ["I"]


def test_an_unknown_speaker_is_the_one_at_the_cue_who_is_no_character():
    said = [replace(inn().layer("utterances")[1], cue=at("the inn"))]
    (row,) = quotes(inn(utterances=said))
    assert (row["mention_phrase"], row["char_id"]) == ("the inn", "3")


def test_the_book_holds_whoever_is_mentioned_twice():
    assert [entry["id"] for entry in book(inn())] == [1, 2]
    assert [entry["id"] for entry in book(inn(mentions=inn().layer("mentions")[:-3]))] == [1]


def test_gender_is_ours_and_the_shares_are_those_of_the_pronouns():
    def gender(name, gender):
        cast = [replace(who, gender=gender) if who.id == name else who for who in inn().layer("characters")]
        return next(one["g"] for one in book(inn(characters=cast)) if one["id"] == ("wren", "otto").index(name) + 1)

    assert gender("wren", "unknown") == gender("wren", "female")
    assert gender("wren", "female")["inference"]["she/her"] == 1.0
    assert gender("otto", "unknown") is None
    assert gender("otto", "male")["argmax"] == "he/him/his"
    assert (gender("otto", "neutral")["argmax"], gender("otto", "neutral")["total"]) == ("they/them/their", 0)


@given(SOUP)
def test_every_table_of_any_text_can_be_read(text):
    told = pipeline.run(Telling("t", text), stages=pipeline.RULE_STAGES)
    (bare,) = told.layer("tokens")
    tokens = replace(bare, head=np.arange(len(bare), dtype=np.int32))
    mentions = [
        Mention(tokens.extent(number), "name", who.id)
        for who, number in zip(told.layer("characters"), range(len(bare)), strict=False)
    ]
    made = files(with_layers(told, tokens=[tokens], mentions=mentions, events=[], roles=[]))
    words = made[".tokens"].split("\n")[1:-1]
    assert [line.count("\t") for line in words] == [12] * len(bare)
    assert all(cell for line in words for cell in line.split("\t"))
    for line in made[".quotes"].split("\n")[1:-1]:
        first, last, *_, said = line.split("\t")
        assert said == " ".join(word.split("\t")[4] for word in words[int(first) : int(last) + 1])


def test_each_telling_gets_a_set_named_after_it(tmp_path):
    story = Story((inn(), replace(inn(), name="../INN"), replace(inn(), name="Inn")))
    fabula.export(story, "booknlp", tmp_path / "new" / "folder")
    stems = ("inn", "_INN", "Inn-2")
    assert {file.name for file in (tmp_path / "new" / "folder").iterdir()} == {
        f"{stem}{ending}" for stem in stems for ending in ENDINGS
    }
    assert list(tmp_path.iterdir()) == [tmp_path / "new"]


def test_a_layer_that_is_missing_is_named_and_nothing_is_written(tmp_path):
    for layer in ("tokens", "sentences", "paragraphs", "mentions", "events", "utterances", "roles"):
        story = Story((inn(), replace(inn().without(layer), name="half")))
        with pytest.raises(LayerMissingError, match=f"'booknlp' needs the layer '{layer}'|'script' needs"):
            fabula.export(story, "booknlp", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_language_that_is_not_read_is_told():
    told = pipeline.run(
        Telling("nuit", "« Viens », dit-elle.", metadata=Metadata(language="fr")), stages=pipeline.UNREAD_STAGES
    )
    with pytest.raises(InputError, match=r"nuit: the words .* not parsed: it is in French, .* Choose json"):
        files(told)


def test_an_open_file_is_no_place_for_several(tmp_path):
    with pytest.raises(ConfigError, match=r"'booknlp' is several files\. Name a folder"):
        fabula.export(Story((inn(),)), "booknlp", io.StringIO())
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path / "file", tmp_path / "file" / "in"):
        with pytest.raises(OutputError, match="this is a file, not a folder"):
            fabula.export(Story((inn(),)), "booknlp", place)


def test_the_command_writes_the_set_and_says_where(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    api.save(Story((inn(),)), "inn.fabula")
    command = ["export", "inn.fabula", "--to", "booknlp"]
    assert run([*command, "-o", "out"], debug=False) == 0
    assert capsys.readouterr().err.splitlines() == [f"written: {Path('out') / 'inn'}{ending}" for ending in ENDINGS]
    assert {file.name: file.read_bytes() for file in Path("out").iterdir()} == {
        name: text.encode("utf-8") for name, text in named_files(Story((inn(),)), EXPORT_SETS[0]).items()
    }
    for more in ([], ["-o", "-"]):
        assert run([*command, *more], debug=False) == 2
        assert "Name a folder for them with -o" in capsys.readouterr().err
    assert run([*command, "-o", "inn.fabula"], debug=False) == 2
    assert "a file, not a folder" in capsys.readouterr().err


def test_the_command_replaces_nothing_that_is_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("inn.book").write_text(TEXT, "utf-8")
    assert run(["export", "inn.book", "--to", "booknlp", "-o", "."], debug=False) == 2
    assert "this would replace what is read" in capsys.readouterr().err
    assert Path("inn.book").read_text("utf-8") == TEXT
