"""Find calls that a function makes alike with an old id and with the target: arms of one try."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.domain.catalogue import Standing
from migrator.domain.expression import Call, Expression, Scalar, Text, dotted
from migrator.domain.facts import FileFacts
from migrator.domain.site import BoundSite
from migrator.domain.trail import Frame

_REACHED = frozenset({Standing.TARGET, Standing.NEWER})
_Made = tuple[str, str, int]  # the file and the scope of a call, and where it starts


def find_arms(sites: Sequence[BoundSite], files: Iterable[FileFacts]) -> Mapping[str, str]:
    """Map sites, by id, to why a change would leave nothing to compare.

    Their function makes the very same call with the target, up to the model, and keeps both answers
    side by side: each under a name, or in what it returns.
    """
    by_path = {each.path: each for each in files}
    beside: defaultdict[tuple[str, str, str | None], list[BoundSite]] = defaultdict(list)
    for site in sites:
        made = _outermost(site)
        if made is not None:
            (path, scope, _), call = made
            beside[path, scope, dotted(call.callee)].append(site)
    return {site.id: why for group in beside.values() for site, why in _compared(group, by_path)}


def _compared(
    group: Sequence[BoundSite], files: Mapping[str, FileFacts]
) -> Iterator[tuple[BoundSite, str]]:
    new = [each for each in group if _standing(each) in _REACHED]
    for site in group if new else ():
        if _standing(site) is not Standing.SOURCE:
            continue
        for other in new:
            one, two = _outermost(site), _outermost(other)
            if _differ_in_one(one, two) and _side_by_side(one, two, files):
                place = other.place
                yield site, f"the same call is made with the target: line {place.line}"
                break


def _standing(site: BoundSite) -> Standing | None:
    return site.reference.recognised.standing if site.reference else None


def _outermost(site: BoundSite) -> tuple[_Made, Call] | None:
    """Give the call that stands for a site, with its place."""
    if site.call is None or site.reference is None:
        return None
    frame: Frame = site.call.frame
    call = site.call.invocation.call
    while frame.callers:
        entered = frame.callers[-1]
        call, frame = entered.call, entered.caller
    return (frame.path, frame.symbol, call.at.start), call


def _differ_in_one(one: tuple[_Made, Call] | None, other: tuple[_Made, Call] | None) -> bool:
    """Whether two calls of one function are alike but for one argument."""
    if one is None or other is None or one[0] == other[0]:
        return False
    mine, theirs = _arguments(one[1]), _arguments(other[1])
    return set(mine) == set(theirs) and sum(mine[key] != theirs[key] for key in mine) == 1


def _side_by_side(
    one: tuple[_Made, Call] | None, other: tuple[_Made, Call] | None, files: Mapping[str, FileFacts]
) -> bool:
    """Whether a function has both answers at hand at once."""
    facts = files.get(one[0][0]) if one else None
    if facts is None or one is None or other is None:
        return False
    starts = {one[0][2], other[0][2]}
    named = {e.result for e in facts.invocations if e.call.at.start in starts and e.result}
    scope = facts.scopes.get(one[0][1])
    returned = scope.returns if scope else ()
    within = (sum(e.at.start <= each < e.at.end for each in starts) for e in returned)
    return len(named) == len(starts) or any(found == len(starts) for found in within)


def _arguments(call: Call) -> dict[str | int, object]:
    given: dict[str | int, object] = {n: _spelled(e) for n, e in enumerate(call.positional)}
    return given | {each.name or "**": _spelled(each.value) for each in call.keywords}


def _spelled(value: Expression) -> object:
    match value:
        case Text(value=text) | Scalar(value=text):
            return text
        case _:
            return dotted(value) or (type(value).__name__, value.at.end - value.at.start)
