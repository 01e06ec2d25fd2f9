"""Find where a definition is given to code that is not in view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.domain.expression import (
    Call,
    Expression,
    Item,
    Member,
    Name,
    Scalar,
    dotted,
)
from migrator.domain.facts import FileFacts, Scope, ScopeKind
from migrator.domain.other_use import OtherUse, UseKind
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Frame, Outside, Trail
from migrator.following.ancestry import PLAIN_BASES
from migrator.following.defaults import DECLARING
from migrator.following.port import Walk
from migrator.stages.uses._origins import Origins

# Showing an id, measuring it or asking of it changes nothing; gates see to the look-ups.
_SHOWS = frozenset(
    {"print", "pprint", "echo", "secho", "debug", "info", "warning", "warn", "error", "exception"}
    | {"critical", "log", "isinstance", "len", "repr", "str", "format", "join", "bool", "type"}
    | {"startswith", "endswith", "set_attribute", "set_attributes", "set_tag", "set_tags"}
    | {"jsonify", "JSONResponse", "match", "fullmatch", "search", "sorted", "any", "all"}
    | {"hash", "md5", "sha1", "sha256", "sha512", "blake2b", "blake2s"}
)
_HANDS_ON = frozenset(
    {"dict", "list", "tuple", "set", "cast", "copy", "deepcopy", "getenv", "field", "Field"}
    | {"get", "pop", "index", "encoding_for_model", "strip", "lower", "split", "enumerate", "zip"}
)
_WIRES = frozenset({"requests", "httpx", "aiohttp", "urllib"})
_READS = frozenset({"read_text", "read_bytes", "open"})
_FILLS = frozenset({"setdefault", "update"})


@dataclass(frozen=True, slots=True)
class Judged:
    """The calls that sites stand for, by path and byte, and the scopes that they stand in.

    `values` are the places of what those calls are given, `steps` those of the hops on the way.
    `own` are the scopes of declared wrappers: what those do with an id is declared.
    """

    calls: frozenset[tuple[str, int]]
    scopes: frozenset[tuple[str, str]]
    values: frozenset[tuple[str, int]]
    steps: frozenset[Place]
    own: frozenset[tuple[str, str]] = frozenset()


def given(facts: FileFacts, origins: Origins, judged: Judged) -> Iterator[tuple[Place, OtherUse]]:
    """Yield the place of each definition that a call outside `judged` gets, with that use."""
    calls = (each.call for each in facts.invocations)
    own = [each.at for each in calls if (facts.path, each.at.start) in judged.calls]
    for invocation in facts.invocations:
        call, frame = invocation.call, Frame(facts.path, invocation.scope)
        if (facts.path, call.at.start) in judged.calls or _is_harmless(call):
            continue
        if _tail(call) == "dumps" and any(at.start < call.at.start < at.end for at in own):
            continue  # it writes down what a judged call sends
        if (facts.path, invocation.scope) in judged.own:
            continue
        if call.at.within(facts.path) in judged.steps:
            continue  # it is on the way to a judged call
        carried: dict[Place, list[str | int | None]] = {}
        for name, value in _values(call):
            if (facts.path, value.at.start) in judged.values:
                continue  # an argument of a judged call, given to it beforehand
            for place in origins.of(value, frame):
                carried.setdefault(place, []).append(name)
        if not carried:
            continue
        ends = origins.walk.follow(call.callee, frame)
        written = dotted(call.callee) or _tail(call) or "a call"
        use = OtherUse(at=call.at.within(facts.path), kind=UseKind.GIVEN, written=written)
        yield from (
            (place, use)
            for place, names in carried.items()
            if _leaves(origins.walk, ends, names, judged)
        )


def _values(call: Call) -> Iterator[tuple[str | int | None, Expression]]:
    plain = (Scalar,)
    if isinstance(call.callee, Member) and call.callee.name in _READS:
        yield 0, call.callee.base  # a file that is named after the id
    for index, value in enumerate(call.positional):
        if not isinstance(value, plain):
            yield index, value
    for each in call.keywords:
        if not isinstance(each.value, plain):
            yield each.name, each.value


def _tail(call: Call) -> str:
    return call.callee.name if isinstance(call.callee, Name | Member) else ""


def _is_harmless(call: Call) -> bool:
    name = _tail(call)
    if (dotted(call.callee) or "").partition(".")[0] in _WIRES:
        return False
    if name in _SHOWS or name in _HANDS_ON or name.endswith(("Error", "Exception", "Warning")):
        return True
    return name in _FILLS and isinstance(call.callee, Member) and _is_local(call.callee.base)


def _is_local(base: Expression) -> bool:
    return isinstance(base, Name | Item)


def _leaves(
    walk: Walk, ends: Iterable[Trail], names: Iterable[str | int | None], judged: Judged
) -> bool:
    """Whether what is given under these names or positions goes to code that cannot be seen."""
    for end in ends:
        if isinstance(end, Outside) and end.name in DECLARING:
            continue
        if not isinstance(end, Defined):
            return True
        facts = walk.file(end.path)
        scope = facts.scopes.get(end.symbol) if facts else None
        if facts is None or scope is None:
            return True
        if scope.kind is ScopeKind.CLASS:
            made = facts.scopes.get(f"{scope.symbol}.__init__")
            if made is None and _is_derived(walk, end.path, scope):
                return True
            scope = made
        if scope is not None and (end.path, scope.symbol) in judged.scopes:
            continue
        if scope is not None and not all(_takes(scope, each) for each in names):
            return True
    return False


def _is_derived(walk: Walk, path: str, scope: Scope) -> bool:
    """Whether a class inherits from one out of view that may do more than hold fields."""
    for base in scope.bases:
        for end in walk.follow(base, Frame(path, scope.parent or "")):
            if isinstance(end, Outside) and end.name.rpartition(".")[2] not in PLAIN_BASES:
                return True
    return False


def _takes(function: Scope, name: str | int | None) -> bool:
    """Whether a function has a parameter of that name; positions and splats are let pass."""
    if not isinstance(name, str):
        return True
    return any(each.name == name and each.kind != "table" for each in function.parameters)
