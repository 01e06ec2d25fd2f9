"""Judge a mention by the text around it, in a file that is no program."""

from __future__ import annotations

import re

from migrator.domain.mention import Bucket, Mention

PROSE_SUFFIXES = (".md", ".mdx", ".rst", ".txt", ".adoc", ".html", ".htm", ".tex", ".org", ".svg")
RECORD_SUFFIXES = (".jsonl", ".csv", ".tsv", ".ndjson", ".har", ".snap", ".log", ".sql", ".ambr")
RECORD_FOLDERS = re.compile(r"(?:^|/)(?:cassettes|recordings|__snapshots__|snapshots|recorded)/")
PROSE_NAMES = ("changelog", "history", "news", "license", "readme", "authors", "contributing")
# A request of a batch: its parameters stand beside it, in data that code wrote.
BATCH = re.compile(rb'"custom_id"\s*:.*"url"\s*:\s*"/v1/|"url"\s*:\s*"/v1/.*"custom_id"\s*:')
BATCH_LINE = "a request of a batch file: judge the code that writes it, then write the file anew"
LONG_LINE = 500  # what stands further right is recorded text, not a setting
COMMENT = re.compile(r"(?:^|\s)(?:#|//|--|/\*|\*|;|<!--)")
CHOICE = re.compile(
    r"""(?:model|engine|deployment|llm)(?:[_.-]?(?:name|id|key|default))?["'\]\)]*\s*(?::=|=>|[:=(])"""
    r"""\s*(?:\w+\s*\(\s*)?\\?["'`]?$""",
    re.IGNORECASE,
)


def verdict_on_text(mention: Mention, content: bytes) -> tuple[Bucket, str]:
    """Give the bucket and the reason, from the file's name and the mention's own line.

    Only a name such as `model` right before the id makes it a choice; it stays unbound, since no
    front-end can show what reads it.
    """
    name = mention.path.rpartition("/")[2].lower()
    if name.endswith(PROSE_SUFFIXES) or name.partition(".")[0] in PROSE_NAMES:
        return Bucket.PROSE, "in a document"
    if name.endswith(RECORD_SUFFIXES) or RECORD_FOLDERS.search(mention.path):
        batch = name.endswith(".jsonl") and BATCH.search(_line(content, mention.at.start))
        return Bucket.CATALOGUE, BATCH_LINE if batch else "in recorded or tabular content"
    begin = content.rfind(b"\n", 0, mention.at.start) + 1
    before = content[begin : mention.at.start].decode("utf-8", "replace")
    if COMMENT.search(_outside_quotes(before)):
        return Bucket.COMMENT, "in a comment"
    if CHOICE.search(before[-120:]) and len(before) < LONG_LINE:
        return Bucket.UNBOUND, f"set as a model in {name}, and no program in view reads it"
    return (
        Bucket.CATALOGUE,
        f"no choice of model is next to it in {name}, and no program in view reads it",
    )


def _outside_quotes(text: str) -> str:
    """Blank the closed quotations of a line, so that `"http://…"` opens no comment."""
    return re.sub(r"""("[^"]*"|'[^']*'|`[^`]*`)""", "", text)


def _line(content: bytes, at: int) -> bytes:
    begin = content.rfind(b"\n", 0, at) + 1
    end = content.find(b"\n", at)
    return content[begin : end if end >= 0 else len(content)]
