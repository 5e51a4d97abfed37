from fabula.visible import visible


def test_visible_leaves_letters_and_takes_what_steers():
    assert visible("Zoë 李雷 שלום\n👩‍🚀") == "Zoë 李雷 שלום\n👩‍🚀"
    assert visible("a\x1b[2Jb\u202ec\x07") == "a\ufffd[2Jbc\ufffd"
