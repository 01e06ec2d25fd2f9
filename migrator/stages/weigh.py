"""Weigh what a validation command's result is worth, by what was seen of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from migrator.domain.plan import PlanEdit
from migrator.domain.plan_site import PlanSite
from migrator.domain.result import Reach, Verdict
from migrator.domain.validation import Evidence, Line, Ran, Watch
from migrator.domain.wording import agrees, listed, plural

_MOST = 3


def weigh(ran: Ran, edited: Sequence[str]) -> tuple[Verdict, str]:
    """Give the verdict on a run with the edits, and why.

    A green run counts only when no edited file was, or would be, taken from elsewhere, and at
    least one was taken from the checkout under test.
    """
    seen = ran.evidence
    if ran.code is None:
        return Verdict.TIMED_OUT, ""
    if not ran.green:
        return Verdict.FAILED, f"exit code {ran.code}"
    if seen.outside:
        named = listed([f"{path} from {place}" for path, place in seen.outside.items()], _MOST)
        return Verdict.NOT_PROVEN, f"it takes {named} instead of the branch's"
    if not seen.pythons:
        return Verdict.NOT_PROVEN, "no Python that it ran could be watched"
    used = [path for path in edited if path in seen.inside]
    if not used:
        return Verdict.NOT_PROVEN, "it uses none of the edited files"
    if len(used) == len(edited):
        return Verdict.PASSED, f"it uses {_all(len(edited))} of the branch"
    return Verdict.PASSED, f"it uses {len(used)} of {len(edited)} edited files, from the branch"


def import_roots(outside: Iterable[str], watch: Watch) -> tuple[str, ...]:
    """Give the folders from which modules that are taken from elsewhere would be found here."""
    return tuple(
        sorted({_root(path, watch.names[path][0]) for path in outside if watch.names.get(path)})
    )


def watched(edits: Sequence[PlanEdit], packages: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Give the dotted names of each edited file; `packages` are folders with an `__init__.py`.

    Files that are no modules have none.
    """
    paths = sorted({edit.path for edit in edits})
    return {path: _names(path, packages) for path in paths}


def site_lines(
    sites: Iterable[PlanSite], edits: Sequence[PlanEdit], *, edited: bool
) -> Mapping[Line, tuple[str, ...]]:
    """Map the line of each call to its sites; `edited`: as the edits moved it down or up."""
    found: dict[Line, tuple[str, ...]] = {}
    for site in sites:
        moved = _moved(site.path, site.line, edits) if edited else 0
        key = (site.path, site.line + moved)
        found[key] = (*found.get(key, ()), site.id)
    return found


def reached(
    lines: Mapping[Line, tuple[str, ...]], seen: Sequence[Evidence]
) -> tuple[Reach, ...] | None:
    """Say which tests ran each site's line; None when that could not be seen."""
    if not seen or any(each.partial or not each.pythons for each in seen):
        return None
    found: list[Reach] = []
    for line, sites in lines.items():
        tests = {test for each in seen for test in each.tests.get(line, ())}
        named = tuple(sorted(tests - {""}))
        found += (Reach(site=site, tests=named, loading="" in tests) for site in sites)
    return tuple(found)


def _all(count: int) -> str:
    return f"{agrees(count, 'the', 'all')} {plural(count, 'edited file')}"


def _names(path: str, packages: frozenset[str]) -> tuple[str, ...]:
    if not path.endswith(".py"):
        return ()
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    folders = ["/".join(parts[:count]) for count in range(len(parts))]
    inner = len(parts) - 1
    while inner and folders[inner] in packages:
        inner -= 1
    every = [".".join(parts[start:]) for start in range(len(parts))]
    likely = every[inner]
    return (likely, *(name for name in every if name != likely and "." in name))


def _root(path: str, dotted: str) -> str:
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    return "/".join(parts[: len(parts) - dotted.count(".") - 1])


def _moved(path: str, line: int, edits: Sequence[PlanEdit]) -> int:
    return sum(
        edit.after.count("\n") - edit.before.count("\n")
        for edit in edits
        if edit.path == path and edit.line < line
    )
