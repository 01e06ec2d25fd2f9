"""Read a call that is handed over, to be made later or elsewhere, as the call that it is."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.expression import Call, Expression, Keyword, Member, Name, Opaque, Series
from migrator.domain.facts import Invocation
from migrator.following.aliases import called_name

# They take a callable and its arguments, at the position given here, and call it.
_FIRST, _SECOND = 0, 1
_TAKING = {
    **dict.fromkeys(("to_thread", "partial", "run_sync", "submit", "call_soon"), _FIRST),
    **dict.fromkeys(("start_soon", "sync_to_async", "apply_async", "run_in_threadpool"), _FIRST),
    **dict.fromkeys(("run_in_executor", "call_later"), _SECOND),
}
_THREADS, _TO_THREAD = frozenset({"run_sync"}), "to_thread"
_STARTING = frozenset({"Thread", "Process", "Timer"})
# Members of a task that call it: `task.delay(…)`.
_TASKS = frozenset({"delay", "remote", "send"})


def deferred(invocation: Invocation) -> Invocation | None:
    """Give the call that is handed over with its arguments; None for any other call.

    Who calls a `partial` may add arguments that are not seen here.
    """
    call = _handed(invocation.call)
    return None if call is None else replace(invocation, call=call)


def _handed(call: Call) -> Call | None:
    match call.callee:
        case Member(base=(Name() | Member()) as task, name=name) if name in _TASKS:
            return replace(call, callee=task)
        case Member(name=name) | Name(name=name) if name in _STARTING:
            return _started(call)
        case Member(base=base, name=name) if name in _THREADS and called_name(base) != _TO_THREAD:
            return None  # an agent's own
        case Member(name=name) | Name(name=name) if name in _TAKING:
            return _taken(call, name, call.positional[_TAKING[name] :])
        case _:
            return None


def _taken(call: Call, name: str, given: tuple[Expression, ...]) -> Call | None:
    if not given or not isinstance(given[0], Name | Member):
        return None
    more = (Keyword(None, Opaque(call.at, "later arguments")),) if name == "partial" else ()
    return replace(call, callee=given[0], positional=given[1:], keywords=(*call.keywords, *more))


def _started(call: Call) -> Call | None:
    """Read `Thread(target=ask, args=(…), kwargs={…})`."""
    named = {each.name: each.value for each in call.keywords}
    target, arguments = named.get("target"), named.get("args")
    if not isinstance(target, Name | Member):
        return None
    positional = arguments.items if isinstance(arguments, Series) else ()
    table = named.get("kwargs")
    keywords = () if table is None else (Keyword(None, table),)
    return replace(call, callee=target, positional=positional, keywords=keywords)
