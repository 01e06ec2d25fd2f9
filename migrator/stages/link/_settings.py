"""Read the arguments and settings of a call, splatted tables included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from migrator.domain.expression import (
    Call,
    Choice,
    Expression,
    Scalar,
    Spread,
    Table,
)
from migrator.domain.roles import is_test
from migrator.domain.site import ABSENT, Setting, SettingState
from migrator.domain.source import Location
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Frame, Hop, HopKind, Lost, Outside
from migrator.following.items import known_key
from migrator.following.partials import given_before, is_before, placed_arguments
from migrator.following.port import Walk
from migrator.following.ways import every_way
from migrator.stages.link._changed_by_calls import grow_elsewhere
from migrator.stages.link._ends import not_sent, of_tests, plain, why
from migrator.stages.link._grown_on_the_way import grown_on_the_way
from migrator.stages.link._growth import grow, merge
from migrator.stages.link._keywords import caller_keywords
from migrator.stages.link._requested import requested
from migrator.stages.link._steps import changed_in_steps
from migrator.stages.link._tabled import tabled, unwritten

Tables: TypeAlias = tuple[tuple[str, Location], ...]
# What is sent in the body as it stands, over the arguments of the same names.
BODY = "extra_body"


def collect_arguments(
    walk: Walk,
    call: Call,
    frame: Frame,
    positional: tuple[str, ...] = (),
    spreads: tuple[str, ...] = (BODY,),
) -> tuple[dict[str, Found], tuple[Lost, ...]]:
    """Give the arguments of a call by name, and the splats whose content is not in view.

    `positional` names those given by position; what the arguments `spreads` hold counts as
    arguments as well.
    """
    arguments: dict[str, Found] = {}
    lost: list[Lost] = []
    placed = placed_arguments(walk, call, frame)
    for name, given in zip(positional, placed, strict=False):
        if isinstance(given.expression, Spread):
            at = given.expression.at.within(given.frame.path)
            lost.append(Lost("arguments by position come in a splat", at))
            break
        arguments[name] = given
    for keyword in call.keywords:
        if keyword.name is not None:
            arguments[keyword.name] = Found(keyword.value, frame)
            continue
        inside, missing = splat(walk, keyword.value, frame)
        for name, found in inside.items():
            arguments.setdefault(name, found)
        lost += missing
    lost += spread_out(walk, arguments, spreads)
    return arguments, tuple(lost)


def spread_out(walk: Walk, arguments: dict[str, Found], spreads: tuple[str, ...]) -> list[Lost]:
    """Put what tables of further arguments hold in the place of arguments of the same names."""
    lost: list[Lost] = []
    for body in [arguments[each] for each in spreads if each in arguments]:
        inside, missing = splat(walk, body.expression, body.frame)
        arguments.update(inside)
        lost += missing
    return lost


def add_defaults(walk: Walk, arguments: dict[str, Found], tables: tuple[str, ...]) -> list[Lost]:
    """Add what the named tables say of arguments that are not given; give what cannot be read."""
    lost: list[Lost] = []
    for table in [arguments[each] for each in tables if each in arguments]:
        inside, missing = splat(walk, table.expression, table.frame)
        for name, found in inside.items():
            arguments.setdefault(name, found)
        lost += missing
    return lost


def splat(
    walk: Walk, value: Expression, frame: Frame, within: Tables = ()
) -> tuple[dict[str, Found], list[Lost]]:
    """Give the entries of a splatted table, with what is added to it before the call.

    `within` are the tables that it is splatted into: one of them adds nothing to itself.
    """
    if is_before(value):
        return _given_beforehand(walk, value, frame)
    value = unwritten(walk, value, frame)

    def unfold(new: Expression, at: Frame) -> tuple[dict[str, Found], list[Lost]]:
        return splat(walk, new, at, within)

    known = caller_keywords(walk, value, frame, unfold)
    arguments, lost = known or _made(walk, value, frame, within)
    lost += grow(walk, value, frame, arguments, unfold)
    lost += grow_elsewhere(walk, value, frame, arguments, unfold)
    return arguments, lost


def _given_beforehand(
    walk: Walk, value: Expression, frame: Frame
) -> tuple[dict[str, Found], list[Lost]]:
    """Give what partials were given by name; what a later one was given wins."""
    arguments: dict[str, Found] = {}
    lost: list[Lost] = []
    for number, way in enumerate(given_before(walk, value, frame)):
        entries: dict[str, Found] = {}
        for each in way:
            given, missing = collect_arguments(walk, each.call, each.frame, (), ())
            entries |= given
            lost += missing
        merge(arguments, entries) if number else arguments.update(entries)
    return arguments, lost


def _made(
    walk: Walk, value: Expression, frame: Frame, within: Tables
) -> tuple[dict[str, Found], list[Lost]]:
    arguments: dict[str, Found] = {}
    lost: list[Lost] = []
    for number, end in enumerate(tabled(walk, walk.follow(value, frame))):
        match end:
            case Found(expression=Table(at=at), frame=inside) if (inside.path, at) in within:
                continue
            case Found(expression=Table() as table, frame=inside):
                entries: dict[str, Found] = {}
                lost += _entries(walk, table, inside, entries, within)
                if inside != frame or isinstance(value, Call | Choice):
                    lost += grown_on_the_way(walk, end, frame, entries, partial(splat, walk))
                hop = Hop(value.at.within(frame.path), HopKind.SPLAT)
                entries = {
                    k: replace(v, hops=(*v.hops, *end.hops, hop)) for k, v in entries.items()
                }
                merge(arguments, entries) if number else arguments.update(entries)
            case Found(expression=Scalar(value=None)):
                continue
            case Lost():
                lost.append(end)
            case _:
                reason = "the content of a splatted table could not be followed"
                lost.append(Lost(reason, value.at.within(frame.path)))
    return arguments, lost


def _entries(
    walk: Walk, table: Table, frame: Frame, arguments: dict[str, Found], within: Tables = ()
) -> list[Lost]:
    lost: list[Lost] = []
    within = (*within, (frame.path, table.at))
    for entry in table.entries:
        key = None if entry.key is None else known_key(walk, entry.key, frame)
        if entry.key is None:
            inside, missing = splat(walk, entry.value, frame, within)
            arguments.update(inside)
            lost += missing
        elif key is None:
            at = entry.key.at.within(frame.path)
            lost.append(Lost("a key of a splatted table cannot be read", at))
        else:
            arguments[str(key)] = Found(entry.value, frame)
    return lost


def read_settings(
    walk: Walk, surface: Surface, arguments: Mapping[str, Found], lost: tuple[Lost, ...]
) -> dict[str, Setting]:
    """Give each setting of a call as explicit, absent or unresolved; nested keys with dots."""
    unset = {each.name for each in surface.prompts} | {surface.model.partition(".")[0]}
    unset -= {each.partition(".")[0] for each in surface.settings}
    settings: dict[str, Setting] = {}
    for name, argument in arguments.items():
        if name in unset:
            continue
        settings |= flatten(walk, name, argument, surface)
    absent = ABSENT
    if lost:
        absent = Setting(state=SettingState.UNRESOLVED, at=lost[0].at, reason=lost[0].reason)
    for name in surface.settings:
        settings.setdefault(name, absent)
    return dict(sorted(settings.items()))


def flatten(walk: Walk, name: str, argument: Found, surface: Surface) -> dict[str, Setting]:
    """Give the setting that an argument is, with those that it holds; none where not sent."""
    nested = [each for each in surface.settings if each.startswith(f"{name}.")]
    read = read_setting(walk, argument)
    if read.state is SettingState.ABSENT:
        return {}
    settings = {name: read}
    for end in read.ends if nested else ():
        settings |= _nested(walk, name, end, surface)
    if not read.ends:
        settings |= dict.fromkeys(nested, read)
    return settings


def _nested(walk: Walk, name: str, end: Found, surface: Surface) -> dict[str, Setting]:
    unseen = Setting(state=SettingState.UNRESOLVED, at=end.expression.at.within(end.frame.path))
    wanted = [each for each in surface.settings if each.startswith(f"{name}.")]
    entries: dict[str, Found] = {}
    match end.expression:
        case Scalar():
            return {}
        case Table() as table:
            unread = _entries(walk, table, end.frame, entries)
            complete = not unread + spread_out(walk, entries, surface.spreads)
        case Call() as made if _makes_an_instance(walk, made, end.frame):
            entries, lost = collect_arguments(walk, made, end.frame, (), surface.spreads)
            for given in made.positional:
                inside, missing = splat(walk, given, end.frame)
                entries = inside | entries
                lost = (*lost, *missing)
            complete = not lost
        case _:
            return dict.fromkeys(wanted, unseen)
    settings = {} if complete else dict.fromkeys(wanted, unseen)
    for key, value in entries.items():
        # A parameter that stands under its own name in the body is the setting that sends it.
        path, sent = f"{name}.{key}", surface.named.get(key, "")
        renamed = path not in surface.settings and sent.startswith(f"{name}.")
        settings |= flatten(walk, sent if renamed else path, value, surface)
    return settings


def _makes_an_instance(walk: Walk, call: Call, frame: Frame) -> bool:
    """Whether a call is of a class of a library, whose keywords are then its fields."""
    ends = walk.follow(call.callee, frame)
    names = [end.name.rpartition(".")[2] for end in ends if isinstance(end, Outside)]
    return len(names) == len(ends) and all(name[:1].isupper() for name in names)


def read_setting(walk: Walk, argument: Found) -> Setting:
    """Read one argument; unresolved when none of its ends can be seen."""
    at = argument.expression.at.within(argument.frame.path)
    followed = every_way(walk, argument.expression, argument.frame)
    followed += (*changed_in_steps(walk, argument), *requested(walk, argument, followed))
    trails = followed if is_test(at.path) else tuple(e for e in followed if not of_tests(e))
    if followed and not trails:
        reason = "only tests show what it is"
        return Setting(state=SettingState.UNRESOLVED, at=at, reason=reason)
    if trails and all(not_sent(end) for end in trails):
        return ABSENT
    ends = tuple(end for end in trails if isinstance(end, Found))
    if not ends:
        return Setting(state=SettingState.UNRESOLVED, at=at, reason=why(trails))
    values = {plain(end) for end in ends}
    missing = tuple(end for end in trails if not isinstance(end, Found) and not not_sent(end))
    value = values.pop() if len(values) == 1 and not missing else None
    reason = why(missing) if missing else ""
    return Setting(state=SettingState.EXPLICIT, value=value, at=at, ends=ends, reason=reason)
