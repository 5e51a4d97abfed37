"""What exists is documented, and what is documented exists."""

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from fabula import api, story
from fabula.exports import CAST_SHEETS, EXPORT_SETS, EXPORTS
from fabula.exports.alignment import AlignedRow, Change, Person, Verdict
from fabula.exports.cast import CastEntry
from fabula.exports.drafts import ChangedPart, PartPlace
from fabula.exports.lines import Line
from fabula.exports.plot import EventEntry, KnownEntry, PersonEntry, SideEntry, WitnessEntry
from fabula.formats import FORMATS
from fabula.pipeline import STAGES
from fabula.story import (
    LAYERS,
    ChangeKind,
    Channel,
    EventKind,
    Evidence,
    Gender,
    Grounds,
    MatchKind,
    Relation,
    Subject,
    UtteranceKind,
)
from fabula.story.text import MatterKind
from fabula.tellings.drafts import Fate

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def page(name):
    return (DOCS / name).read_text("utf-8")


def commands():
    import typer

    from fabula.cli import app

    return typer.main.get_command(app)


def test_every_command_and_option_is_documented():
    reference = page("commands.md")
    for option in commands().params:
        for name in option.opts:
            assert f"`{name}`" in reference, name
    for name, command in commands().commands.items():
        assert f"## `fabula {name}" in reference, name
        for option in command.params:
            for flag in option.opts:
                assert not flag.startswith("-") or f"`{flag}`" in reference, f"{name} {flag}"


def test_every_documented_command_exists():
    assert set(re.findall(r"^## `fabula (\w+)", page("commands.md"), re.M)) == set(commands().commands)


@pytest.mark.parametrize("export", [*EXPORTS, *EXPORT_SETS, *CAST_SHEETS], ids=lambda export: export.what)
def test_every_export_is_documented(export):
    assert f"| `{export.name}` | {export.what} |" in page("exports.md")


@pytest.mark.parametrize("export", api.alignment_formats(), ids=lambda export: export.what)
def test_every_form_of_an_alignment_is_documented(export):
    assert f"| `{export.name}` | {export.what} |" in page("tellings.md")


def test_every_form_of_an_alignment_is_named_in_the_help():
    (form,) = (option for option in commands().commands["align"].params if option.name == "form")
    assert {"text", *(known.name for known in api.alignment_formats())} <= set(re.findall(r"\w+", form.help))


FIELDS_OF_AN_ALIGNMENT = [
    name for each in (AlignedRow, Change, Verdict, Person, ChangedPart, PartPlace) for name in each.__annotations__
]


@pytest.mark.parametrize("field", FIELDS_OF_AN_ALIGNMENT)
def test_every_field_of_an_alignment_is_documented(field):
    assert f"`{field}`" in page("tellings.md")


VALUES = (Relation, ChangeKind, Fate, story.Verdict, Subject, MatchKind)


@pytest.mark.parametrize("value", [value for kind in VALUES for value in get_args(kind)])
def test_every_value_of_an_alignment_is_documented(value):
    assert f"`{value}`" in page("tellings.md")


@pytest.mark.parametrize(
    "field",
    [
        field
        for entry in (SideEntry, PersonEntry, EventEntry, WitnessEntry, KnownEntry)
        for field in entry.__annotations__
    ],
)
def test_every_field_of_a_plot_is_documented(field):
    assert f"`{field}`" in page("story.md")


@pytest.mark.parametrize("value", [*get_args(EventKind), *get_args(Grounds)])
def test_every_value_of_a_plot_is_documented(value):
    assert f"`{value}`" in page("story.md")


@pytest.mark.parametrize("export", EXPORT_SETS, ids=lambda export: export.name)
def test_every_file_of_a_set_is_documented(export):
    assert all(f"`{suffix}`" in page("exports.md") for suffix in export.suffixes)


def test_every_export_is_named_in_the_help():
    (to,) = (option for option in commands().commands["export"].params if option.name == "to")
    assert {export.name for export in (*EXPORTS, *EXPORT_SETS)} <= set(re.findall(r"\w+", to.help))


@pytest.mark.parametrize("field", [*Line.__annotations__, *CastEntry.__annotations__])
def test_every_field_of_the_script_and_the_cast_sheet_is_documented(field):
    assert f"`{field}`" in page("exports.md")


def test_the_table_of_formats_is_the_list_in_its_order():
    rows = (f"| `{form.name}` | {form.what} | {', '.join(f'`{end}`' for end in form.suffixes)} |" for form in FORMATS)
    assert "\n".join(("|---|---|---|", *rows, "")) in page("formats.md")


@pytest.mark.parametrize("name", ["kind", "channel", "evidence", "gender"])
def test_every_value_of_the_script_and_the_cast_sheet_is_documented(name):
    values = {
        "kind": {*get_args(UtteranceKind), *get_args(MatterKind)} - {"body"},
        "channel": get_args(Channel),
        "evidence": get_args(Evidence),
        "gender": get_args(Gender),
    }
    for value in values[name]:
        assert f"`{value}`" in page("exports.md"), value


def test_every_stage_and_layer_is_documented():
    reading = page("how-a-book-is-read.md")
    for stage in STAGES:
        assert stage.name in reading
    for layer in LAYERS:
        assert layer in reading


@pytest.mark.parametrize("name", ["how-a-book-is-read.md", "exports.md"])
def test_python_in_the_docs_runs(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("novel.epub").write_text("“Row,” said Ida Marsh.\n\n“To where, Ida?” said Tom.\n", "utf-8")
    names = {}
    for code in re.findall(r"```python\n(.+?)```", page(name), re.S):
        exec(code, names)
    assert "Ida Marsh" in capsys.readouterr().out or names["rows"][0]["speaker"] == "Ida Marsh"
    assert Path("script.csv").is_file()


def test_python_of_the_plot_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = "Chapter 1\n\nMarta lit the lamp. “It burns,” said Marta.\n\nChapter 2\n\nThe {} broke, and Marta wept.\n"
    Path("keeper.txt").write_text(text.format("glass"), "utf-8")
    Path("oilman.txt").write_text(text.format("lamp glass"), "utf-8")
    names = {}
    for code in re.findall(r"```python\n(.+?)```", page("story.md"), re.S):
        exec(code, names)
    assert "Marta" in {person.name for person in names["plot"].people}
    assert "marta" in capsys.readouterr().out.lower()


def test_every_room_that_contributors_are_sent_to_exists():
    sent = re.findall(r"`((?:\w+/)*\w+\.py)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    places = (ROOT, ROOT / "src" / "fabula", ROOT / "src" / "fabula" / "formats", ROOT / "src" / "fabula" / "exports")
    for file in sent:
        assert "NAME" in file or any((place / file).is_file() for place in places), file


PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_every_command_line_in_the_docs_is_one(file):
    typed = re.findall(r"(?:\.venv/bin/|`)fabula ([a-z]+\b[^`\n#]*)", file.read_text("utf-8"))
    for line in typed:
        name, *words = shlex.split(re.sub(r"[\[\]…]|\.\.\.", " ", line))
        command = commands().commands[name]
        files = ["FILE" for each in command.params if each.param_type_name == "argument"]
        command.make_context(name, [*words, *files])


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_links_lead_somewhere(file):
    for target in re.findall(r"\]\(([^)#\s]+)", file.read_text("utf-8")):
        assert "://" in target or (file.parent / target).exists(), target
