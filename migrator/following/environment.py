"""Follow a variable of the environment to where the program itself sets it."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Expression, Member, Name, Table, Text, dotted
from migrator.domain.facts import FileFacts, ScopeKind
from migrator.domain.roles import is_test
from migrator.domain.source import Location, Place
from migrator.domain.trail import Confidence, Frame, Hop, HopKind, Trail
from migrator.following.hops import entered_by, via
from migrator.following.port import KeptValue, Walk

_TABLE = ("os", "environ")


def variables_set(facts: FileFacts) -> Iterator[tuple[str, KeptValue]]:
    """Give the variables of the environment that a file sets, by name.

    Seen are `os.environ["MODEL"] = …`, `os.environ |= …`, `setdefault`, `update` and `putenv`.
    """
    tables = {".".join(_TABLE), _TABLE[1]}
    tables |= {each.local for each in facts.imports if (each.module, each.symbol) == _TABLE}
    setters = {"setdefault": tables, "update": tables, "putenv": {_TABLE[0]}}
    for scope in facts.scopes.values():
        frame = Frame(facts.path, scope.symbol)
        for each in scope.bindings:
            if each.name not in tables or not each.value:
                continue
            key = each.key or _constant(facts, each.under)
            if each.how == "item" and key:
                yield key, KeptValue(each.value, frame, each.at)
            elif each.how == "augmented":
                yield from _entries(each.value, frame, each.at)
    for invocation in facts.invocations:
        callee, call = invocation.call.callee, invocation.call
        known = setters.get(callee.name) if isinstance(callee, Member) else None
        if not known or not isinstance(callee, Member) or dotted(callee.base) not in known:
            continue
        frame = Frame(facts.path, invocation.scope)
        match call.positional:
            case (Text(value=name), value):
                yield name, KeptValue(value, frame, call.at)
            case (table,) if callee.name == "update":
                yield from _entries(table, frame, call.at)
            case _:
                pass
        for keyword in call.keywords if callee.name == "update" else ():
            if keyword.name:
                yield keyword.name, KeptValue(keyword.value, frame, call.at)


def _constant(facts: FileFacts, key: Expression | None) -> str:
    """Give the text of a name that a file gives one value to; empty where it may be another."""
    if not isinstance(key, Name):
        return ""
    values = [each.value for each in facts.scopes[""].bindings if each.name == key.name]
    return values[0].value if len(values) == 1 and isinstance(values[0], Text) else ""


def _entries(table: Expression, frame: Frame, at: Location) -> Iterator[tuple[str, KeptValue]]:
    for entry in table.entries if isinstance(table, Table) else ():
        if isinstance(entry.key, Text):
            yield entry.key.value, KeptValue(entry.value, frame, at)


def set_in_program(walk: Walk, variable: str, at: Place) -> tuple[Trail, ...]:
    """Give what the program sets a variable to that is read at a place.

    It is certain where the same module does so as it is loaded, and likely elsewhere: whether that
    runs before cannot be told. What tests set is theirs alone.
    """
    trails: tuple[Trail, ...] = ()
    for each in walk.callers.setting(variable):
        place = each.place
        if is_test(place.path) and not is_test(at.path):
            continue
        facts = walk.file(place.path)
        scope = facts.scopes.get(each.frame.symbol) if facts else None
        first = scope is not None and scope.kind is ScopeKind.MODULE and place.path == at.path
        sure = Confidence.CERTAIN if first and place.line < at.line else Confidence.LIKELY
        hop = Hop(place, HopKind.ENVIRONMENT, sure, variable)
        trails += entered_by(via(walk.follow(each.value, each.frame), hop), None)
    return trails
