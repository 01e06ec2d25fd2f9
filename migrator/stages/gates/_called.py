"""Tell whether what a look-up gives is called, be it there or not."""

from __future__ import annotations

from migrator.domain.expression import Call, Name
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.parts import names


def is_called_unseen(facts: FileFacts, code: Invocation) -> bool:
    """Whether `table.get(key)` is called as it is, or under a name that no test looks at."""
    if any(each.call.callee.at == code.call.at for each in facts.invocations):
        return True
    here = [each for each in facts.invocations if each.scope == code.scope]
    called = any(_is_named(each.call, code.result) for each in here) if code.result else False
    tests = (each.test for each in facts.guards if each.scope == code.scope)
    return called and code.result not in {name for test in tests for name in names(test)}


def _is_named(call: Call, name: str | None) -> bool:
    return isinstance(call.callee, Name) and call.callee.name == name
