"""Check dates and turn a cited source's id into the line that a report shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from migrator.domain.playbook import Source
from migrator.playbook._decode import Key, nearest

_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")


def check_date(text: str | None, at: Key) -> None:
    """Refuse anything but an ISO day, or a month where the day is not known."""
    if text is not None and not _DATE.fullmatch(text):
        raise at.refuse(f"must be a date such as 2026-04-23 or 2026-04, not {text!r}")


@dataclass(frozen=True, slots=True)
class Cited:
    """The pages of a playbook by id."""

    sources: Mapping[str, Source]

    def page(self, source: str, at: Key) -> Source:
        """Give the page of that id; raises PlaybookError for `at` when there is none."""
        if source not in self.sources:
            close = nearest(source, list(self.sources))
            raise at.refuse(f"playbook.toml has no source `{source}`{close}")
        return self.sources[source]

    def text(self, source: str, at: Key) -> str:
        """Give address and read date in one line."""
        page = self.page(source, at)
        return f"{page.url} (read {page.read})"
