import html as stdlib_html
import io
import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from fabula.errors import LayerMissingError
from fabula.report import write
from fabula.report.chord import chord
from fabula.report.facts import pairs, scenes
from fabula.report.markup import safe
from fabula.report.reading import channel, paragraph_at, reading
from fabula.report.storyline import storyline
from fabula.report.voices import voices
from fabula.spans import Span
from fabula.story import Mark, Story, Telling, Utterance
from tests.builders import telling
from tests.report.stories import both, hostile, keeper, lighthouse, quarrel


def page(story):
    out = io.StringIO()
    write(story, out)
    return out.getvalue()


def parsed(story):
    return lxml_html.document_fromstring(page(story))


def words_shown(view):
    for own in view.xpath(".//*[@class='ui']"):
        own.drop_tree()
    return view.text_content().split()


def words_of(made):
    return stdlib_html.unescape(safe(made.text)).split()


def view_of(made):
    found = reading(made, voices(Story((made,))), key="0").html
    return lxml_html.fragment_fromstring(found, create_parent="div")


STORIES = [Story((lighthouse(),)), both(), Story((hostile(),)), Story((telling(""),)), Story((quarrel(),))]


@pytest.mark.parametrize("story", STORIES, ids=["one", "two", "hostile", "empty", "deeds"])
def test_every_word_stands_once_and_in_order(story):
    document = parsed(story)
    for at, made in enumerate(story.tellings):
        assert words_shown(document.get_element_by_id(f"r{at}")) == words_of(made)


@pytest.mark.parametrize("story", STORIES, ids=["one", "two", "hostile", "empty", "deeds"])
def test_ids_are_unique_and_every_link_leads_somewhere(story):
    document = parsed(story)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    references = [link[1:] for link in document.xpath("//a/@href")]
    references += document.xpath("//@aria-labelledby | //@aria-controls | //@for")
    assert set(references) <= set(ids)


@pytest.mark.parametrize("story", STORIES, ids=["one", "two", "hostile", "empty", "deeds"])
def test_nothing_is_fetched(story):
    document = parsed(story)
    assert document.xpath("//@src") == []
    assert {link for link in document.xpath("//@href") if not link.startswith("#")} == {"data:,"}
    assert not re.search(r"@import|url\(", page(story).split("</style>", maxsplit=1)[0])
    assert document.xpath("//@style | //@onclick | //@onerror | //img | //iframe") == []


def test_hostile_words_stay_words():
    document = parsed(Story((hostile(),)))
    assert len(document.xpath("//script")) == 2
    assert len(document.xpath("//style")) == 1
    assert document.xpath("//h1")[0].text_content() == "</title><script>alert(1)</script>\ufffd[31m"
    people = json.loads(document.get_element_by_id("people").text)
    assert "Mallory <script>alert(1)</script>\"'&" in people.values()
    assert document.get_element_by_id("r0").get("lang") == '"><x>'


def test_the_policy_allows_the_page_its_own_style_and_script_alone():
    import base64
    import hashlib

    document = parsed(both())
    policy = document.xpath("//meta[@http-equiv]/@content")[0]
    for own in (document.xpath("//style")[0].text, document.xpath("//script")[-1].text):
        assert base64.b64encode(hashlib.sha256(own.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none'")


def test_the_same_story_gives_the_same_page():
    assert page(both()) == page(both())


def test_utterances_carry_voice_sureness_channel_and_hearers():
    view = view_of(lighthouse())
    first = view.get_element_by_id("u0-0")
    assert {"u", "c0", "m", "sure", "k-phone"} <= set(first.get("class").split())
    assert (first.get("data-who"), first.get("data-s"), first.get("data-to"), first.get("data-c")) == (
        "Mara Quill",
        "1",
        "2",
        "90",
    )
    assert first.xpath("b/@data-k") == ["phone"]
    pieces = view.xpath("//*[@data-u='0']")
    assert [piece.text_content() for piece in pieces] == ["“Is that you, Tobias?”", "“The line is dreadful.”"]
    assert [piece.get("id") for piece in pieces] == ["u0-0", None]
    unknown = view.get_element_by_id("u0-10")
    assert {"cq", "unknown", "k-voicemail"} <= set(unknown.get("class").split())
    assert (unknown.get("data-who"), unknown.get("data-r")) == ("?", "nobody is named")
    assert "likely" in view.get_element_by_id("u0-3").get("class")
    assert "doubtful" in view.get_element_by_id("u0-9").get("class")


def test_a_second_voice_in_one_paragraph_is_named_in_the_line():
    view = view_of(lighthouse())
    assert "n" in view.get_element_by_id("u0-6").get("class").split()
    assert view.get_element_by_id("u0-6").get("data-who") == "Old Wren"
    assert view.get_element_by_id("u0-5").get("data-who") is None


def test_kinds_of_paragraphs_are_told_apart():
    view = view_of(lighthouse())
    assert [head.text for head in view.xpath("//h3")] == ["Chapter One", "Chapter Two"]
    assert view.xpath("//p[@class='break']")[0].text == "* * *"
    verse = view.xpath("//p[@class='verse']")[0].text_content()
    assert "\n    and who will row me home?\n" in verse
    assert len(view.xpath("//p[@class='letter']")) == 2
    assert [aside.get("aria-label") for aside in view.xpath("//aside")] == ["Before the story", "The author’s note"]


def test_a_licence_is_folded():
    made = telling("Free to copy.\n\nOnce upon a time.", matter={0: "licence"})
    assert view_of(made).xpath("//details")[0].text_content().split()[-3:] == ["Free", "to", "copy."]


def test_italics_and_bold_may_cross():
    view = view_of(lighthouse())
    assert [mark.text_content() for mark in view.xpath("//i")] == ["is ", "dreadful"]
    assert view.xpath("//b[not(@class)]")[0].text_content() == "dreadful"


def test_long_scenes_are_laid_out_in_chunks():
    made = telling("\n\n".join(f"Paragraph {at} " + "goes on and on " * 30 for at in range(40)))
    view = view_of(made)
    assert len(view.xpath("/div/div")) > 3
    assert view.xpath("/div/div/@id") == ["s0-0"]


def test_a_page_of_one_telling_has_no_tabs():
    assert parsed(Story((lighthouse(),))).xpath("//*[@role='tab']") == []
    assert len(parsed(both()).xpath("//*[@role='tab']")) == 2


def test_a_missing_layer_writes_nothing():
    out = io.StringIO()
    with pytest.raises(LayerMissingError):
        write(Story((Telling("bare", "words"),)), out)
    assert out.getvalue() == ""


def test_a_telling_without_scenes_or_cast_is_shown():
    made = telling("Just words.")
    bare = made.with_layer("scenes", (), made.layers["scenes"].made_by)
    assert "Nobody is known to speak." in page(Story((bare,)))


@pytest.mark.parametrize(
    ("fields", "badge"),
    [
        ({}, ""),
        ({"channel": "phone"}, "phone"),
        ({"channel": "text"}, "message"),
        ({"kind": "announcement"}, "announcement"),
        ({"kind": "announcement", "channel": "voicemail"}, "voicemail"),
    ],
)
def test_badges(fields, badge):
    assert channel(Utterance((), **fields)) == badge


@pytest.mark.parametrize("made", [lighthouse(), keeper(), hostile()], ids=["lighthouse", "keeper", "hostile"])
def test_pictures_are_well_formed(made):
    heard = voices(Story((made,)))
    drawn = storyline(scenes(made), heard, key="0", linked={0})
    for svg in (chord(pairs(made), heard), drawn.names, drawn.plot):
        etree.fromstring(svg)


def test_the_chord_has_an_arc_a_person_and_a_ribbon_a_couple():
    svg = etree.fromstring(chord(pairs(lighthouse()), voices(both())))
    kinds = [path.get("class").split()[0] for path in svg.iter("path")]
    assert (kinds.count("ring"), kinds.count("ribbon")) == (3, 3)
    told = {title.text for title in svg.iter("title")}
    assert "Mara Quill to Tobias Fenn: 3 lines; Tobias Fenn to Mara Quill: 2 lines" in told


def test_nobody_talks_to_nobody():
    assert chord((), voices(both())) == ""
    assert storyline(scenes(telling("Words.")), {}, key="0", linked=()) is None


def test_the_storyline_has_a_dot_a_scene_and_speaker():
    drawn = storyline(scenes(lighthouse()), voices(both()), key="0", linked={0, 1, 2})
    svg = etree.fromstring(drawn.plot)
    assert len(list(svg.iter("circle"))) == 6
    links = list(svg.iter("a"))
    assert [link.get("href") for link in links] == ["#s0-0", "#s0-1", "#s0-2"]
    assert links[2].get("aria-label") == "Scene 3, Chapter Two: unknown 1, Mara Quill 1; 24 words"
    assert drawn.left_out == 0


ANY = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co"))
    | st.sampled_from("<>&\"' \n\n\n“”\u2028\x85\x1c"),
    max_size=300,
)


@settings(max_examples=60, deadline=None)
@given(text=ANY, data=st.data())
def test_any_text_with_any_voices_and_italics_keeps_its_words(text, data):
    made = telling(text)
    said, marks = [], []
    for paragraph in made.layer("paragraphs"):
        cuts = data.draw(st.lists(st.integers(paragraph.span.start, paragraph.span.end), max_size=6).map(sorted))
        for number, (start, end) in enumerate(pairwise(cuts)):
            if start < end and number % 2 == 0:
                said.append(Utterance((Span(start, end),)))
            elif start < end:
                marks.append(Mark(max(0, start - 2), end, data.draw(st.sampled_from(["italic", "bold"]))))
    made = replace(made.with_layer("utterances", said, made.layers["utterances"].made_by), marks=tuple(sorted(marks)))
    assert words_shown(view_of(made)) == words_of(made)


def test_italics_and_bold_may_overlap_and_repeat():
    text = "one two three four"
    marks = [
        Mark(0, 7, "italic"),
        Mark(4, 13, "bold"),
        Mark(4, 7, "italic"),
        Mark(8, 8, "italic"),
        Mark(14, 18, "bold"),
    ]
    made = replace(telling(text), marks=tuple(marks))
    found = reading(made, voices(Story((made,))), key="0").html
    assert "<i>one </i><b><i>two</i></b><b> three</b> <b>four</b>" in found


def test_a_doubt_leads_to_the_paragraph_that_holds_it():
    made = telling("One.\n\nTwo.\n\nThree.")
    assert [paragraph_at(made, offset) for offset in (0, 3, 6, 11, 12, 99)] == [0, 0, 1, 1, 2, 2]
