"""Which language a text is in."""

from __future__ import annotations

import pytest

from fabula.language import find_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The door was open and she went in, but there was nobody in the house.", "en"),
        ("La porte était ouverte et elle est entrée, mais il n'y avait personne dans la maison.", "fr"),
        ("Die Tür war offen und sie ging hinein, aber es war niemand in dem Haus.", "de"),
        ("La puerta estaba abierta y ella entró, pero no había nadie en la casa de su padre.", "es"),
        ("La porta era aperta e lei entrò, ma non c'era nessuno nella casa di suo padre.", "it"),
        ("De deur was open en zij ging naar binnen, maar er was niemand in het huis.", "nl"),
        ("Дверь была открыта, и она вошла, но в доме никого не было.", "ru"),
        ("ドアが開いていたので、彼女は中に入ったが、家には誰もいなかった。", "ja"),
        ("Flim flam bingle bongle drax zorp quill wibble wobble nork.", "und"),
        ("Go!", "und"),
        ("", "und"),
        ("* * *", "und"),
    ],
)
def test_languages(text: str, tag: str) -> None:
    assert find_language(text) == tag
