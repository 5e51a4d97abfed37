from fabula.story import Mark, Metadata, Story, Telling


def test_a_story_shown_is_not_a_whole_novel():
    telling = Telling(
        "ferry", "word " * 100_000, tuple(Mark(at, at + 1, "italic") for at in range(1000)), Metadata("F")
    )
    assert len(repr(Story((telling,)))) < 300
    assert "'ferry'" in repr(telling)
