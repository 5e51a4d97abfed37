"""What exists is documented, and what is documented exists."""

import re
from pathlib import Path

import pytest

from fabula.exports import EXPORTS
from fabula.exports.lines import Line
from fabula.formats import FORMATS
from fabula.pipeline import STAGES
from fabula.story import LAYERS

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


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_every_export_is_documented(export):
    assert f"| `{export.name}` | {export.what} |" in page("exports.md")


@pytest.mark.parametrize("field", Line.__annotations__)
def test_every_field_of_the_script_is_documented(field):
    assert f"`{field}`" in page("exports.md")


def test_the_table_of_formats_is_the_list_in_its_order():
    rows = (f"| `{form.name}` | {form.what} | {', '.join(f'`{end}`' for end in form.suffixes)} |" for form in FORMATS)
    assert "\n".join(("|---|---|---|", *rows, "")) in page("formats.md")


def test_every_stage_and_layer_is_documented():
    reading = page("how-a-book-is-read.md")
    for stage in STAGES:
        assert stage.name in reading
    for layer in LAYERS:
        assert layer in reading


@pytest.mark.parametrize(
    "file", [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda file: file.name
)
def test_links_lead_somewhere(file):
    for target in re.findall(r"\]\(([^)#\s]+)", file.read_text("utf-8")):
        assert "://" in target or (file.parent / target).exists(), target
