"""Find code that decides by the model that an answer names: `PRICES[response.model]`.

The API names the snapshot that served the call, so that an id stands for all that begin with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.catalogue import Standing
from migrator.domain.expression import Call, Expression, Member, Table, dotted
from migrator.domain.facts import Course, FileFacts, Scope, ScopeKind
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.parts import everything, names
from migrator.domain.site import BoundSite
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Found, Frame
from migrator.following.answers import Recipient, all_recipients
from migrator.following.filtering import conditions_of
from migrator.following.items import known_key
from migrator.following.port import Walk
from migrator.stages.gates._caught import is_caught
from migrator.stages.gates._described import written

_NAMED = "model"


def gates_of_answers(site: BoundSite, walk: Walk, target: str) -> tuple[Gate, ...]:
    """Give the look-ups and raising tests of the model that the answer of a site's call names."""
    call, reference = site.call, site.reference
    if call is None or reference is None or reference.recognised.standing is not Standing.SOURCE:
        return ()
    ids = (reference.recognised.id, target)
    found = (
        gate
        for each in all_recipients(call, walk)
        for gate in (
            *_look_ups(each, walk, ids),
            *_tests(each, walk, target),
            *_handed_on(each, walk, ids),
        )
    )
    return tuple(sorted(set(found), key=lambda each: (each.at, each.kind, each.passage)))


def _look_ups(on: Recipient, walk: Walk, ids: tuple[str, str]) -> Iterator[Gate]:
    frame = Frame(on.facts.path, on.scope.symbol)
    for each in on.facts.lookups:
        whole = _is_named(each.item.key, on)
        if each.scope != on.scope.symbol or not any(
            _is_named(part, on) for part in everything(each.item.key)
        ):
            continue
        if is_caught(walk, frame, each.caught, "KeyError"):
            continue
        for table, keys in _tables(walk, each.item.base, frame):
            if _lacks(keys, ids) or not whole:
                yield Gate(
                    at=each.item.at.within(frame.path),
                    kind=GateKind.LOOK_UP,
                    passage=Passage.RAISES if whole else Passage.UNCLEAR,
                    model=ids[1],
                    written=written(walk, each.item, frame),
                    subject=written(walk, each.item.base, frame),
                    table=table,
                )


def _holds(keys: set[str | int | None], model: str) -> bool:
    return any(isinstance(each, str) and each.startswith(model) for each in keys)


def _tests(on: Recipient, walk: Walk, target: str) -> Iterator[Gate]:
    frame = Frame(on.facts.path, on.scope.symbol)
    for each in on.facts.guards:
        if each.scope != on.scope.symbol:
            continue
        raising = [b for b in (each.then, each.otherwise) if b and b.course is Course.RAISES]
        asks = any(_is_named(part, on) for part in everything(each.test))
        if not raising or not asks:
            continue
        if all(is_caught(walk, frame, each.caught, branch.raised) for branch in raising):
            continue
        yield Gate(
            at=each.test.at.within(frame.path),
            kind=GateKind.TEST,
            passage=Passage.UNCLEAR,
            model=target,
            written=written(walk, each.test, frame),
        )


def _handed_on(on: Recipient, walk: Walk, ids: tuple[str, str]) -> Iterator[Gate]:
    """Yield the calls that look for something by that model and may not find it."""
    frame = Frame(on.facts.path, on.scope.symbol)
    for each in on.facts.invocations:
        call = each.call
        if each.scope != on.scope.symbol or is_caught(walk, frame, each.caught, "LookupError"):
            continue
        picked = _tests_of(on.facts, call.positional[0]) if _picks(call) else iter(())
        given = (part for argument in call.given for part in everything(argument))
        handed = any(_is_named(part, on) for part in given)
        if any(_is_named(part, on) for part in picked) or (
            handed and _may_fail(walk, call, frame, ids)
        ):
            yield Gate(
                at=call.at.within(frame.path),
                kind=GateKind.LOOK_UP,
                passage=Passage.UNCLEAR,
                model=ids[1],
                written=written(walk, call, frame),
            )


def _tests_of(facts: FileFacts, picked: Expression) -> Iterator[Expression]:
    for guard in conditions_of(facts, picked):
        yield from everything(guard.test)


def _may_fail(walk: Walk, call: Call, frame: Frame, ids: tuple[str, str]) -> bool:
    """Whether a function of the project looks for something by what it is given, or raises."""
    for end in walk.follow(call.callee, frame):
        facts = walk.file(end.path) if isinstance(end, Defined) else None
        scope = facts.scopes.get(end.symbol) if facts and isinstance(end, Defined) else None
        if facts is None or scope is None or scope.kind is not ScopeKind.FUNCTION:
            continue
        given = {each.name for each in scope.parameters}
        if any(names(each) & given for each in _asked_in(walk, facts, scope, ids)):
            return True
    return False


def _asked_in(
    walk: Walk, facts: FileFacts, scope: Scope, ids: tuple[str, str]
) -> Iterator[Expression]:
    """Yield what a function looks for, or tests, where it raises for what it does not know."""
    frame = Frame(facts.path, scope.symbol)
    for look_up in facts.lookups:
        known = look_up.scope == scope.symbol and not look_up.caught
        if known and any(_lacks(keys, ids) for _, keys in _tables(walk, look_up.item.base, frame)):
            yield look_up.item.key
    for guard in facts.guards:
        raising = (each and each.course is Course.RAISES for each in (guard.then, guard.otherwise))
        if guard.scope == scope.symbol and any(raising):
            yield guard.test
    for each in facts.invocations:
        if each.scope == scope.symbol and _picks(each.call):
            yield from _tests_of(facts, each.call.positional[0])


def _picks(call: Call) -> bool:
    return dotted(call.callee) == "next" and len(call.positional) == 1


def _tables(
    walk: Walk, base: Expression, frame: Frame
) -> Iterator[tuple[Place, set[str | int | None]]]:
    """Yield the tables that a look-up may be made in, each with its keys."""
    for end in walk.follow(base, frame):
        if isinstance(end, Found) and isinstance(end.expression, Table):
            entries = end.expression.entries
            keys = {known_key(walk, each.key, end.frame) for each in entries if each.key}
            yield end.expression.at.within(end.frame.path), keys


def _lacks(keys: set[str | int | None], ids: tuple[str, str]) -> bool:
    source, target = ids
    return _holds(keys, source) and not _holds(keys, target)


def _is_named(expression: Expression, on: Recipient) -> bool:
    """Whether an expression is the model that the answer names."""
    match expression:
        case Member(base=base, name=name) if name == _NAMED:
            return on.is_answer(base)
        case _:
            return False
