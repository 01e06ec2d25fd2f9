"""Evaluate loops that look for the item that an id picks: `for each in models: if each.id == …`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from migrator.domain.expression import Expression
from migrator.domain.facts import Course, Failure, FileFacts, Guard
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.parts import names
from migrator.domain.trail import Frame
from migrator.following.evaluate import Evaluator
from migrator.following.filtering import rows, variables_of
from migrator.following.outcomes import UNKNOWN, Evaluated
from migrator.following.worlds import World
from migrator.stages.gates._caught import is_caught
from migrator.stages.gates._described import Crossing, gate_at


def searching(crossing: Crossing, guard: Guard, frame: Frame) -> Gate | None:
    """Give the gate that a test inside a loop is, where no item passes it for the target.

    What follows the loop then runs: an exception raised there is what the target meets. None for a
    test that asks for no variable of a loop.
    """
    facts = crossing.after.file(frame.path)
    source, variables = _loop(facts, guard, frame) if facts else (None, {})
    if facts is None or source is None or guard.then is None:
        return None
    was = _answers(crossing.before, guard, source, variables, frame)
    will = _answers(crossing.after, guard, source, variables, frame)
    if not any(each.ours for each in will):
        return None
    raised = _raised_after(crossing, facts, guard, frame)
    if not all(each.known for each in (*was, *will)):
        unclear = raised is not None and (
            guard.then.course is not Course.GOES_ON or _is_asked_for(facts, guard)
        )
        return _gate(crossing, guard, source, frame, Passage.UNCLEAR) if unclear else None
    before, after = ({bool(each.value) for each in answers} for answers in (was, will))
    if before == after or len(after) != 1:
        return None
    if raised is None:
        then = guard.then
        runs = any(then.start <= each.call.at.start < then.end for each in facts.invocations)
        passage = Passage.ELSEWHERE if runs else Passage.DIFFERS
        return _gate(crossing, guard, source, frame, passage)
    leaves = guard.then.course in {Course.RETURNS, Course.SKIPS}
    sure = leaves and crossing.after.surely_runs(frame, raised.at.start)
    return _gate(crossing, guard, source, frame, Passage.RAISES if sure else Passage.UNCLEAR)


def _loop(
    facts: FileFacts, guard: Guard, frame: Frame
) -> tuple[Expression | None, Mapping[str, int | None]]:
    """Give what the loop runs over whose variables a test asks for, and these variables."""
    scope = facts.scopes.get(frame.symbol)
    asked = names(guard.test)
    for binding in reversed(scope.bindings if scope else ()):
        before = binding.at.start < guard.test.at.start
        own = "#" not in binding.name and binding.how == "loop"
        if own and before and binding.name in asked and binding.value is not None:
            return binding.value, variables_of(facts, binding.value, frame)
    return None, {}


def _answers(
    world: World,
    guard: Guard,
    source: Expression,
    variables: Mapping[str, int | None],
    frame: Frame,
) -> tuple[Evaluated, ...]:
    """Give how the test turns out for each row; one that is unknown where more rows may be."""
    on = Evaluator(world)
    every, complete = rows(on, source, variables, frame)
    found = []
    for row in every:
        on.bound = row
        found.append(on.truth(guard.test, frame))
    on.bound = {}
    if not complete:
        seen = on.truth(guard.test, frame)
        found.append(replace(UNKNOWN, ours=seen.ours))
    return tuple(found)


def _raised_after(
    crossing: Crossing, facts: FileFacts, guard: Guard, frame: Frame
) -> Failure | None:
    """Find the exception that is raised behind a loop, unless it is met."""
    for failure in facts.failures:
        behind = failure.scope == guard.scope and failure.at.start >= guard.ends
        if behind and crossing.after.reaches(frame, failure.at.start):
            met = is_caught(crossing.after, frame, failure.caught, failure.raised)
            return None if met else failure
    return None


def _is_asked_for(facts: FileFacts, guard: Guard) -> bool:
    """Whether what is set where the test holds decides behind the loop on an exception."""
    scope, then = facts.scopes[guard.scope], guard.then
    inside = [each for each in scope.bindings if then and then.start <= each.at.start < then.end]
    found = {each.name for each in inside}
    raising = (
        each
        for each in facts.guards
        if each.scope == guard.scope
        and each.test.at.start >= guard.ends
        and any(b and b.course is Course.RAISES for b in (each.then, each.otherwise))
    )
    return any(names(each.test) & found for each in raising)


def _gate(
    crossing: Crossing, guard: Guard, source: Expression, frame: Frame, passage: Passage
) -> Gate:
    return gate_at(crossing, frame, guard.test, GateKind.TEST, passage, source)
