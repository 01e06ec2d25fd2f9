"""Know a pull request that was made from a summary by the marker that opens its description."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"\s*<!-- migrate: pull-request summary(?: of ([0-9a-f]+))? -->")


@dataclass(frozen=True, slots=True)
class PullRequest:
    """An open pull request; `elsewhere` tells that its branch lies in another repository.

    `marked` tells that its description is a summary, `describes` the commit that it was written
    for, as far as it says so.
    """

    number: int
    url: str
    elsewhere: bool
    marked: bool
    describes: str


def marker(commit: str) -> str:
    """Give the line, hidden on a page, that opens the summary of a branch ending in a commit."""
    of = f" of {commit}" if commit else ""
    return f"<!-- migrate: pull-request summary{of} -->\n"


def read_marker(description: str) -> tuple[bool, str]:
    """Tell whether a description is a summary, and the commit that it was written for."""
    found = _MARKER.match(description)
    return found is not None, (found[1] or "") if found else ""
