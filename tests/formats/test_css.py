import pytest

from fabula.formats.hypertext.css import Style, added, in_em, parse_sheet, parse_style, style_of


def test_simple_rules_are_understood_and_others_left_out():
    sheet = parse_sheet(
        "/* .no {display:none} */ @charset 'x'; @media print { .p { display: none } } p, .a.b, div .c, .i > "
        "p { color: red;"
        "font-style: oblique } h2.toc { display: none } #x { visibility: hidden } .i { font-weight: 700 "
        "!important }"
    )
    assert sheet == {
        "p": Style(italic=True),
        "h2.toc": Style(hidden=True),
        "#x": Style(hidden=True),
        ".i": Style(bold=True),
    }


def test_later_and_closer_rules_win():
    first = parse_sheet(".a {font-style: italic; margin: 3em}")
    sheet = added(first, parse_sheet(".a {margin-top: 0} p.a {font-weight: bold}"))
    assert style_of(sheet, "p", ["a"], "") == Style(italic=True, bold=True, space=0.0)
    assert style_of(sheet, "div", ["a"], "n") == Style(italic=True, space=0.0)
    assert parse_style("font-style: normal").over(sheet[".a"]).italic is False


@pytest.mark.parametrize(
    ("length", "em"),
    [("2em", 2), ("32px", 2), ("24pt", 2), ("0", 0), ("auto", 0), ("-2em", 0), ("5%", 2), ("1.2.3em", 0)],
)
def test_lengths(length, em):
    assert in_em(length) == pytest.approx(em)


@pytest.mark.parametrize(
    "sheet", ["}}}{", "{" * 9, ".a {font-style: italic", "<![CDATA[ .a { font-style: italic } ]]>"]
)
def test_broken_sheets_do_no_harm(sheet):
    assert set(parse_sheet(sheet)) <= {".a"}
