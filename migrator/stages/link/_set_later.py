"""Read settings that an object is given after it was made: `llm.temperature = 0.2`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from migrator.domain.addition import Added
from migrator.domain.expression import Name, Series
from migrator.domain.site import Setting, SettingState
from migrator.domain.surface import Surface
from migrator.domain.trail import Found
from migrator.following.construction import constructions
from migrator.following.port import Walk
from migrator.following.scopes import method_with_self
from migrator.stages.link._change import Change
from migrator.stages.link._objects import Part
from migrator.stages.link._set_on import assigned
from migrator.stages.link._settings import flatten, read_setting


def made_as_self(walk: Walk, change: Change) -> Iterator[Part]:
    """Give the calls that make what sets its own attribute, where its class has a base."""
    facts = walk.file(change.frame.path)
    own = change.base.name if isinstance(change.base, Name) else ""
    method = method_with_self(facts, change.frame.symbol, own) if facts else None
    owner = facts.scopes.get(method.parent or "") if facts and method else None
    if facts is None or owner is None or not owner.bases:
        return
    constructor = facts.scopes.get(f"{owner.symbol}.__init__", owner)
    for frame, invocation, _ in walk.callers.of(walk, facts.path, constructor):
        yield Part(Found(invocation.call, frame))
        for _, made, where in constructions(walk, invocation.call, frame):
            yield Part(Found(made, where))


def with_added(
    walk: Walk,
    surface: Surface,
    settings: Mapping[str, Setting],
    added: Mapping[str, tuple[Added, ...]],
) -> dict[str, Setting]:
    """Give the settings of a call with what was added to them later, or set instead of them."""
    lists = assigned(surface)
    set_alone = {
        name: changes
        for name, changes in added.items()
        if name not in lists and all(each.instead for each in changes)
    }
    grown = with_set(walk, surface, settings, set_alone)
    for name in (each for each in added if each not in set_alone):
        if name in settings:
            more = [read_setting(walk, each.found) for each in added[name]]
            grown[name] = _together((settings[name], *more))
    return grown


def _together(settings: tuple[Setting, ...]) -> Setting:
    ends = tuple(end for each in settings for end in each.ends)
    series = [end.expression for end in ends if isinstance(end.expression, Series)]
    unread = [each for each in settings if each.state is SettingState.UNRESOLVED or each.reason]
    count = sum(len(each.items) for each in series)
    first = next((each.at for each in settings if each.at is not None), None)
    if not ends:
        return unread[0] if unread else settings[0]
    return Setting(
        state=SettingState.EXPLICIT,
        value=f"list of {count}" if len(series) == len(ends) and not unread else None,
        at=first,
        ends=ends,
        reason=unread[0].reason if unread else "",
    )


def with_set(
    walk: Walk,
    surface: Surface,
    settings: Mapping[str, Setting],
    added: Mapping[str, Iterable[Added]],
) -> dict[str, Setting]:
    """Give the settings of a call with those set later: either may be what is sent."""
    grown = dict(settings)
    for name, changes in added.items():
        if name not in surface.settings:
            continue
        for change in changes:
            for key, new in flatten(walk, name, change.found, surface).items():
                grown[key] = _either(grown.get(key), new)
    return grown


def _either(old: Setting | None, new: Setting) -> Setting:
    if old is None or old.state is SettingState.ABSENT or not new.ends:
        return new
    if not old.ends:
        return replace(new, value=None, reason=old.reason or new.reason)
    reason = old.reason or new.reason
    return replace(new, value=None, ends=(*old.ends, *new.ends), reason=reason)
