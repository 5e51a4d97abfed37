"""Bytes to text, and from every offset back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import InputError
from fabula.formats.intake.decode import decode
from fabula.formats.source import Source

CURLY = "“I can’t,” said Ann — she had never liked the café… ‘Never,’ she thought.\n"

letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff\r\n")
# Control characters are kept rare: many of them are the sign of a binary file.
words = st.text(st.one_of(st.sampled_from("ab “”é\t\u2028\x85🦄"), letters.filter(str.isprintable)))
mixed_lines = st.lists(st.tuples(words, st.sampled_from(["\n", "\r\n", "\r"]))).map(
    lambda lines: "x" + "".join(line + end for line, end in lines)
)


@given(mixed_lines, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_every_offset_leads_back_to_its_character(tmp_path_factory, raw: str, encoding: str) -> None:
    file = tmp_path_factory.mktemp("lines") / "story.txt"
    file.write_bytes(raw.encode(encoding))
    decoded = decode(Source(str(file), file.read_bytes()))
    with file.open(encoding=decoded.encoding, newline="") as stream:
        characters = stream.read()
    back = decoded.source_map("story.txt")

    assert characters == raw
    assert decoded.text == raw.replace("\r\n", "\n").replace("\r", "\n")
    lines = decoded.text.split("\n")
    for offset, character in enumerate(decoded.text):
        place = back.place(offset)
        found = characters[place.character]
        assert found == character or (character == "\n" and found == "\r")
        assert (lines[place.line - 1] + "\n")[place.column - 1] == character


@pytest.mark.parametrize(
    ("words", "encoding", "named"),
    [
        (CURLY, "utf-8", "utf-8"),
        (CURLY, "utf-8-sig", "utf-8-sig"),
        (CURLY, "utf-16", "utf-16"),
        (CURLY, "utf-16-le", "utf-16-le"),
        (CURLY, "utf-16-be", "utf-16-be"),
        (CURLY, "utf-32", "utf-32"),
        (CURLY, "cp1252", "cp1252"),
        (CURLY, "mac_roman", "mac_roman"),
        ("She sat in the café.\n", "cp1252", "cp1252"),
        ("She sat in the café.\n", "mac_roman", "mac_roman"),
        ("She sat in the café.\n", "cp850", "cp850"),
        ("« Où est passé l’hôtel ? » dit-elle.\n", "cp1252", "cp1252"),
        ("— Я не знаю, — сказала она. — Где моя книга? Он долго смотрел в окно.\n", "cp1251", "cp1251"),
        ("「知らない」と彼女は言った。「本はどこにあるの?」彼は窓の外を見ていた。\n", "shift_jis", "cp932"),
        ("— Nie wiem — powiedziała. — Gdzie się podziała moja książka? Żółw już śpi.\n", "cp1250", "cp1250"),
    ],
)
def test_encodings_are_found(words: str, encoding: str, named: str) -> None:
    decoded = decode(Source("story.txt", words.encode(encoding)))
    assert (decoded.text, decoded.encoding) == (words, named)


def test_a_few_foreign_bytes_do_not_spoil_a_utf8_text() -> None:
    data = CURLY.encode() * 3 + b"\x93Oh,\x94 he said.\n"
    decoded = decode(Source("story.txt", data))
    assert decoded.text == CURLY * 3 + "“Oh,” he said.\n"
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "nothing but white space"),
        (b" \r\n\t\n", "nothing but white space"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.doc"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (b"SQLite format 3\x00" + bytes(90), "story file"),
        (b"PK\x03\x04" + bytes(30), "zip archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "PNG image in spite of its name"),
        (b"\x7fELF\x02\x01" + bytes(30), "executable"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"He said\x00 no.\n", "binary"),
        (bytes(range(1, 32)) * 8, "binary"),
        (b"\xff\xfe" + bytes(40), "binary"),
    ],
)
def test_what_is_no_text_is_refused_and_named(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as refused:
        decode(Source("story.txt", data))
    assert refused.value.where == "story.txt"
    assert refused.value.advice


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        decoded = decode(Source("story.txt", data))
    except InputError:
        return
    assert decoded.text.strip()
    assert "\r" not in decoded.text
    assert len(decoded.starts) == len(decoded.source_starts) == decoded.text.count("\n") + 1


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    from fabula.formats.source import load

    file = tmp_path / "large.txt"
    with file.open("wb") as stream:
        stream.truncate(500 * 1024 * 1024)
    with pytest.raises(InputError, match="500 MiB or more, where at most 64 MiB"):
        load(file)


def test_curly_quotes_outweigh_foreign_bytes() -> None:
    data = "“Here,” said Ann. “In the caf".encode() + b"\xe9" + "?”\n".encode()
    assert decode(Source("short.txt", data)).text == "“Here,” said Ann. “In the café?”\n"
