"""Evaluate one gate in the world before the change and in the one after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from migrator.domain.expression import (
    Call,
    Choice,
    Comparison,
    Expression,
    Member,
    Opaque,
    dotted,
)
from migrator.domain.facts import Course, Guard, Invocation, LookUp
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.trail import Defined, Frame, Outside
from migrator.following.evaluate import Evaluator
from migrator.following.outcomes import Entries, Evaluated, Many, contains
from migrator.following.worlds import World, taken
from migrator.stages.gates._called import is_called_unseen
from migrator.stages.gates._caught import is_caught
from migrator.stages.gates._described import Crossing, gate_at
from migrator.stages.gates._filled import is_registry, tolerates
from migrator.stages.gates._involved import Candidate
from migrator.stages.gates._picking import picking
from migrator.stages.gates._searching import searching

# What methods that look for something raise where they find nothing.
_LOOKING = {"get": "", "index": "ValueError", "pop": "KeyError", "__getitem__": "KeyError"}


def passes(crossing: Crossing, candidate: Candidate) -> Gate | None:
    """Give the gate that a piece of code is, where it treats the target in another way.

    None where it does the same for both, does not run for the target, or fails today already.
    """
    code, frame = candidate.code, candidate.frame
    crossing.before.refresh()
    crossing.after.refresh()
    match code:
        case LookUp():
            return _look_up(crossing, code, frame)
        case Guard():
            return _guard(crossing, code, frame)
        case Invocation():
            return _invocation(crossing, code, frame)
        case _:
            assert_never(code)


def _look_up(crossing: Crossing, code: LookUp, frame: Frame) -> Gate | None:
    item = code.item
    if not crossing.after.reaches(frame, item.at.start):
        return None
    key = Evaluator(crossing.after).evaluate(item.key, frame)
    base = Evaluator(crossing.after).evaluate(item.base, frame)
    if key.known and not key.ours:
        return None
    if not key.known and not isinstance(base.value, Entries):
        return None
    if not is_registry(crossing.after, item.base, frame) and tolerates(
        crossing.after, item.base, frame
    ):
        return None
    was, will = _held(crossing, item.base, item.key, frame)
    caught = is_caught(crossing.after, frame, code.caught, "KeyError")
    if isinstance(base.value, Entries) and not base.value.table:
        will = None  # filled where it is not seen
    elif will is True or was is False:
        return None
    passage = Passage.DIFFERS if will is False else Passage.UNCLEAR
    if caught and passage is Passage.UNCLEAR:
        return None
    if not caught and will is False:
        passage = Passage.RAISES
    return gate_at(crossing, frame, item, GateKind.LOOK_UP, passage, item.base)


def _held(
    crossing: Crossing, base: Expression, key: Expression, frame: Frame
) -> tuple[bool | None, bool | None]:
    """Tell whether a table holds the source's and the target's key."""
    answers: list[bool | None] = []
    for world in (crossing.before, crossing.after):
        on = Evaluator(world)
        table, asked = on.evaluate(base, frame), on.evaluate(key, frame)
        known = asked.known and isinstance(table.value, Entries | Many)
        answers.append(contains(table.value, asked.value) if known else None)
    return answers[0], answers[1]


def _guard(crossing: Crossing, guard: Guard, frame: Frame) -> Gate | None:
    test = guard.test
    if not crossing.after.reaches(frame, test.at.start):
        return None
    searched = searching(crossing, guard, frame)
    if searched is not None:
        return searched
    was, will = crossing.before.truth(guard, frame), crossing.after.truth(guard, frame)
    if not (was.known and will.known):
        return _unclear(crossing, guard, frame)
    if not will.ours or was.value is will.value:
        return None
    branch = taken(guard, will)
    fails = branch is not None and branch.course is Course.RAISES
    if branch and fails and not is_caught(crossing.after, frame, guard.caught, branch.raised):
        return gate_at(crossing, frame, test, GateKind.TEST, Passage.RAISES, consulted(test))
    return gate_at(crossing, frame, test, GateKind.TEST, Passage.DIFFERS, None)


def _unclear(crossing: Crossing, guard: Guard, frame: Frame) -> Gate | None:
    """Report a test of the id itself that may raise, but compares it with something unseen."""
    raising = [b for b in (guard.then, guard.otherwise) if b and b.course is Course.RAISES]
    if not raising or not _asks_directly(crossing.after, guard.test, frame):
        return None
    if all(is_caught(crossing.after, frame, guard.caught, each.raised) for each in raising):
        return None
    return gate_at(
        crossing, frame, guard.test, GateKind.TEST, Passage.UNCLEAR, consulted(guard.test)
    )


def _asks_directly(world: World, test: Expression, frame: Frame) -> bool:
    match test:
        case Comparison(left=left, right=right):
            sides = (Evaluator(world).evaluate(each, frame) for each in (left, right))
            return any(each.ours and each.known for each in sides)
        case Opaque(what="pattern", inner=(subject,)):
            found = Evaluator(world).evaluate(subject, frame)
            return found.ours and found.known
        case Opaque(what="not" | "and", inner=inner) | Choice(options=inner):
            return any(_asks_directly(world, each, frame) for each in inner)
        case _:
            return False


def consulted(test: Expression) -> Expression | None:
    """Give the list or table that a test looks into."""
    match test:
        case Comparison(operator="in" | "not in", right=right):
            return right
        case Opaque(what="not", inner=(inner,)):
            return consulted(inner)
        case _:
            return None


def _invocation(crossing: Crossing, code: Invocation, frame: Frame) -> Gate | None:
    call = code.call
    if not crossing.after.reaches(frame, call.at.start):
        return None
    if isinstance(call.callee, Member) and call.callee.name in _LOOKING:
        return _method(crossing, code, call.callee, frame)
    if dotted(call.callee) == "next":
        return _pick(crossing, code, frame)
    for end in crossing.after.follow(call.callee, frame):
        match end:
            case Outside(name="tiktoken.encoding_for_model" | "tiktoken.model.encoding_for_model"):
                return _tokenizer(crossing, code, frame)
            case Defined(path=path, symbol=symbol):
                return _enum(crossing, code, frame, path, symbol)
            case _:
                pass
    return None


def _method(crossing: Crossing, code: Invocation, callee: Member, frame: Frame) -> Gate | None:
    call = code.call
    key = Evaluator(crossing.after).evaluate(call.positional[0], frame)
    was, will = _held(crossing, callee.base, call.positional[0], frame)
    if not key.ours or was is not True or will is not False:
        return None
    raised = _LOOKING[callee.name] if len(call.positional) == 1 else ""
    met = not raised or is_caught(crossing.after, frame, code.caught, raised)
    passage = Passage.DIFFERS if met else Passage.RAISES
    facts = crossing.after.file(frame.path)
    defaulted = callee.name == "get" and (len(call.positional) > 1 or bool(call.keywords))
    if defaulted and facts is not None and is_called_unseen(facts, code):
        passage = Passage.ELSEWHERE
    return gate_at(crossing, frame, call, GateKind.LOOK_UP, passage, callee.base)


def _pick(crossing: Crossing, code: Invocation, frame: Frame) -> Gate | None:
    passage = picking(crossing.before, crossing.after, code, frame)
    if passage is None or is_caught(crossing.after, frame, code.caught, "StopIteration"):
        return None
    choice = code.call.positional[0]
    source = choice.inner[-1] if isinstance(choice, Opaque) else None
    source = choice.positional[-1] if isinstance(choice, Call) else source
    return gate_at(crossing, frame, code.call, GateKind.LOOK_UP, passage, source)


def _tokenizer(crossing: Crossing, code: Invocation, frame: Frame) -> Gate | None:
    given = code.call.given
    if not any(Evaluator(crossing.after).evaluate(each, frame).ours for each in given):
        return None
    caught = is_caught(crossing.after, frame, code.caught, "KeyError")
    passage = Passage.DIFFERS if caught else Passage.UNCLEAR
    return gate_at(crossing, frame, code.call, GateKind.TOKENIZER, passage, None)


def _enum(
    crossing: Crossing, code: Invocation, frame: Frame, path: str, symbol: str
) -> Gate | None:
    facts = crossing.after.file(path)
    scope = facts.scopes.get(symbol) if facts else None
    if facts is None or scope is None or f"{symbol}._missing_" in facts.scopes:
        return None
    outer = Frame(path, scope.parent or "")
    bases = [end for base in scope.bases for end in crossing.after.follow(base, outer)]
    if not any(isinstance(end, Outside) and end.name.startswith("enum.") for end in bases):
        return None
    inside = Frame(path, symbol)
    values = [each.value for each in scope.bindings if each.value is not None]
    was, will = (
        _is_one_of(world, code.call.positional[0], frame, values, inside)
        for world in (crossing.before, crossing.after)
    )
    if not (was and will is False):
        return None
    caught = is_caught(crossing.after, frame, code.caught, "ValueError")
    passage = Passage.DIFFERS if caught else Passage.RAISES
    gate = gate_at(crossing, frame, code.call, GateKind.ENUM, passage, code.call.callee)
    return Gate(
        at=gate.at,
        kind=gate.kind,
        passage=gate.passage,
        model=gate.model,
        written=gate.written,
        subject=symbol,
        table=scope.at.within(path),
    )


def _is_one_of(
    world: World, asked: Expression, frame: Frame, values: Iterable[Expression], inside: Frame
) -> bool | None:
    on = Evaluator(world)
    key = on.evaluate(asked, frame)
    if not (key.known and key.ours):
        return None
    return any(_same(on.evaluate(each, inside), key) for each in values)


def _same(found: Evaluated, key: Evaluated) -> bool:
    return found.known and found.value == key.value
