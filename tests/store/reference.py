"""The reference of the tables, made from the comments that the story file itself carries.

`python -m tests.store.reference` brings docs/story-file.md up to date.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from fabula.store.saving import packed
from fabula.story import Story

PAGE = Path(__file__).parents[2] / "docs" / "story-file.md"
START, END = "<!-- tables: made by tests/store/reference.py -->\n", "<!-- end of tables -->\n"

_HEAD = re.compile(r"^CREATE (TABLE|VIEW) \"?(\w+)\"? (?:\(|AS) -- (.+)$", re.MULTILINE)
_TABLE_COLUMN = re.compile(r"^ +\"?(\w+)\"? (INTEGER|TEXT|REAL)( NOT NULL| PRIMARY KEY)?.*? -- (.+)$", re.MULTILINE)
_VIEW_COLUMN = re.compile(r"AS (\w+),? -- (.+)$", re.MULTILINE)


def reference() -> str:
    """Return the reference of every table and view, as Markdown."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(packed(Story(())))
        query = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY rowid"
        made = connection.execute(query).fetchall()
        parts = []
        for name, sql in made:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            parts.append(_part(name, sql, columns))
    return "\n".join(parts)


def _part(name: str, sql: str, columns: list[str]) -> str:
    head = _HEAD.match(sql)
    assert head, f"{name} has no comment"
    if head[1] == "VIEW":
        rows = {column: ("", words) for column, words in _VIEW_COLUMN.findall(sql[head.end() :])}
    else:
        rows = {
            column: (kind.lower() + ("" if must else " or NULL"), words)
            for column, kind, must, words in _TABLE_COLUMN.findall(sql)
        }
    assert list(rows) == columns, f"{name} has columns without a comment: {set(columns) ^ set(rows)}"
    lines = [f"### `{name}`" + (" (view)" if head[1] == "VIEW" else ""), "", head[3], ""]
    lines += ["| column | type | meaning |", "|---|---|---|"]
    lines += [f"| `{column}` | {kind} | {words} |" for column, (kind, words) in rows.items()]
    return "\n".join([*lines, ""])


def brought_up_to_date(page: str) -> str:
    """Return the page with the reference of today."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{reference()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(brought_up_to_date(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
