"""Paragraphs, matter, chapters and scenes of small texts of our own."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fabula.spans import Span, check_tiles, gaps
from fabula.story import Chapter, Mark, Paragraph, Scene, Telling
from fabula.structure import find_structure

PROSE = "The mill stood where the river turned, and nobody in the village could say how old it was.\n"
LONG = (PROSE * 9).strip()


def paragraphs(text: str, *marks: Mark) -> list[tuple[str, str]]:
    telling = Telling("t", text, marks)
    return [(p.kind, p.span.of(text)) for p in find_structure(telling)["paragraphs"]]


def matter(text: str, *marks: Mark) -> list[tuple[str, str]]:
    telling = Telling("t", text, marks)
    return [(m.kind, m.span.of(text).strip()) for m in find_structure(telling)["matter"]]


def chapters(text: str, *marks: Mark) -> list[tuple[str, int | None, str]]:
    found: list[Chapter] = list(find_structure(Telling("t", text, marks))["chapters"])
    return [(c.level, c.number, c.title) for c in found]


def scenes(text: str, *marks: Mark) -> list[Scene]:
    return list(find_structure(Telling("t", text, marks))["scenes"])


def kinds(text: str, *marks: Mark) -> list[str]:
    return [kind for kind, _ in paragraphs(text, *marks)]


# --- paragraphs -------------------------------------------------------------------------------------------------

WRAPPED = "The ferry came late that evening, and\nwhen it came there was nobody on it but\na boy with a goose.\n"


def test_hard_wrapped_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs(WRAPPED + "\n" + WRAPPED) == [("prose", WRAPPED.strip())] * 2


def test_a_line_is_a_paragraph_where_sentences_end_with_lines() -> None:
    text = '"Where is it?" Ann asked.\n"Gone," said Tom.\nNobody spoke for a while.\n'
    assert [words for _, words in paragraphs(text)] == text.strip().split("\n")


def test_indented_first_lines_part_paragraphs_without_blank_lines() -> None:
    one = "    The ferry came late that evening, and\nwhen it came there was nobody on it but\na boy with a goose.\n"
    found = paragraphs(one * 30)
    assert found == [("prose", one.strip())] * 30


def test_indents_part_paragraphs_where_most_of_them_are_short_talk() -> None:
    talk = ["    'Who is there?'", "    'Nobody,' she said.", "    'Then come in.'", "    'I would rather stay.'"]
    told = [
        "    She stood where the river turned, and nobody in the",
        "village could say how long she had been there.",
    ]
    found = paragraphs("\n".join([*talk, *told, *talk, *talk]))
    assert len(found) == 13
    assert found[4] == ("prose", "\n".join(told).strip())


def test_a_short_last_line_parts_paragraphs_where_nothing_else_does() -> None:
    one = "The ferry came late that evening, and\nwhen it came there was nobody on it but\na goose.\n"
    assert paragraphs(one * 30) == [("prose", one.strip())] * 30


def test_double_spaced_lines_are_joined() -> None:
    one = "The ferry came late that evening, and\n\nwhen it came there was nobody on it but\n\na goose.\n\n\n"
    assert paragraphs(one * 4) == [("prose", one.strip())] * 4


def test_marks_of_the_format_decide() -> None:
    text = "One line\nand another.\nA second paragraph."
    assert paragraphs(text, Mark(0, 21, "paragraph"), Mark(22, len(text), "paragraph")) == [
        ("prose", "One line\nand another."),
        ("prose", "A second paragraph."),
    ]


def test_words_outside_all_marks_are_kept() -> None:
    assert paragraphs("before\n\ninside\n\nafter", Mark(8, 14, "paragraph")) == [
        ("prose", "before"),
        ("prose", "inside"),
        ("prose", "after"),
    ]


# --- chapters ---------------------------------------------------------------------------------------------------


def test_keyword_and_number_in_every_style() -> None:
    heads = ["CHAPTER I", "Chapter Two", "Chapter 3: The Goose", "CHAPTER THE FOURTH", "Chapter V. In which it rains"]
    found = chapters("\n\n\n".join(f"{head}\n\n{LONG}" for head in heads))
    assert [(level, number) for level, number, _ in found] == [("chapter", n) for n in range(1, 6)]
    assert [title for _, _, title in found] == heads


def test_a_title_below_the_number_belongs_to_the_heading() -> None:
    text = f"CHAPTER I\n\nTHE GOOSE ARRIVES\n\n\n{LONG}\n\n\nCHAPTER II\n\nA Goose Departs\n\n\n{LONG}"
    assert [title for _, _, title in chapters(text)] == ["CHAPTER I THE GOOSE ARRIVES", "CHAPTER II A Goose Departs"]
    assert kinds(text)[:2] == ["heading", "heading"]


def test_numbers_alone_must_count_on() -> None:
    text = f"I\n\n{LONG}\n\nII\n\n{LONG}\n\nIII\n\n{LONG}"
    assert [number for _, number, _ in chapters(text)] == [1, 2, 3]
    assert chapters(f"{LONG}\n\nI\n\n{LONG}") == [("chapter", None, "")]


def test_numbered_titles() -> None:
    text = f"I. The Goose\n\n{LONG}\n\n\nII. The Boy\n\n{LONG}"
    assert chapters(text) == [("chapter", 1, "I. The Goose"), ("chapter", 2, "II. The Boy")]


def test_parts_hold_chapters() -> None:
    two = f"I\n\n{LONG}\n\nII\n\n{LONG}"
    text = f"PART ONE\n\n\n{two}\n\n\nPART TWO\n\n\n{two}\n\nEPILOGUE\n\n{LONG}"
    found = find_structure(Telling("t", text))["chapters"]
    assert [(c.level, c.number) for c in found] == [
        ("part", 1),
        ("chapter", 1),
        ("chapter", 2),
        ("part", 2),
        ("chapter", 1),
        ("chapter", 2),
        ("chapter", None),
    ]
    assert found[0].span == Span(found[1].span.start, found[2].span.end)
    assert found[3].span.end == found[5].span.end == found[6].span.start


def test_parts_alone_are_chapters() -> None:
    assert chapters(f"PART I\n\n\n{LONG}\n\n\nPART II\n\n\n{LONG}") == [
        ("chapter", 1, "PART I"),
        ("chapter", 2, "PART II"),
    ]


def test_a_contents_list_makes_no_chapters() -> None:
    listed = "CONTENTS\n\nChapter 1. The Goose\n\nChapter 2. The Boy\n\nChapter 3. The Ferry\n\n\n"
    told = "\n\n\n".join(
        f"Chapter {n}. {name}\n\n{LONG}" for n, name in enumerate(("The Goose", "The Boy", "The Ferry"), 1)
    )
    assert [number for _, number, _ in chapters(listed + told)] == [1, 2, 3]
    assert matter(listed + told)[0] == ("front", listed.strip())


def test_a_sentence_that_opens_like_a_heading_is_none() -> None:
    text = f"Chapter 1\n\n{LONG}\n\nChapter two was found, and she glanced at it.\n\n{LONG}\n\nChapter 2\n\n{LONG}"
    assert [number for _, number, _ in chapters(text)] == [1, 2]


def test_prose_before_the_first_heading_is_a_chapter_without_heading() -> None:
    text = f"{LONG}\n\n\nChapter 1\n\n{LONG}\n\n\nChapter 2\n\n{LONG}"
    assert chapters(text)[0] == ("chapter", None, "")
    assert len(chapters(text)) == 3


def test_capitals_are_titles_of_stories_where_nothing_else_is() -> None:
    long = "\n\n".join([LONG] * 3)
    text = f"THE GOOSE\n\n{long}\n\n\nTHE FERRY\n\n{long}\n\n\nA MILL\n\n{long}"
    assert [title for _, _, title in chapters(text)] == ["THE GOOSE", "THE FERRY", "A MILL"]


def test_heading_marks_without_keywords() -> None:
    pieces = [("h", "The Goose"), ("p", LONG), ("h", "The Boy"), ("p", LONG)]
    text, marks = "", []
    for sort, words in pieces:
        marks.append(
            Mark(len(text), len(text) + len(words), "heading" if sort == "h" else "paragraph", "2" * (sort == "h"))
        )
        text += words + "\n\n"
    assert [title for _, _, title in chapters(text, *marks)] == ["The Goose", "The Boy"]


def test_files_without_headings_are_chapters() -> None:
    one = "\n\n".join([LONG] * 2) + "\n\n"
    marks = [Mark(0, len(one), "document", "a.txt"), Mark(len(one), 2 * len(one), "document", "b.txt")]
    assert chapters(one * 2, *marks) == [("chapter", None, ""), ("chapter", None, "")]


# --- scenes -----------------------------------------------------------------------------------------------------


def test_breaks_open_scenes() -> None:
    for sign in ("* * *", "***", "○ ○ ○", "____", "~~~", "#", "⁂", "-----", "oOo", "-x-", "~*~*~"):
        text = f"{LONG}\n\n{sign}\n\n{LONG}"
        found = scenes(text)
        assert len(found) == 2, sign
        assert found[1].opening is not None
        assert found[1].opening.of(text) == sign
        assert [words for kind, words in paragraphs(text) if kind == "break"] == [sign]


def test_rule_heading_rule_is_one_break_and_names_the_viewpoint() -> None:
    text = (
        "[Ann Point Of View]\n\nAnn rang the bell.\nNobody came.\n\n________\n[Tom Point Of View]\n________\n\n"
        "Tom heard a bell.\nHe stayed in bed.\n"
    )
    found = scenes(text)
    assert [scene.viewpoint for scene in found] == ["Ann", "Tom"]
    assert found[1].opening is not None
    assert found[1].opening.of(text) == "________\n[Tom Point Of View]\n________"
    assert kinds(text) == ["heading", "prose", "prose", "break", "heading", "break", "prose", "prose"]


def test_a_viewpoint_holds_until_the_chapter_states_another() -> None:
    text = "Ann's POV\n\nShe rang.\nNobody came.\n\n***\n\nShe rang again.\n\n***\n\nNormal POV\n\nIt rained.\n"
    assert [scene.viewpoint for scene in scenes(text)] == ["Ann", "Ann", None]


def test_chapters_titled_with_names_that_return_state_viewpoints() -> None:
    text = "\n\n\n".join(f"Chapter {n}: {name}\n\n{LONG}" for n, name in enumerate(("Ann", "Tom", "Ann", "Tom"), 1))
    assert [scene.viewpoint for scene in scenes(text)] == ["Ann", "Tom", "Ann", "Tom"]


def test_a_rare_blank_line_opens_a_scene() -> None:
    line = '"Here," said Ann.\n"No," said Tom.\nThe goose looked from one to the other of them.\n'
    text = line * 8 + "\nNext morning the goose was gone from its basket.\n" + line * 8
    found = scenes(text)
    assert len(found) == 2
    assert found[1].span.of(text).startswith("Next morning")
    assert found[1].opening is None


def test_breaks_without_text_come_from_marks() -> None:
    text = "She went out.\n\nIt was morning."
    found = scenes(text, Mark(0, 13, "paragraph"), Mark(14, 14, "break"), Mark(15, len(text), "paragraph"))
    assert [scene.span for scene in found] == [Span(0, 15), Span(15, len(text))]


# --- matter -----------------------------------------------------------------------------------------------------


def test_title_page_is_front_matter() -> None:
    assert matter(f"THE GOOSE\n\nby Ann Mill\n\n\n\nCHAPTER I\n\n{LONG}")[0] == ("front", "THE GOOSE\n\nby Ann Mill")


def test_a_preface_is_front_matter() -> None:
    text = f"THE GOOSE\n\nPREFACE\n\n{LONG}\n\n\nCHAPTER I\n\n{LONG}\n\n\nCHAPTER II\n\n{LONG}"
    assert [kind for kind, _ in matter(text)] == ["front", "body"]
    assert kinds(text)[:3] == ["matter"] * 3


def test_description_ends_at_the_authors_last_word() -> None:
    text = (
        "Description\n\nI wrote this story when it rained.\nAnn has lost a goose.\nTell me in the comments!\n"
        'The bell rang.\n"Hello?" said Ann.\n'
    )
    assert [kind for kind, _ in matter(text)] == ["description", "body"]
    assert matter(text)[1][1].startswith("The bell rang.")


def test_description_ends_at_a_viewpoint_heading() -> None:
    story = "[Ann Point Of View]\n\nThe bell rang.\nNobody came."
    text = f"Description\n\nA goose goes missing.\n____\nThere will be rain.\n {story}\n"
    assert matter(text)[1] == ("body", story)


def test_authors_notes_at_the_end() -> None:
    text = (
        'The bell rang.\n"Hello?" said Ann.\nNobody spoke.\n\nAuthor\'s Notes:\nThank you for reading.\nMore soon.\n'
    )
    assert matter(text)[1] == ("note", "Author's Notes:\nThank you for reading.\nMore soon.")


def test_a_note_between_chapters_is_in_no_chapter_and_one_inside_is() -> None:
    between = f"Chapter 1\n\n{LONG}\n\nA/N: see you next week\n\nChapter 2\n\n{LONG}"
    found = find_structure(Telling("t", between))
    assert [m.kind for m in found["matter"]] == ["body", "note", "body"]
    assert "A/N" not in "".join(c.span.of(between) for c in found["chapters"])
    inside = f"Chapter 1\n\nA/N: hello again\n\n{LONG}\n\nChapter 2\n\n{LONG}"
    found = find_structure(Telling("t", inside))
    assert [m.kind for m in found["matter"]] == ["body", "note", "body"]
    assert "A/N" in found["chapters"][0].span.of(inside)


def test_what_follows_the_end_is_back_matter() -> None:
    text = f"Chapter 1\n\n{LONG}\n\nChapter 2\n\n{LONG}\n\nTHE END\n\nTranscriber's note: spelling kept."
    assert matter(text)[1] == ("back", "Transcriber's note: spelling kept.")
    assert matter(text)[0][1].endswith("THE END")


def test_marks_of_licence_note_and_summary() -> None:
    text = "LICENCE\n\nChapter 1\n\nAbout a goose.\n\nThe bell rang.\n\nThanks!"
    marks = (Mark(0, 7, "licence"), Mark(20, 34, "summary"), Mark(52, 59, "note", "after"))
    assert [kind for kind, _ in matter(text, *marks)] == ["licence", "body", "description", "body", "note"]


# --- verse and letters ------------------------------------------------------------------------------------------


def test_indented_short_lines_are_verse() -> None:
    text = f"{WRAPPED}\n    O goose upon the water,\n      O goose upon the sea,\n\n{WRAPPED}"
    assert kinds(text) == ["prose", "verse", "prose"]


def test_a_song_in_quotation_marks_is_one_block_of_verse() -> None:
    song = '"I rowed to you.\nThe river would not wait.\nI rowed all night to you,\nand still I came too late."'
    text = f"The boy lifted his head.\n{song}\nNobody clapped.\n"
    assert paragraphs(text)[1] == ("verse", song)


def test_lines_that_the_format_keeps_in_a_block_are_verse_when_they_read_so() -> None:
    song, note = "I row\nI row\nno more", "Milk\nEggs\nOne goose"
    text = f"{song}\n\n{note}"
    assert kinds(text, Mark(0, len(song), "paragraph"), Mark(len(song) + 2, len(text), "paragraph")) == [
        "verse",
        "prose",
    ]


def test_stanzas_of_lyrics() -> None:
    text = "I row\nI row\n\nno more"
    marks = (Mark(0, 5, "line"), Mark(6, 11, "line"), Mark(13, 20, "line"))
    assert paragraphs(text, *marks) == [("verse", "I row\nI row"), ("verse", "no more")]


def test_short_thoughts_without_stops_are_no_verse() -> None:
    text = "She sat down.\nYou should go\nNobody asked me\nIt is late\nI know that\nShe stood up.\n"
    assert kinds(text) == ["prose"] * 6


def test_a_letter_runs_from_date_to_signature() -> None:
    text = (
        f"{WRAPPED}\nMillford, March 3rd.\n\nDear Ann,\n\n{WRAPPED}\nYour affectionate brother,\n\nTom\n\n"
        f"P.S. The goose is well.\n\n{WRAPPED}"
    )
    assert kinds(text) == ["prose", *["letter"] * 6, "prose"]


def test_talk_that_opens_with_dear_is_no_letter() -> None:
    text = f'"My dear Mr. Mill," said his wife, "have you heard?"\n\n{WRAPPED}\n"Dear me!" cried Ann.\n\n{WRAPPED}'
    assert "letter" not in kinds(text)


# --- what always holds ------------------------------------------------------------------------------------------

_LINES = st.sampled_from(
    (
        "Chapter 1",
        "II",
        "* * *",
        "[Ann Point Of View]",
        "THE END",
        "Author's Notes:",
        "Description",
        "PART ONE",
        "CONTENTS",
        "Dear Tom,",
        "Tom",
        '"I sing a song',
        'la la la"',
        "She went out.",
        "and on",
        "",
        "    by the sea,",
        LONG,
    )
)
_KINDS = st.sampled_from(("heading", "paragraph", "line", "break", "note", "preface", "verse", "document", "licence"))


@st.composite
def tellings(draw: st.DrawFn) -> Telling:
    text = draw(st.text(max_size=40) | st.lists(_LINES | st.text(max_size=6), max_size=25).map("\n".join))
    place = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(place, place, _KINDS, st.sampled_from(("", "1", "3"))), max_size=6))
    marks = [Mark(min(a, b), max(a, b), kind, value) for a, b, kind, value in pairs]  # type: ignore[arg-type]
    return Telling("t", text, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))


@given(tellings())
@settings(max_examples=200, deadline=None)
def test_everything_tiles(telling: Telling) -> None:
    found = find_structure(telling)
    held: list[Paragraph] = list(found["paragraphs"])
    assert not any(gap.of(telling.text).strip() for gap in gaps([p.span for p in held], telling.whole))
    assert all(a.span.end <= b.span.start for a, b in pairwise(held))
    check_tiles([m.span for m in found["matter"]], telling.whole, what="matter")
    leaves = [c.span for c in found["chapters"] if c.level == "chapter"]
    for body in (m.span for m in found["matter"] if m.kind == "body"):
        assert sum(span.overlap(body) for span in leaves) == body.length
    for number, span in enumerate(leaves):
        check_tiles([s.span for s in found["scenes"] if s.chapter == number], span, what="scenes")
