"""Follow the answer of a call to the functions that get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Member, Name, dotted
from migrator.domain.facts import Binding, FileFacts, Invocation, Scope, ScopeKind
from migrator.domain.site import BoundCall
from migrator.domain.trail import Frame
from migrator.following.arguments import is_bound, passed
from migrator.following.definitions import definition_of
from migrator.following.port import Walk

MOST_RETURNS = 3
MOST_RECIPIENTS = 24
_MOST_NAMES = 4
# Methods of a stream, or of a raw answer, that give the answer that it ends in, or holds.
_WHOLE_ANSWER = frozenset({"get_final_response", "until_done", "parse"})


@dataclass(frozen=True, slots=True)
class Recipient:
    """A function in which `invocation` gives the answer: the call itself, or what returns it.

    `named` are the names that hold the answer, or the stream that ends in it, `events` those of
    the events of that stream.
    """

    facts: FileFacts
    scope: Scope
    invocation: Invocation
    named: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()

    def is_answer(self, expression: Expression) -> bool:
        """Whether an expression is the answer, as it was given or by a name it was given."""
        match expression:
            case Call(callee=Member(base=base, name=name)) if name in _WHOLE_ANSWER:
                return self.is_answer(base)
            case Call(at=at):
                return at == self.invocation.call.at
            case Member(base=Name(name=event), name="response") if event in self.events:
                return True
            case _:
                return dotted(expression) in self.named


def _received(
    facts: FileFacts, scope: Scope, invocation: Invocation, name: str | None
) -> Recipient:
    """Take note of all names that a function gives the answer, and the events of its stream."""
    first = frozenset({name} if name else ())
    found = Recipient(facts, scope, invocation, first)
    for _ in range(_MOST_NAMES):
        named = {each.name for each in scope.bindings if _names_answer(each, found)}
        events = {each.name for each in scope.bindings if _runs_over(each, found)}
        again = replace(found, named=found.named | named, events=found.events | events)
        if again == found:
            break
        found = again
    return found


def _names_answer(binding: Binding, on: Recipient) -> bool:
    given = binding.how in {"assignment", "with"} and binding.value is not None
    return given and on.is_answer(binding.value)  # type: ignore[arg-type]


def _runs_over(binding: Binding, on: Recipient) -> bool:
    return binding.how == "loop" and binding.value is not None and on.is_answer(binding.value)


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
    made = call.invocation
    own = _received(facts, facts.scopes[made.scope], made, made.result)
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


def all_recipients(call: BoundCall, walk: Walk) -> tuple[Recipient, ...]:
    """Give the recipients of a call's answer, and the functions that they hand it to."""
    found = recipients(call, walk)
    given = (
        _received(each.facts, each.scope, each.invocation, name)
        for one in found
        for each, name in handed(one, walk, one.is_answer)
    )
    return (*found, *tuple(given)[:MOST_RECIPIENTS])


def handed(
    recipient: Recipient, walk: Walk, gives: Callable[[Expression], bool]
) -> Iterator[tuple[Recipient, str]]:
    """Yield the functions of the project that a function gives something, and the name there.

    `gives` tells of an argument whether it is what is asked for.
    """
    facts, scope = recipient.facts, recipient.scope
    frame = Frame(facts.path, scope.symbol)
    for each in facts.invocations:
        call = each.call
        if each.scope != scope.symbol or not any(map(gives, call.given)):
            continue
        for end in walk.follow(call.callee, frame):
            defined = definition_of(walk, end)
            if defined is None or defined[1].kind is not ScopeKind.FUNCTION:
                continue
            inner, taking = defined
            bound = is_bound(walk, inner.path, taking, call)
            for parameter in taking.parameters:
                value = passed(call, taking, parameter, bound=bound).value
                if value is not None and gives(value):
                    yield Recipient(inner, taking, each), parameter.name


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
                yield _received(facts, facts.scopes[each.scope], each, each.result)
