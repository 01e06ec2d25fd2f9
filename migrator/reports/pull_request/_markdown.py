"""Write GitHub Markdown in which nothing from a repository can act as markup, link or mention."""

from __future__ import annotations

import html
import re

from migrator.domain.wording import printable

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
# GitHub links these after rendering, so a backslash does not stop it; an empty character does.
_LINKING = re.compile(r"(@|#|\bgh-|://|\bwww(?=\.)|:(?=[a-z+-][\w+-]*:))", re.IGNORECASE)
_PAUSE = "&#8203;"


def escape(text: str) -> str:
    """Write text of any origin as plain words: no markup, no mention, no link to an issue."""
    safe = html.escape(printable(text), quote=False)
    return _LINKING.sub(rf"\1{_PAUSE}", _SPECIAL.sub(r"\\\1", safe))


def prose(text: str, *, cell: bool = False) -> str:
    """Write text of any origin as words, and what stands in it between backticks as code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0 or not all(pieces[1::2]):
        return escape(text)
    written = (code(each, cell=cell) if at % 2 else escape(each) for at, each in enumerate(pieces))
    return "".join(written)


def code(text: str, *, cell: bool = False) -> str:
    """Write text as a code span, fenced by more backticks than it holds in a row.

    Inside a table `cell` a pipe would end the cell, even in a code span: it is escaped there.
    """
    safe = printable(text)
    if cell and "|" in safe:
        return f"<code>{escape(text)}</code>"
    runs = [len(run) for run in re.findall("`+", safe)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if runs or safe != safe.strip() or not safe else ""
    return f"{fence}{pad}{safe}{pad}{fence}"


def tag_code(text: str) -> str:
    """Write text as code inside an HTML element, where Markdown is not read."""
    return f"<code>{html.escape(printable(text), quote=False)}</code>"


def clip(text: str, most: int = 300) -> str:
    """Cut text that would crowd out the rest."""
    return text if len(text) <= most else text[: most - 3] + "..."


def row(*cells: str) -> str:
    """Write a table row."""
    return f"| {' | '.join(cells)} |\n"


def table_head(*titles: str) -> str:
    """Write the two lines that open a table."""
    return row(*titles) + row(*("---" for _ in titles))


def folded(summary: str, body: str) -> str:
    """Fold text away under a line; `summary` is HTML."""
    return f"<details><summary>{summary}</summary>\n\n{body}\n</details>\n"
