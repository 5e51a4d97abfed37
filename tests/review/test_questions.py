from __future__ import annotations

from fabula.review import candidates, known_as, people_called, questions
from fabula.store import Entry
from fabula.story import Character, Story, words_in
from tests.review.small import SIX, START, TALK, story, told


def asked(found: Story, **more: float) -> list[tuple[str, int, int, int]]:
    """The words of each question, how many others hang on it, own words, words affected."""
    lines = []
    for question in questions(found, **more):  # type: ignore[arg-type]
        telling = found.tellings[question.telling]
        said = telling.layer("utterances")[question.utterance]
        assert said.start == question.start
        assert words_in(telling.text, said.pieces) == question.words
        words = said.pieces[0].of(telling.text).strip('"')
        lines.append((words, question.others, question.words, question.affected))
    return lines


def test_only_lines_below_the_confidence_are_asked_about() -> None:
    least, second, *_ = sorted(said.confidence for said in story(TALK).tellings[0].layer("utterances"))
    assert [words for words, *_ in asked(story(TALK), below=(least + second) / 2)] == [SIX[0]]
    assert asked(story(TALK), below=0.0) == []
    assert [words for words, *_ in asked(story(TALK), below=1.0)] == list(SIX)


def test_doubtful_lines_in_a_row_count_the_words_of_all() -> None:
    assert asked(story(TALK), below=0.64) == [(SIX[0], 1, 3, 5), (SIX[1], 1, 2, 5)]


def test_a_sure_line_and_a_new_scene_part_them() -> None:
    sure = TALK.replace('"All day?"', '"All day?" said Ada Hale.')
    assert sorted(others for _, others, *_ in asked(story(sure), below=0.94)) == [1, 1, 2, 2, 2]
    apart = story(TALK + "\n* * *\n\n" + TALK)
    assert [others for _, others, *_ in asked(apart, below=0.94)] == [5] * 12


def test_the_weightiest_come_first_over_all_tellings() -> None:
    other = TALK.replace("Where were you?", "Where in the wide world were you all this time?")
    found = asked(story(TALK, other), below=0.64)
    assert [affected for *_, affected in found] == [12, 12, 5, 5]
    assert asked(story(TALK, other), below=0.64, at_least=6) == found[:2]


def test_what_is_corrected_is_asked_no_more() -> None:
    telling = told(TALK, Entry("speaker", "Where were you", name="Tom Reed"))
    assert SIX[0] not in [words for words, *_ in asked(Story((telling,)), below=1.0)]


def test_a_line_without_a_word_cannot_be_asked_about() -> None:
    assert asked(story(START + '"—!"\n'), below=1.0) == []


def test_a_language_that_is_not_read_has_no_questions() -> None:
    import dataclasses

    telling = told(TALK)
    french = dataclasses.replace(telling, metadata=dataclasses.replace(telling.metadata, language="fr"))
    assert asked(Story((french,)), below=1.0) == []


def test_the_guess_is_the_first_candidate_and_others_near_by_follow() -> None:
    telling = told(TALK + '\n* * *\n\nRuth Penn came in. "Well?" said Ruth Penn.\n')
    names = [who.name for who in candidates(telling, 0)]
    assert sorted(names[:2]) == ["Ada Hale", "Tom Reed"]
    assert telling.layer("utterances")[0].speaker == candidates(telling, 0)[0].id
    assert "Ruth Penn" not in names


def person(id: str, *names: str) -> Character:
    return Character(id, names[0], names)


CAST = (
    person("a", "Mr. Reed", "Tom", "Mr Reed"),
    person("b", "Mrs. Reed", "Ann Reed"),
    person("c", "the clerk"),
    person("d", "Tom", "Tom Hale"),
)


def test_a_name_means_who_goes_by_it_else_whose_name_it_is_part_of() -> None:
    def meant(name: str) -> list[str]:
        return [who.id for who in people_called(name, CAST)]

    assert meant("mr reed") == ["a"]
    assert meant("Clerk") == meant("THE clerk") == ["c"]
    assert meant("tom") == ["a", "d"]
    assert meant("Ann") == ["b"]
    assert meant("reed") == ["a", "b"]
    assert meant("Ruth") == meant("") == []


def test_what_is_written_means_nobody_else() -> None:
    assert [known_as(who, CAST) for who in CAST] == ["Mr. Reed", "Mrs. Reed", "the clerk", "Tom Hale"]
