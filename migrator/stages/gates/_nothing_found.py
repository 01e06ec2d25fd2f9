"""Tell whether what a look-up gives is called, be it there or not."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Choice, Comparison, Expression, Name, Opaque
from migrator.domain.facts import FileFacts, Invocation


def is_called_unseen(facts: FileFacts, code: Invocation) -> bool:
    """Whether `table.get(key)` is called as it is, or under a name that no test looks at."""
    if any(each.call.callee.at == code.call.at for each in facts.invocations):
        return True
    here = [each for each in facts.invocations if each.scope == code.scope]
    called = any(_is_named(each.call, code.result) for each in here) if code.result else False
    tests = (each.test for each in facts.guards if each.scope == code.scope)
    return called and code.result not in {name for test in tests for name in _names(test)}


def _is_named(call: Call, name: str | None) -> bool:
    return isinstance(call.callee, Name) and call.callee.name == name


def _names(test: Expression) -> Iterator[str]:
    match test:
        case Name(name=name):
            yield name
        case Comparison(left=left, right=right):
            yield from _names(left)
            yield from _names(right)
        case Call(positional=inner) | Opaque(inner=inner) | Choice(options=inner):
            for each in inner:
                yield from _names(each)
        case _:
            return
