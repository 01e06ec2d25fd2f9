"""Follow the answer of a call to the functions that get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrator.domain.expression import Call, Expression, Name
from migrator.domain.facts import FileFacts, Invocation, Scope
from migrator.domain.site import BoundCall
from migrator.domain.trail import Frame
from migrator.following.port import Walk

MOST_RETURNS = 3
MOST_RECIPIENTS = 24


@dataclass(frozen=True, slots=True)
class Recipient:
    """A function in which `invocation` gives the answer: the call itself, or what returns it."""

    facts: FileFacts
    scope: Scope
    invocation: Invocation

    def is_answer(self, expression: Expression) -> bool:
        """Whether an expression is the answer, as it was given or by the name it was given."""
        if isinstance(expression, Name):
            return expression.name == self.invocation.result
        return isinstance(expression, Call) and expression.at == self.invocation.call.at


Gives = Callable[[Recipient, Expression], bool]


def _whole(recipient: Recipient, returned: Expression) -> bool:
    return recipient.is_answer(returned)


def recipients(call: BoundCall, walk: Walk, gives: Gives = _whole) -> tuple[Recipient, ...]:
    """Give the function around a call, then those that its answer is returned to, nearest first.

    `gives` tells of what a function returns whether it is the answer, or the part of it that is
    asked for. Where the call was entered from a known caller, that one alone gets it.
    """
    facts = walk.source.facts(call.frame.path)
    if not isinstance(facts, FileFacts) or call.invocation.scope not in facts.scopes:
        return ()
    own = Recipient(facts, facts.scopes[call.invocation.scope], call.invocation)
    found, level = [own], [own]
    for _ in range(MOST_RETURNS):
        level = [
            again
            for each in level
            if any(gives(each, returned) for returned in each.scope.returns)
            for again in _callers(each, call.frame if each is own else None, walk)
        ][: MOST_RECIPIENTS - len(found)]
        found += level
    return tuple(found)


def _callers(recipient: Recipient, entered: Frame | None, walk: Walk) -> Iterator[Recipient]:
    """Yield the functions that call one: those it was entered from, else all in view."""
    path, symbol = recipient.facts.path, recipient.scope.symbol
    known = [(each.caller, each.call) for each in entered.callers] if entered else []
    if known:
        for frame, written in known:
            facts = walk.source.facts(frame.path)
            made = facts.invocations if isinstance(facts, FileFacts) else ()
            yield from _at(facts, [each for each in made if each.call.at == written.at])
        return
    if symbol == "":
        return
    for frame, invocation, _ in walk.callers.of(walk, path, recipient.scope):
        yield from _at(walk.source.facts(frame.path), [invocation])


def _at(facts: object, made: list[Invocation]) -> Iterator[Recipient]:
    if isinstance(facts, FileFacts):
        for each in made:
            if each.scope in facts.scopes:
                yield Recipient(facts, facts.scopes[each.scope], each)
