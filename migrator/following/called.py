"""Evaluate calls: methods of texts, look-ups, matches of patterns, functions of the project."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Call, Expression, Item, Member, Name, Opaque, Series, Text
from migrator.domain.facts import ScopeKind
from migrator.domain.trail import Defined, Found, Frame, Outside
from migrator.following.containers import COMBINING, combined
from migrator.following.enums import members_of
from migrator.following.filtering import Evaluates, Filtered, filtered, filtered_by, series_of
from migrator.following.outcomes import (
    UNKNOWN,
    Entries,
    Evaluated,
    Many,
    Written,
    agreed,
    contains,
    known,
)
from migrator.following.transforms import arguments_of

_TEXT_METHODS = frozenset(
    {"lower", "upper", "casefold", "strip", "lstrip", "rstrip", "replace", "removeprefix"}
    | {"removesuffix", "split", "rsplit", "partition", "rpartition", "startswith", "endswith"}
    | {"title", "capitalize", "count", "find"}
)
_COLLECTORS = frozenset({"set", "frozenset", "list", "tuple", "sorted", "str"})
_VIEWS = frozenset({"keys", "values", "items"})
_MATCHERS = frozenset({"match", "search", "fullmatch"})
_LONGEST_PATTERN = 300


def evaluate_call(on: Evaluates, call: Call, frame: Frame) -> Evaluated:
    """Give the value of a call, as far as it can be carried out without running anything."""
    if isinstance(call.callee, Member):
        found = _of_method(on, call, call.callee, frame)
        if found is not None:
            return found
    ends = on.world.follow(call.callee, frame)
    found = None
    if len(ends) == 1:
        match ends[0]:
            case Outside(name=name):
                found = _outside(on, call, name, frame)
            case Defined(path=path, symbol=symbol):
                found = _inside(on, call, path, symbol, frame)
                found = found or _made(on, call, path, symbol, frame)
            case _:
                pass
    return found or UNKNOWN


def _made(on: Evaluates, call: Call, path: str, symbol: str, frame: Frame) -> Evaluated | None:
    """Give the object that a class of the project makes; a call of an enum makes none."""
    facts = on.world.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    makes = scope is not None and scope.kind is ScopeKind.CLASS
    if not makes or members_of(on.world, path, symbol) is not None:
        return None
    return known(Written(call, frame))


def _of_method(on: Evaluates, call: Call, callee: Member, frame: Frame) -> Evaluated | None:
    base = on.evaluate(callee.base, frame)
    match base.value:
        case str() as text if callee.name in _TEXT_METHODS:
            given = arguments_of(call)
            return None if given is None else _of_text(on, given, text, callee.name, frame, base)
        case Entries() as entries if callee.name == "get" and call.positional:
            return _got(on, call, entries, frame)
        case Entries() as entries if callee.name in _VIEWS and not call.given:
            return _viewed(entries, callee.name)
        case _:
            pass
    if callee.name in _MATCHERS and call.positional:
        pattern = _compiled(on, callee.base, frame)
        if pattern is not None:
            return _matched(on, callee.name, pattern, call.positional[0], frame)
    return None


def _viewed(entries: Entries, view: str) -> Evaluated:
    """Give the keys of a table, its values, or pairs of both."""
    pairs = [(known(key), known(Written(*entry))) for key, entry in entries.table.items()]
    if view == "items":
        items = tuple(known(Many(pair, complete=True)) for pair in pairs)
    else:
        items = tuple(pair[view == "values"] for pair in pairs)
    return known(Many(items, complete=entries.complete))


def _of_text(
    on: Evaluates,
    given: tuple[Expression, ...],
    text: str,
    method: str,
    frame: Frame,
    base: Evaluated,
) -> Evaluated:
    arguments = [on.evaluate(each, frame) for each in given]
    ours = base.ours or any(each.ours for each in arguments)
    plain = [_argument(each) for each in arguments]
    if any(each is None for each in plain):
        return replace(UNKNOWN, ours=ours)
    try:
        found: object = getattr(text, method)(*plain)
    except (TypeError, ValueError):
        return replace(UNKNOWN, ours=ours)
    if isinstance(found, list | tuple):
        items = tuple(known(each, ours=ours) for each in found)
        return Evaluated(Many(items, complete=True), known=True, ours=ours)
    return known(found, ours=ours) if isinstance(found, str | int) else UNKNOWN


def _argument(found: Evaluated) -> str | int | tuple[str, ...] | None:
    match found:
        case Evaluated(value=str() | int() as value, known=True):
            return value
        case Evaluated(value=Many(items=items, complete=True), known=True):
            texts = tuple(each.value for each in items if isinstance(each.value, str))
            return texts if len(texts) == len(items) else None
        case _:
            return None


def _got(on: Evaluates, call: Call, entries: Entries, frame: Frame) -> Evaluated:
    key = on.evaluate(call.positional[0], frame)
    held = contains(entries, key.value) if key.known else None
    if held is None:
        return replace(UNKNOWN, ours=key.ours)
    entry = entries.get(key.value) if held else None
    if entry is not None:
        found = on.evaluate(*entry)
    elif len(call.positional) > 1:
        found = on.evaluate(call.positional[1], frame)
    else:
        found = known(None)
    return replace(found, ours=found.ours or key.ours)


def _outside(on: Evaluates, call: Call, name: str, frame: Frame) -> Evaluated | None:
    if not call.positional:
        return None
    first = call.positional[0]
    if name in _COLLECTORS and len(call.positional) == 1:
        return on.evaluate(first, frame)
    if name in COMBINING:
        return combined(name, [on.evaluate(each, frame) for each in call.positional])
    if name.rpartition(".")[2] == "get_args":
        return _admitted(on, first, frame)
    if name == "next" and (picked := picked_from(on, first, frame)) is not None:
        return _first(on, call, picked, frame)
    if name == "filter" and (picked := picked_from(on, call, frame)) is not None:
        return series_of(picked)
    if name == "len":
        return _counted(on.evaluate(first, frame))
    if name == "bool":
        return on.truth(first, frame)
    if name in {"any", "all"}:
        return _over(on, first, frame, every=name == "all")
    head, _, method = name.rpartition(".")
    if head == "re" and method in _MATCHERS and len(call.positional) == 2:  # noqa: PLR2004
        pattern = on.evaluate(first, frame)
        text = pattern.value if isinstance(pattern.value, str) else None
        return None if text is None else _matched(on, method, text, call.positional[1], frame)
    return None


def _admitted(on: Evaluates, alias: Expression, frame: Frame) -> Evaluated:
    """Give the values of `Literal[…]`, by the name of an alias too."""
    match on.world.follow(alias, frame):
        case (Found(expression=Item(key=Series() as listed), frame=inside),):
            return on.evaluate(listed, inside)
        case _:
            return UNKNOWN


def _first(on: Evaluates, call: Call, found: Filtered, frame: Frame) -> Evaluated:
    if not found.empty:
        return found.first
    if len(call.positional) == 1:
        return replace(UNKNOWN, ours=found.ours)
    default = on.evaluate(call.positional[1], frame)
    return replace(default, ours=default.ours or found.ours)


def picked_from(on: Evaluates, choice: Expression, frame: Frame) -> Filtered | None:
    """Give what a comprehension or a `filter` lets pass; None for anything else."""
    match choice:
        case Opaque(what="comprehension"):
            return filtered(on, choice, frame)
        case Call(callee=Name(name="filter"), positional=(Opaque(what="lambda") as test, source)):
            return filtered_by(on, test, source, frame)
        case _:
            return None


def _counted(found: Evaluated) -> Evaluated:
    match found.value:
        case Many(items=counted, complete=True) | Entries(table=counted, complete=True):
            return known(len(counted), ours=found.ours)
        case str() as text if found.known:
            return known(len(text), ours=found.ours)
        case _:
            return replace(UNKNOWN, ours=found.ours)


def _compiled(on: Evaluates, base: Expression, frame: Frame) -> str | None:
    for end in on.world.follow(base, frame):
        match end:
            case Found(expression=Call(positional=(Text(value=text),)) as made, frame=inside):
                ends = on.world.follow(made.callee, inside)
                if any(isinstance(e, Outside) and e.name == "re.compile" for e in ends):
                    return text
            case _:
                pass
    return None


def _matched(
    on: Evaluates, method: str, pattern: str, subject: Expression, frame: Frame
) -> Evaluated:
    found = on.evaluate(subject, frame)
    if not isinstance(found.value, str) or not found.known or len(pattern) > _LONGEST_PATTERN:
        return replace(UNKNOWN, ours=found.ours)
    try:
        matched = getattr(re.compile(pattern), method)(found.value)
    except re.error:
        return replace(UNKNOWN, ours=found.ours)
    return known(True if matched else None, ours=found.ours)


def _over(on: Evaluates, argument: Expression, frame: Frame, *, every: bool) -> Evaluated:
    """Evaluate `any` or `all` of a series, or of a comprehension over one known series."""
    results = list(_each(on, argument, frame))
    ours = any(each.ours for each in results)
    if any(each.known and bool(each.value) is not every for each in results):
        return known(not every, ours=ours)
    if results and all(each.known for each in results):
        return known(every, ours=ours)
    return replace(UNKNOWN, ours=ours)


def _each(on: Evaluates, argument: Expression, frame: Frame) -> Iterator[Evaluated]:
    found = on.evaluate(argument, frame)
    if not isinstance(found.value, Many):
        yield replace(UNKNOWN, ours=found.ours)
        return
    for each in found.value.items:
        seen = UNKNOWN if isinstance(each.value, Written) else each
        yield replace(seen, ours=each.ours or found.ours)
    if not found.value.complete:
        yield replace(UNKNOWN, ours=found.ours)


def _inside(on: Evaluates, call: Call, path: str, symbol: str, frame: Frame) -> Evaluated | None:
    """Evaluate a function of the project by the returns that can be reached."""
    facts = on.world.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if scope is None or scope.kind is not ScopeKind.FUNCTION or not scope.returns:
        return None
    inside = on.world.entered(path, scope, call, frame)
    live = [each for each in scope.returns if on.world.runs(inside, each.at.start)]
    outer, on.bound = on.bound, {}
    results = [on.evaluate(each, inside) for each in live]
    on.bound = outer
    given = call.given
    ours = any(each.ours for each in (*results, *(on.evaluate(each, frame) for each in given)))
    ends = any(on.world.surely_runs(inside, each.at.start) for each in live)
    found = agreed(replace(each, ours=False) for each in results)
    return replace(found, ours=ours) if ends else replace(UNKNOWN, ours=ours)
