"""Find code that decides by the model that an answer names: `PRICES[response.model]`.

The API names the snapshot that served the call, so that an id stands for all that begin with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.catalogue import Standing
from migrator.domain.expression import Expression, Member, Table
from migrator.domain.facts import Course
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.parts import everything
from migrator.domain.site import BoundSite
from migrator.domain.trail import Found, Frame
from migrator.following.answers import Recipient, all_recipients
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
    source = reference.recognised.id
    found = (
        gate
        for each in all_recipients(call, walk)
        for gate in (*_look_ups(each, walk, source, target), *_tests(each, walk, target))
    )
    return tuple(sorted(set(found), key=lambda each: (each.at, each.kind, each.passage)))


def _look_ups(on: Recipient, walk: Walk, source: str, target: str) -> Iterator[Gate]:
    frame = Frame(on.facts.path, on.scope.symbol)
    for each in on.facts.lookups:
        if each.scope != on.scope.symbol or not _is_named(each.item.key, on):
            continue
        if is_caught(walk, frame, each.caught, "KeyError"):
            continue
        for end in walk.follow(each.item.base, frame):
            if not (isinstance(end, Found) and isinstance(end.expression, Table)):
                continue
            keys = {known_key(walk, e.key, end.frame) for e in end.expression.entries if e.key}
            if _holds(keys, source) and not _holds(keys, target):
                yield Gate(
                    at=each.item.at.within(frame.path),
                    kind=GateKind.LOOK_UP,
                    passage=Passage.RAISES,
                    model=target,
                    written=written(walk, each.item, frame),
                    subject=written(walk, each.item.base, frame),
                    table=end.expression.at.within(end.frame.path),
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


def _is_named(expression: Expression, on: Recipient) -> bool:
    """Whether an expression is the model that the answer names."""
    match expression:
        case Member(base=base, name=name) if name == _NAMED:
            return on.is_answer(base)
        case _:
            return False
