"""Judge a call that several ways lead to by all that is sent on any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from migrator.domain.expression import Scalar
from migrator.domain.sent import possible
from migrator.domain.site import ABSENT, BoundCall, Setting, SettingState
from migrator.domain.trail import Found

_UNLIKE = "it is not the same on every way to the call"


def also_sending(call: BoundCall, other: BoundCall) -> BoundCall:
    """Give a call with what it sends where it is reached on another way, if that is any other."""
    settings = either_settings(call.settings, other.settings)
    if settings == call.settings:
        return call
    return replace(call, settings=settings, ways=(*call.ways, other))


def either_settings(
    ours: Mapping[str, Setting], others: Mapping[str, Setting]
) -> Mapping[str, Setting]:
    """Give settings that may be those of either of two ways."""
    names = sorted({*ours, *others})
    return {each: _either(ours.get(each, ABSENT), others.get(each, ABSENT)) for each in names}


def _either(ours: Setting, other: Setting) -> Setting:
    if _says(ours) == _says(other) or _says(other) <= _says(ours):
        return ours
    if SettingState.UNRESOLVED in {ours.state, other.state}:
        return _unread(ours, other)
    sent = next(each for each in (ours, other) if each.state is SettingState.EXPLICIT)
    ends = (*ours.ends, *other.ends)
    nothing = ABSENT in (ours, other)
    if any(each is not ABSENT and not each.ends for each in (ours, other)):
        return sent if nothing else _unread(ours, other)
    if nothing:
        last = ends[-1]
        at = replace(last.expression.at, start=last.expression.at.end)
        ends = (*ends, Found(Scalar(at, None), last.frame))
    return replace(sent, value=None, ends=ends, reason=ours.reason or other.reason)


def _unread(ours: Setting, other: Setting) -> Setting:
    """Give a setting that may be what is seen on one way, and what is not seen on another."""
    ends = (*ours.ends, *other.ends)
    state = SettingState.EXPLICIT if ends else SettingState.UNRESOLVED
    reason = ours.reason or other.reason or _UNLIKE
    return Setting(state=state, at=ours.at or other.at, ends=ends, reason=reason)


def _says(setting: Setting) -> frozenset[object]:
    """Give the things that a setting may come down to; of a shape, where it is written."""
    sent = possible(setting)
    found: list[object] = [(type(each), each) for each in sent.literals]
    found += [(each.at.start, each.at.end) for each in sent.shapes]
    found += ["nothing"] if sent.nothing else []
    found += ["unread"] if sent.unread else []
    return frozenset(found)
