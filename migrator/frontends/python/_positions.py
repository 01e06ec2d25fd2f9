"""Turn the line and column of a syntax node into exact offsets in the original bytes."""

from __future__ import annotations

import ast
from typing import TypeAlias

from migrator.domain.source import Location
from migrator.frontends._lines import Lines

Node: TypeAlias = (
    ast.expr | ast.stmt | ast.arg | ast.keyword | ast.excepthandler | ast.alias | ast.pattern
)


class Positions(Lines):
    """The line starts of one Python file, which ends its lines as `Lines` does."""

    __slots__ = ()

    def at(self, node: Node) -> Location:
        """Locate a syntax node; its columns count UTF-8 bytes, ours code points."""
        line = node.lineno
        offset = node.col_offset
        starts = self.starts
        start = starts[line] + offset
        end = starts[node.end_lineno or line] + (node.end_col_offset or 0)
        if line in self.wide:
            return Location(line, self.column(line, start), start, end)
        return Location(line, offset + 1, start, end)
