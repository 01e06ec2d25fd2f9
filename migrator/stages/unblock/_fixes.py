"""Choose the changes that lift what blocks a call, or say why one cannot be made by a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from migrator.domain.config import Decide
from migrator.domain.distribution import Distribution
from migrator.domain.edit import AddArgument, DropArgument, RenameArgument, ReplaceText
from migrator.domain.expression import Expression, Text
from migrator.domain.finding import Finding
from migrator.domain.hosting import hosting
from migrator.domain.remedy import Remedy, RemedyKind
from migrator.domain.site import BoundCall, DecidedSite, SettingState
from migrator.domain.trail import Found
from migrator.domain.unblock import Fix, Sampling
from migrator.following.port import Walk
from migrator.stages.unblock._calls import hard
from migrator.stages.unblock._chosen_elsewhere import chosen_elsewhere

InstalledFor: TypeAlias = Callable[[str], Distribution]


@dataclass(frozen=True, slots=True)
class Fixed:
    """The fixes of one call, and why other findings of it get none."""

    fixes: tuple[Fix, ...] = ()
    declined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the choice of a fix depends on beside the call; `moving` are the sites that move."""

    sampling: Sampling
    walk: Walk
    installed: InstalledFor
    moving: frozenset[str]


def fix_call(sites: Sequence[DecidedSite], terms: Terms) -> Fixed:
    """Give the fixes of a call for all its sites together."""
    left_alone = next((each for each in sites if _is_left_alone(each)), None)
    if left_alone is not None:
        return Fixed(declined=("a site that is pinned or ignored shares its call",))
    fixes: dict[object, Fix] = {}
    declined: list[str] = []
    for finding, remedy, site in _wanted(sites, terms.sampling):
        made = _fix(finding, remedy, site, sites, terms)
        if isinstance(made, str):
            declined.append(f"{finding.rule}: {made}")
            continue
        known = fixes.get(made.change)
        rules = dict.fromkeys((*known.rules, *made.rules)) if known else made.rules
        fixes[made.change] = replace(made, rules=tuple(rules))
    return Fixed(tuple(fixes.values()), tuple(dict.fromkeys(declined)))


def _is_left_alone(site: DecidedSite) -> bool:
    decision = site.judged.classified.decision
    return decision is not None and decision.decide in {Decide.PIN, Decide.IGNORE}


def _wanted(
    sites: Iterable[DecidedSite], sampling: Sampling
) -> Iterator[tuple[Finding, Remedy, DecidedSite]]:
    """Give each finding that unblocking may lift, with the remedy that was asked for."""
    for site in sites:
        for finding in hard(site):
            remedies = [each for each in finding.remedies if each.unblock]
            by_effort = [each for each in remedies if each.do is RemedyKind.EFFORT]
            if by_effort and sampling is Sampling.NONE:
                remedies = by_effort
            elif by_effort:
                remedies = [each for each in remedies if each.do is not RemedyKind.EFFORT]
            for remedy in remedies[:1]:
                yield finding, remedy, site


def _fix(
    finding: Finding,
    remedy: Remedy,
    site: DecidedSite,
    sites: Sequence[DecidedSite],
    terms: Terms,
) -> Fix | str:
    call = site.bound.call
    if call is None or call.surface.sends is not None:
        return "its library sends the request in its own words"
    if remedy.do is not RemedyKind.DROP and not all(map(_at_home, sites)):
        return "the client may point at another host"
    library = terms.installed(call.frame.path) if remedy.since else None
    if library and not library.within(f">={remedy.since}"):
        sent = f"`{remedy.to or remedy.setting}`"
        way = "; --sampling drop sends nothing new" if remedy.do is RemedyKind.EFFORT else ""
        return f"{library} does not know {sent}; {library.name} {remedy.since} is the first to{way}"
    fix = Fix(
        change=AddArgument(call.frame.path, call.invocation.call.at, remedy.setting, "none"),
        setting=remedy.setting,
        rules=(finding.rule,),
        sites=tuple(each.bound.id for each in sites),
        since=remedy.since,
        library=library,
    )
    match remedy.do:
        case RemedyKind.EFFORT:
            return _with_effort(fix, sites, terms)
        case RemedyKind.REPLACE:
            return _replaced(fix, remedy, call)
        case RemedyKind.RENAME:
            return _renamed(fix, remedy, call, sites)
        case RemedyKind.DROP:
            return _dropped(fix, remedy, call)


def _at_home(site: DecidedSite) -> bool:
    """Whether the client of a site certainly calls OpenAI itself."""
    call = site.bound.call
    seen = call is not None and call.receiver is not None
    return seen and next(hosting(site.judged.classified), None) is None


def _with_effort(fix: Fix, sites: Sequence[DecidedSite], terms: Terms) -> Fix | str:
    """Add the effort only where every model that the call may run accepts it."""
    with_swap = False
    for each in sites:
        if _state(each, fix.setting) is not SettingState.ABSENT:
            return "the effort is set already, or may be"
        model = each.bound.reference.recognised.model if each.bound.reference else None
        if model is not None and "none" in model.efforts:
            continue
        why = _keeps_old(each, terms)
        if why:
            return f"{why}, and that refuses the effort `none`; --sampling drop is legal with both"
        with_swap = True
    return replace(fix, with_swap=with_swap)


def _keeps_old(site: DecidedSite, terms: Terms) -> str | None:
    """Say why an old model may still be run at a site after the swap."""
    reference = site.bound.reference
    if reference is None:
        return "the id at this call cannot be read and may be an older model"
    if reference.recognised.model is None or site.bound.id not in terms.moving:
        return f"`{reference.recognised.id}` stays at this call"
    chooser = chosen_elsewhere(reference, terms.walk)
    return f"{chooser} may still choose an older model" if chooser else None


def _state(site: DecidedSite, name: str) -> SettingState:
    call = site.bound.call
    return call.setting(name).state if call else SettingState.UNRESOLVED


def _replaced(fix: Fix, remedy: Remedy, call: BoundCall) -> Fix | str:
    """Replace a text that is written at the call itself."""
    ends = call.setting(remedy.setting).ends
    if len(ends) != 1 or not isinstance(ends[0].expression, Text):
        return "its value is one of several"
    text = ends[0].expression
    if not _is_at(ends[0], call):
        return "its value is written elsewhere, where others may use it"
    change = ReplaceText(call.frame.path, text.at, text.value, str(remedy.by))
    return replace(fix, change=change)


def _renamed(fix: Fix, remedy: Remedy, call: BoundCall, sites: Sequence[DecidedSite]) -> Fix | str:
    if any(_state(each, remedy.to) is not SettingState.ABSENT for each in sites):
        return f"`{remedy.to}` is sent already, or may be"
    place = _place(call, remedy.setting)
    if place is None:
        return f"`{remedy.setting}` is written in another file"
    calls = (call.invocation.call.at,)
    return replace(
        fix,
        change=RenameArgument(call.frame.path, place.at, remedy.setting, remedy.to, calls),
    )


def _dropped(fix: Fix, remedy: Remedy, call: BoundCall) -> Fix | str:
    place = _place(call, remedy.setting)
    if place is None:
        return f"`{remedy.setting}` is written in another file"
    calls = (call.invocation.call.at,)
    change = DropArgument(call.frame.path, place.at, remedy.setting, calls)
    return replace(fix, change=change)


def _place(call: BoundCall, name: str) -> Expression | None:
    found = call.arguments.get(name)
    return found.expression if found and found.frame.path == call.frame.path else None


def _is_at(found: Found, call: BoundCall) -> bool:
    at, inside = call.invocation.call.at, found.expression.at
    here = found.frame.path == call.frame.path
    return here and at.start <= inside.start and inside.end <= at.end
