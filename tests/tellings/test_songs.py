from tests.tellings.small import aligned, paired, words_of

SONG = "The tide is low, the lamp is lit,\nThe boats are on the sand,\nAnd I shall row\nTo take her hand."
BEFORE = '"Is there room in the hall?" asked the man at the gate.\n\n"Not for one more," said the porter.'
AFTER = '"You may go in now," said the porter.\n\n"It is too late," said the man at the gate.'
INSIDE = f'{BEFORE}\n\nMarta stood up before them all.\n\n"{SONG}"\n\nThen she bowed and went.\n\n{AFTER}'
OUTSIDE = f"{BEFORE}\n\nRain fell.\n\nThrough the wall he could hear Marta singing, and he wept.\n\n{AFTER}"
DEAF = f"{BEFORE}\n\nRain fell.\n\nHe counted the nails in the wall, and he wept.\n\n{AFTER}"


def song_links(tellings, alignment):
    return [link for link in alignment.links if "boats" in words_of(tellings[1], link.b)]


def test_a_song_is_one_event_with_the_words_that_hear_it():
    tellings, alignment = aligned(OUTSIDE, INSIDE)
    (link,) = song_links(tellings, alignment)
    assert link.relation == "event"
    assert words_of(tellings[0], link.a) == "Through the wall he could hear Marta singing, and he wept."
    assert words_of(tellings[1], link.b) == f'"{SONG}"'


def test_it_does_not_matter_which_telling_sings():
    tellings, alignment = aligned(INSIDE, OUTSIDE)
    assert any("boats" in left and "singing" in right for left, right in paired(tellings, alignment))


def test_a_song_that_nobody_hears_is_one_sided():
    tellings, alignment = aligned(DEAF, INSIDE)
    assert song_links(tellings, alignment) == []


def test_a_song_that_both_sing_is_linked_line_by_line():
    tellings, alignment = aligned(INSIDE, OUTSIDE.replace("and he wept.", f'and he wept.\n\n"{SONG}"'))
    assert [right for left, right in paired(tellings, alignment) if "boats" in left] == ["The boats are on the sand,"]


def test_words_of_singing_elsewhere_hear_nothing():
    far = DEAF.replace(BEFORE, f"He used to sing at school.\n\n{BEFORE}")
    tellings, alignment = aligned(far, INSIDE)
    assert song_links(tellings, alignment) == []


def test_nobody_sings_in_a_telling_in_verse():
    told = f"{SONG}\n\n{SONG.replace('low', 'high')}"
    _, alignment = aligned(f"A man heard singing.\n\n{BEFORE}", told)
    assert alignment.links == ()


def test_a_word_in_common_with_one_line_of_a_song_is_no_link():
    called = OUTSIDE.replace("and he wept.", "and he wept. “Marta!”")
    sung = INSIDE.replace("And I shall row\n", "And I am Marta\n")
    tellings, alignment = aligned(called, sung)
    assert all("“Marta!”" not in left for left, right in paired(tellings, alignment) if "I am Marta" in right)
