import io

import pytest
from lxml import html as lxml_html
from rich.console import Console

from fabula.report import summary, write
from fabula.report.facts import scenes
from fabula.report.roles import WORDS, deeds, profiles
from fabula.spans import Span
from fabula.story import Provenance, Role, Story
from tests.builders import people, telling
from tests.report.stories import keeper, quarrel


def page(made):
    out = io.StringIO()
    write(Story((made,)), out)
    return lxml_html.document_fromstring(out.getvalue())


def terminal(made, width=120, rows=12):
    out = io.StringIO()
    Console(file=out, width=width, no_color=True, legacy_windows=False).print(
        summary(Story((made,)), width=width, rows=rows)
    )
    return out.getvalue()


def section(document, id):
    return " ".join(document.get_element_by_id(id).getparent().text_content().split())


def acting(lemmas, *, kind="agent"):
    """Return a telling in which Ann does many things, a word each."""
    made = telling(" ".join(lemmas), cast=people("Ann"))
    at, roles = 0, []
    for lemma in lemmas:
        roles.append(Role("ann", kind, Span(at, at + len(lemma)), lemma, Span(0, 1)))
        at += len(lemma) + 1
    return made.with_layer("roles", roles, Provenance("by hand", 1))


def crowd(size):
    made = telling("x " * size, cast=people(*(f"Person {at:02}" for at in range(size))))
    roles = [Role(f"person-{at:02}", "agent", Span(2 * at, 2 * at + 1), "row", Span(0, 1)) for at in range(size)]
    return made.with_layer("roles", roles, Provenance("by hand", 1))


def test_profiles_count_words_most_first_and_leave_out_who_does_nothing():
    mara, tobias = profiles(quarrel())
    assert (mara.character.name, mara.does, mara.undergoes) == (
        "Mara Quill",
        (("push", 2),),
        (("kiss", 1), ("push", 1)),
    )
    assert (mara.owns, mara.traits) == ((("boat", 1),), (("brave", 1),))
    assert (tobias.does, tobias.undergoes) == ((("kiss", 1), ("push", 1)), (("push", 2),))


def test_deeds_pair_agent_and_patient_of_one_verb():
    first, second = deeds(quarrel())
    assert (first.agent, first.patient, first.times, first.verbs) == ("mara-quill", "tobias-fenn", 2, (("push", 2),))
    assert (second.agent, second.times, second.verbs) == ("tobias-fenn", 2, (("kiss", 1), ("push", 1)))


def test_what_somebody_does_to_themselves_is_no_pair():
    made = acting(["wash"])
    (agent,) = made.layer("roles")
    both = (agent, Role("ann", "patient", agent.span, "wash", agent.mention))
    assert deeds(made.with_layer("roles", both, Provenance("by hand", 1))) == ()


@pytest.mark.parametrize(
    ("kind", "lemma"),
    [("agent", "say"), ("patient", "See"), ("possessive", "way"), ("modifier", "own"), ("agent", "")],
)
def test_words_that_say_nothing_are_left_out(kind, lemma):
    assert profiles(acting([lemma or "x"] if lemma else [""], kind=kind)) == ()


def test_few_words_are_kept():
    (ann,) = profiles(acting(["row", "sing", "sing", "swim", "climb", "dig", "sew", "paint"]))
    assert len(ann.does) == WORDS
    assert ann.does[:2] == (("sing", 2), ("row", 1))


def test_the_page_shows_what_people_do_and_to_whom():
    document = page(quarrel())
    heads = [head.text_content() for head in document.xpath("//table[@class='profiles']//th[@scope='col']")]
    rows = document.xpath("//table[@class='profiles']/tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert heads == ["Name", "Does", "Has done to them", "Has", "Is"]
    assert cells == [
        ["Mara Quill", "push 2", "kiss 1, push 1", "boat 1", "brave 1"],
        ["Tobias Fenn", "kiss 1, push 1", "push 2", "", ""],
    ]
    assert "Mara Quill to Tobias Fenn" in section(document, "deeds0")


def test_the_page_counts_events_by_scene():
    (scene,) = scenes(quarrel())
    assert scene.events == 5
    assert "5 events" in section(page(quarrel()), "scenes0")


def test_older_stories_show_nothing_of_it():
    document = page(keeper())
    assert document.xpath("//*[@id='does0' or @id='deeds0']") == []
    assert "event" not in section(document, "scenes0")
    assert "What they do" not in terminal(keeper())
    assert (profiles(keeper()), deeds(keeper())) == ((), ())


def test_the_summary_shows_it_in_the_width_there_is():
    wide, narrow = terminal(quarrel()), terminal(quarrel(), width=60)
    assert next(line for line in wide.splitlines() if line.startswith("Mara Quill  ") and "brave" in line)
    assert "kiss, push" in wide
    assert "Has done to them" in wide
    assert "Has done to them" not in narrow
    assert "push 2" in narrow
    assert max(map(len, map(str.rstrip, narrow.splitlines()))) <= 60


def test_a_crowd_is_cut_and_says_so():
    assert "… and 8 people less often mentioned." in section(page(crowd(20)), "does0")
    assert "… and 14 more" in terminal(crowd(20))


def test_words_of_a_text_cannot_break_out_of_the_page():
    attack = "<script>alert(1)</script>"
    document = page(acting([attack]))
    assert attack in section(document, "does0")
    assert len(document.xpath("//script")) == 2
