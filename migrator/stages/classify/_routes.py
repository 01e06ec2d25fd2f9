"""Find what control flow chooses: the model after a failure, and the cheaper of two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from migrator.domain.catalogue import Model, Tier
from migrator.domain.expression import (
    Call,
    ChoiceKind,
    Comparison,
    Expression,
    Member,
    Name,
    Scalar,
)
from migrator.domain.facts import FileFacts, Guard, Invocation
from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Location
from migrator.domain.trail import HopKind
from migrator.stages.classify import _words

# Of two list prices that lie nearer to each other, neither is the cheap route.
_MUCH_CHEAPER = 0.5
_ALTERNATES = frozenset({"with_fallbacks", "FallbackModel"})


def find_routes(sites: Sequence[BoundSite], files: Iterable[FileFacts]) -> Mapping[str, str]:
    """Map sites, by id, to why they run after a failure or as the cheaper way.

    A second attempt with the same id is a retry; what is taken when nothing is set is a default.
    """
    by_path = {each.path: each for each in files}
    failed = {site.id: why for site in sites if (why := _after_failure(site, sites, by_path))}
    named = {path for site in sites for path, _ in _located(site) if path in by_path}
    # Once a file: many sites may stand in one.
    alternates = {path: tuple(_alternates(by_path[path])) for path in sorted(named)}
    for site in sites:
        handed = site.reference is not None and site.reference.path in by_path
        if handed and _is_alternate(site, alternates) and not _is_handling(site, by_path):
            failed.setdefault(site.id, "handed over as a fallback")
    return {**dict(_cheaper(sites, by_path)), **failed}


def _after_failure(
    site: BoundSite, sites: Sequence[BoundSite], files: Mapping[str, FileFacts]
) -> str:
    if site.reference is None:
        return ""
    if _is_handling(site, files):
        return "" if _is_retry(site, sites, files) else "called after another attempt failed"
    facts = files.get(site.reference.path)
    if facts is None:
        return ""
    if _set_after_failure(site.reference, facts) and _has_rival(site, sites, files):
        return "set after another attempt failed"
    return ""


def _is_handling(site: BoundSite, files: Mapping[str, FileFacts]) -> bool:
    """Whether the call, or one that its frame was entered by, stands in a handler."""
    if site.call is None:
        return False
    entered = ((each.caller.path, each.call) for each in site.call.frame.callers)
    return site.call.invocation.handler or any(
        each.handler
        for path, call in entered
        for each in _invocations(files.get(path))
        if each.call.at == call.at
    )


def _invocations(facts: FileFacts | None) -> tuple[Invocation, ...]:
    return facts.invocations if facts else ()


def _is_retry(site: BoundSite, sites: Sequence[BoundSite], files: Mapping[str, FileFacts]) -> bool:
    """Whether the same function tries the same id without a failure before it."""
    return any(
        _id(each) == _id(site) and _scope(each) == _scope(site) and not _is_handling(each, files)
        for each in sites
    )


def _set_after_failure(reference: Reference, facts: FileFacts) -> bool:
    place = reference.place
    return any(
        each.handler and (each.at.line, each.at.column) == (place.line, place.column)
        for each in facts.strings
    )


def _has_rival(site: BoundSite, sites: Sequence[BoundSite], files: Mapping[str, FileFacts]) -> bool:
    """Whether the call, or else the function, also runs another id, set without a failure."""
    for each in sites:
        reference = each.reference
        same = each.place == site.place if site.call else _scope(each) == _scope(site)
        if each.call is None or reference is None or not same:
            continue
        facts = files.get(reference.path)
        if _id(each) != _id(site) and facts and not _set_after_failure(reference, facts):
            return True
    return False


def _is_alternate(site: BoundSite, alternates: Mapping[str, Sequence[Location]]) -> bool:
    """Whether model or call are handed over as `fallbacks=…`, or to `with_fallbacks(…)`."""
    return any(_holds(each, at) for path, at in _located(site) for each in alternates.get(path, ()))


def _located(site: BoundSite) -> Iterator[tuple[str, Location]]:
    if site.reference and site.reference.at:
        yield site.reference.path, site.reference.at
    if site.call:
        yield site.call.place.path, site.call.invocation.call.at


def _alternates(facts: FileFacts) -> Iterator[Location]:
    """Give the stretches in which the models stand that take over."""
    for invocation in facts.invocations:
        call = invocation.call
        name = call.callee.name if isinstance(call.callee, Name | Member) else ""
        if name in _ALTERNATES:
            first = 1 if name == "FallbackModel" else 0
            yield from (each.at for each in call.positional[first:])
        for each in call.keywords:
            if each.name and _words.is_fallback(each.name):
                yield each.value.at


def _holds(outer: Location, inner: Location) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _cheaper(
    sites: Sequence[BoundSite], files: Mapping[str, FileFacts]
) -> Iterator[tuple[str, str]]:
    """Give the sites whose id a condition chooses over a dearer one, for the same call."""
    calls: defaultdict[tuple[str, int, int, bytes], list[BoundSite]] = defaultdict(list)
    for site in sites:
        if site.call and site.reference and site.reference.recognised.model:
            place = site.place
            calls[place.path, place.line, place.column, site.call.frame.key].append(site)
    for members in calls.values():
        for one, other in permutations(members, 2):
            if _is_cheaper(one, other) and _are_opposite(one, other, files):
                yield one.id, f"the cheaper way: a condition chooses it over {_id(other)}"


def _is_cheaper(one: BoundSite, other: BoundSite) -> bool:
    mine, theirs = _model(one), _model(other)
    if mine is None or theirs is None or mine.id == theirs.id:
        return False
    if mine.price and theirs.price:
        return sum(mine.price) <= _MUCH_CHEAPER * sum(theirs.price)
    return mine.tier is Tier.SMALL and theirs.tier is not Tier.SMALL


def _are_opposite(one: BoundSite, other: BoundSite, files: Mapping[str, FileFacts]) -> bool:
    """Whether one condition decides between two references."""
    mine, theirs = one.reference, other.reference
    if mine is None or theirs is None:
        return False
    if set(_conditions(mine)) & set(_conditions(theirs)):
        return True
    facts = files.get(mine.path)
    if facts is None or mine.path != theirs.path or mine.at is None or theirs.at is None:
        return False
    return any(_divides(guard, mine.at, theirs.at) for guard in facts.guards)


def _conditions(reference: Reference) -> Iterator[tuple[str, int]]:
    for hop in reference.via:
        if hop.kind is HopKind.CHOICE and hop.detail == ChoiceKind.CONDITION:
            yield hop.at.path, hop.at.line


def _divides(guard: Guard, one: Location, other: Location) -> bool:
    """Whether a guard runs one of two places and not the other; asking for a value is none."""
    if guard.then is None or guard.asserts or _asks_for_a_value(guard.test):
        return False
    mine, theirs = _branch(guard, one), _branch(guard, other)
    # Without an `else`, what was set before the condition is its other way.
    sure = None not in {mine, theirs} or guard.otherwise is None
    return mine is not theirs and sure


def _branch(guard: Guard, at: Location) -> bool | None:
    for branch, held in ((guard.then, True), (guard.otherwise, False)):
        if branch and branch.start <= at.start < branch.end:
            return held
    return None


def _asks_for_a_value(test: Expression) -> bool:
    """Tell `if model is None` and `if not model` from a condition on something else."""
    match test:
        case Comparison(left=left, right=right):
            return isinstance(left, Scalar) or isinstance(right, Scalar)
        case Name(name=name) | Member(name=name):
            return bool(_words.MODEL_WORDS & set(_words.words(name)))
        case Call():
            return False
        case _:
            inner = getattr(test, "inner", ())
            return any(_asks_for_a_value(each) for each in inner)


def _scope(site: BoundSite) -> tuple[str, str]:
    return site.place.path, site.symbol


def _model(site: BoundSite) -> Model | None:
    return site.reference.recognised.model if site.reference else None


def _id(site: BoundSite) -> str:
    return site.reference.recognised.id if site.reference else ""
