"""Find calls that may reach the function around a judged call without having been followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from migrator.domain.expression import Call, Member, Name, dotted
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Found, Frame, Lost, Outside
from migrator.following.port import Walk


def called_unseen(
    walk: Walk,
    files: Iterable[FileFacts],
    sites: Iterable[BoundSite],
    judged: frozenset[tuple[str, int]],
) -> Iterator[tuple[Place, OtherUse]]:
    """Yield, for each site's reference, calls that set one of its settings by an unseen way.

    Such are methods of an object that cannot be followed, and functions handed on with arguments.
    """
    wanted: defaultdict[str, list[BoundSite]] = defaultdict(list)
    for site in sites:
        if site.call and site.reference and site.call.frame.symbol:
            wanted[_tail(site.call.frame.symbol)].append(site)
    for facts in files if wanted else ():
        for invocation in facts.invocations:
            call = invocation.call
            set_here = {each.name for each in call.keywords if each.name}
            if not set_here or (facts.path, call.at.start) in judged:
                continue
            for name in _meant(call):
                for site in wanted.get(name, ()):
                    if _reaches(walk, facts, invocation, site.call, set_here) and site.reference:
                        written = dotted(call.callee) or name
                        at = call.at.within(facts.path)
                        use = OtherUse(at=at, kind=UseKind.CALLED, written=written)
                        yield site.reference.place, use


def _tail(symbol: str) -> str:
    return symbol.rpartition(".")[2]


def _meant(call: Call) -> Iterator[str]:
    """Name what is called, and the functions that are handed on."""
    if isinstance(call.callee, Member):
        yield call.callee.name
    for each in call.positional:
        if isinstance(each, Name | Member):
            yield each.name


def _reaches(
    walk: Walk, facts: FileFacts, invocation: Invocation, call: BoundCall | None, given: set[str]
) -> bool:
    if call is None or not given & (set(call.settings) - {call.surface.model}):
        return False
    frame = Frame(facts.path, invocation.scope)
    written = invocation.call
    for each in written.positional:
        ends = walk.follow(each, frame) if isinstance(each, Name | Member) else ()
        if any(_is_function(end, call) for end in ends):
            return True
    callee = written.callee
    if not isinstance(callee, Member) or callee.name != _tail(call.frame.symbol):
        return False
    return all(_gave_up(end) for end in walk.follow(callee, frame))


def _is_function(end: object, call: BoundCall) -> bool:
    return isinstance(end, Defined) and (end.path, end.symbol) == (
        call.frame.path,
        call.frame.symbol,
    )


def _gave_up(end: object) -> bool:
    match end:
        case Lost():
            return True
        case Found(expression=Call()):
            return True
        case Outside(name=name):
            return "." not in name
        case _:
            return False
