"""Lay what runs say over the settings that an object was made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from migrator.domain.addition import Added
from migrator.domain.expression import Scalar
from migrator.domain.run import Run, Runs
from migrator.domain.sent import possible
from migrator.domain.site import ABSENT, Setting, SettingState
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Frame, Lost
from migrator.following.port import Walk
from migrator.stages.link._said import Said, said
from migrator.stages.link._set_later import with_set
from migrator.stages.link._set_on import as_settings
from migrator.stages.link._settings import flatten

Settings = Mapping[str, Setting]


def overlaid(
    walk: Walk, surface: Surface, own: Settings, runs: Iterable[Run]
) -> dict[str, Setting]:
    """Give the settings as the runs send them: any of the values that one of them sends.

    What a run says goes over the object's own, except where it is None.
    """
    ways: list[Settings] = []
    names: dict[str, None] = {}
    for run in runs:
        for name in run.runs.merged:
            names |= dict.fromkeys(_below(surface, name))
        ways += [_over(walk, surface, own, run, each) for each in said(walk, run)]
        ways += [] if run.sure else [own]
    merged = {name: _any_of([each.get(name, ABSENT) for each in ways]) for name in names}
    return {**own, **merged}


def as_run_here(
    runs: Runs | None, ran: tuple[Run, ...], arguments: Mapping[str, Found]
) -> tuple[Run, ...]:
    """Give the runs of a call; where it is one itself, with its arguments as they are read here."""
    if runs is None or not runs.config:
        return ran
    return tuple(replace(each, arguments=arguments) for each in ran)


def _over(walk: Walk, surface: Surface, own: Settings, run: Run, way: Said) -> Settings:
    changed = dict(own)
    for name in run.runs.merged:
        names = _below(surface, name)
        if name in way.fields:
            given = flatten(walk, name, way.fields[name], surface)
            perhaps = possible(given.get(name, ABSENT)).nothing
        else:
            lost = next(iter(way.lost), None)
            given = dict.fromkeys(names, _unread(lost)) if lost else {}
            perhaps = False
        given = with_set(walk, surface, given, _inside(walk, surface, run, name))
        for each in names:
            if each in given:
                old, new = own.get(each, ABSENT), given[each]
                keeps = perhaps or possible(new).nothing
                changed[each] = _any_of([new, old]) if keeps else new
    return changed


def _below(surface: Surface, name: str) -> tuple[str, ...]:
    """Give the settings that an argument of a run goes over: those in its table, or it alone."""
    inner = tuple(each for each in surface.settings if each.startswith(f"{name}."))
    return inner or tuple(each for each in surface.settings if each == name)


def _inside(walk: Walk, surface: Surface, run: Run, name: str) -> dict[str, list[Added]]:
    """Give what is set on an object that a run says, by the setting that it stands for."""
    found: dict[str, list[Added]] = {}
    later = [added for path, each in run.later.items() if _under(path, name) for added in each]
    for added in later:
        for each in as_settings(walk, surface, added):
            if each.argument != name:
                found.setdefault(each.argument, []).append(each)
    return found


def _under(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}.")


def _unread(lost: Lost) -> Setting:
    return Setting(state=SettingState.UNRESOLVED, at=lost.at, reason=lost.reason)


def _any_of(settings: list[Setting]) -> Setting:
    """Give one setting that may be any of several."""
    first, *others = settings
    if all(each == first for each in others):
        return first
    ends = tuple(end for each in settings for end in each.ends)
    unread = [each for each in settings if each.state is SettingState.UNRESOLVED or each.reason]
    if not ends:
        return unread[0]
    values = {each.value for each in settings}
    if any(each.state is SettingState.ABSENT for each in settings):
        ends = (*ends, _nothing(ends[0]))
    return Setting(
        state=SettingState.EXPLICIT,
        value=values.pop() if len(values) == 1 and not unread else None,
        at=next(each.at for each in settings if each.ends),
        ends=ends,
        reason=(unread[0].reason or "it cannot be followed") if unread else "",
    )


def _nothing(beside: Found) -> Found:
    at, frame = beside.expression.at, beside.frame
    return Found(Scalar(replace(at, start=at.end), None), Frame(frame.path, frame.symbol))
