"""Tell the parts of a notebook: code chooses, outputs record, Markdown is prose."""

from __future__ import annotations

import re

from migrator.domain.mention import Bucket

_PART = re.compile(rb'"(cell_type|outputs|source|metadata|attachments)"\s*:\s*("(\w+)")?')


def verdict_on_cell(content: bytes, at: int) -> tuple[Bucket, str] | None:
    """Give the bucket of what code did not write; None inside the source of a code cell.

    Keys of a cell are sorted in the file format, so that a cell's type stands before the rest.
    """
    kind = part = b""
    for found in _PART.finditer(content, 0, at):
        if found[1] == b"cell_type":
            kind = found[3] or b""
        else:
            part = found[1]
    if part == b"source" and kind == b"markdown":
        return Bucket.PROSE, "in the text of a notebook"
    if part == b"source":
        return None
    return Bucket.CATALOGUE, "in the output of a notebook"
