"""Evaluate a test that a loop makes for each of its rounds: `model.startswith(prefix)`."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Comparison, Expression, Member, Name, Opaque
from migrator.domain.facts import Binding, Branch, Course, FileFacts, Guard
from migrator.domain.gate import Passage
from migrator.domain.trail import Frame
from migrator.following.evaluate import Evaluator
from migrator.following.outcomes import Entries, Evaluated, Many, known
from migrator.following.worlds import World
from migrator.stages.gates._caught import is_caught
from migrator.stages.gates._described import Crossing


def in_rounds(crossing: Crossing, guard: Guard, frame: Frame) -> Passage | None:
    """Tell how the target fares where a loop tries one thing after another by the id.

    None where some round takes it as one takes the source, or where that is not known.
    """
    facts = crossing.after.file(frame.path)
    branch = guard.then
    variable = _variable(facts, guard, frame) if facts and branch else None
    if facts is None or branch is None or variable is None:
        return None
    was = _holds_once(crossing.before, guard.test, variable, frame)
    if not was or _holds_once(crossing.after, guard.test, variable, frame) is not False:
        return None
    if branch.course is not Course.GOES_ON and _fails_after(crossing.after, facts, guard, frame):
        return Passage.RAISES
    return Passage.ELSEWHERE if _runs_something(facts, branch) else Passage.DIFFERS


def _variable(facts: FileFacts, guard: Guard, frame: Frame) -> Binding | None:
    """Give the only variable of a loop that a test looks at."""
    asked = set(_names(guard.test))
    found = [e for e in facts.scopes[frame.symbol].bindings if e.how == "loop" and e.name in asked]
    return found[0] if len(found) == 1 else None


def _names(test: Expression) -> Iterator[str]:
    match test:
        case Name(name=name):
            yield name
        case Member(base=base):
            yield from _names(base)
        case Call(callee=callee):
            for each in (callee, *test.given):
                yield from _names(each)
        case Comparison(left=left, right=right):
            yield from _names(left)
            yield from _names(right)
        case Opaque(inner=inner):
            for each in inner:
                yield from _names(each)
        case _:
            return


def _holds_once(world: World, test: Expression, variable: Binding, frame: Frame) -> bool | None:
    """Tell whether a test holds in some round; None where that is not known."""
    items = _items(world, variable, frame)
    if items is None:
        return None
    answers = [Evaluator(world, {variable.name: item}).truth(test, frame) for item in items.items]
    if any(each.known and each.value for each in answers):
        return True
    return False if items.complete and all(each.known for each in answers) else None


def _items(world: World, variable: Binding, frame: Frame) -> Many | None:
    """Give what a loop's variable is in each round: a member of a series, or a table's key."""
    match variable.value, variable.key:
        case Call(callee=Member(base=base, name="items"), positional=()), "0":
            value = Evaluator(world).evaluate(base, frame).value
        case source, "" if source is not None:
            value = Evaluator(world).evaluate(source, frame).value
        case _:
            return None
    match value:
        case Many():
            return value
        case Entries(table=table, complete=complete):
            return Many(tuple(_known(each) for each in table), complete=complete)
        case _:
            return None


def _known(key: object) -> Evaluated:
    return known(key if isinstance(key, str | int | float) else None)


def _fails_after(world: World, facts: FileFacts, guard: Guard, frame: Frame) -> bool:
    """Whether code behind a test raises what nobody meets."""
    return any(
        each.at.start >= (guard.then.end if guard.then else 0)
        and each.scope == frame.symbol
        and not is_caught(world, frame, each.caught, each.raised)
        for each in facts.failures
    )


def _runs_something(facts: FileFacts, branch: Branch) -> bool:
    return any(branch.start <= each.call.at.start < branch.end for each in facts.invocations)
