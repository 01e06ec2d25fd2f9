"""Read a call that is handed over, to be made later or elsewhere, as the call that it is."""

from __future__ import annotations

from dataclasses import replace

from migrator.domain.expression import (
    Call,
    Choice,
    ChoiceKind,
    Expression,
    Keyword,
    Member,
    Name,
    Opaque,
    Series,
    Spread,
)
from migrator.domain.facts import FileFacts, Invocation
from migrator.following.aliases import PARTIAL, called_name

# They take a callable and its arguments, at the position given here, and call it.
_FIRST, _SECOND = 0, 1
_TAKING = {
    **dict.fromkeys(("to_thread", PARTIAL, "run_sync", "submit", "call_soon"), _FIRST),
    **dict.fromkeys(("start_soon", "sync_to_async", "apply_async", "run_in_threadpool"), _FIRST),
    **dict.fromkeys(("run_in_executor", "call_later"), _SECOND),
}
# They call their first argument with the items of the others, one of each at a time.
_MAPPING = frozenset({"map", "imap", "imap_unordered", "map_async"})
_TWO = 2
_THREADS, _TO_THREAD = frozenset({"run_sync"}), "to_thread"
_LATER = "later arguments"
_STARTING = frozenset({"Thread", "Process", "Timer"})
# Members of a task that call it: `task.delay(…)`.
_TASKS = frozenset({"delay", "remote", "send"})


def deferred(invocation: Invocation) -> Invocation | None:
    """Give the call that is handed over with its arguments; None for any other call.

    Who calls a `partial` may add arguments that are not seen here.
    """
    call = _handed(invocation.call)
    return None if call is None else replace(invocation, call=call)


def without_later(invocation: Invocation) -> Invocation:
    """Give the call that a `partial` is where it is handed over at once: nothing is added then."""
    call = invocation.call
    kept = tuple(each for each in call.keywords if not is_later(each))
    return replace(invocation, call=replace(call, keywords=kept))


def is_partial(invocation: Invocation) -> bool:
    """Whether a call is the making of a `partial`, as `deferred` reads it."""
    return any(is_later(each) for each in invocation.call.keywords)


def handed_at_once(facts: FileFacts) -> frozenset[int]:
    """Give the places of the calls that are themselves handed to what calls them with no more."""
    found: set[int] = set()
    for each in facts.invocations:
        match each.call.callee:
            case Member(name=name) | Name(name=name) if name in _TAKING:
                given = each.call.positional[_TAKING[name] :]
                alone = len(given) == 1 and not each.call.keywords
                found |= {value.at.start for value in given if alone and isinstance(value, Call)}
            case _:
                pass
    return frozenset(found)


def is_later(keyword: Keyword) -> bool:
    """Whether a keyword stands for what whoever calls a `partial` may add."""
    return isinstance(keyword.value, Opaque) and keyword.value.what == _LATER


def _handed(call: Call) -> Call | None:
    match call.callee:
        case Member(base=(Name() | Member()) as task, name=name) if name in _TASKS:
            return replace(call, callee=task)
        case Member(name=name) | Name(name=name) if name in _STARTING:
            return _started(call, _named(call).get("target"))
        case Member(base=(Name() | Member()) as task, name="apply_async") if _carries(call):
            return _started(call, task)
        case Member(name="starmap" | "starmap_async") if len(call.positional) > 1:
            return _over_rows(call, *call.positional[:2])
        case Member(name=name) | Name(name=name) if (
            name in _MAPPING and len(call.positional) > _TWO
        ):
            return _over_columns(call, call.positional[0], call.positional[1:])
        case Member(base=base, name=name) if name in _THREADS and called_name(base) != _TO_THREAD:
            return None  # an agent's own
        case Member(name=name) | Name(name=name) if name in _TAKING:
            return _taken(call, name, call.positional[_TAKING[name] :])
        case _:
            return None


def _taken(call: Call, name: str, given: tuple[Expression, ...]) -> Call | None:
    if not given or not isinstance(given[0], Name | Member):
        return None
    more = (Keyword(None, Opaque(call.at, _LATER)),) if name == PARTIAL else ()
    return replace(call, callee=given[0], positional=given[1:], keywords=(*call.keywords, *more))


def _named(call: Call) -> dict[str | None, Expression]:
    return {each.name: each.value for each in call.keywords}


def _carries(call: Call) -> bool:
    """Whether a call gives the arguments of another as a series or a table of their own."""
    return bool({"args", "kwargs"} & set(_named(call)))


def _started(call: Call, target: Expression | None) -> Call | None:
    """Read `Thread(target=ask, args=(…), kwargs={…})`, and the like of a task."""
    named = _named(call)
    arguments = named.get("args")
    if not isinstance(target, Name | Member):
        return None
    positional = arguments.items if isinstance(arguments, Series) else ()
    table = named.get("kwargs")
    keywords = () if table is None else (Keyword(None, table),)
    return replace(call, callee=target, positional=positional, keywords=keywords)


def _over_rows(call: Call, target: Expression, rows: Expression) -> Call | None:
    """Read `pool.starmap(ask, [(a, b), (c, d)])`: of each argument, all that it may be."""
    if not isinstance(target, Name | Member):
        return None
    items = rows.items if isinstance(rows, Series) else ()
    written = [each.items for each in items if isinstance(each, Series)]
    if not written or len(written) < len(items):
        positional: tuple[Expression, ...] = (Spread(rows.at, rows),)
    else:
        columns = zip(*written, strict=False)
        positional = tuple(_any_of(each) for each in columns)
    return replace(call, callee=target, positional=positional, keywords=())


def _over_columns(call: Call, target: Expression, given: tuple[Expression, ...]) -> Call | None:
    """Read `executor.map(ask, questions, [0.2, 0.9])`: what is run over item by item."""
    if not isinstance(target, Name | Member):
        return None
    return replace(call, callee=target, positional=tuple(map(_item_of, given)), keywords=())


def _item_of(given: Expression) -> Expression:
    match given:
        case Series(items=items) if items:
            return _any_of(items)
        case _:
            return Opaque(given.at, "an item", (given,))


def _any_of(options: tuple[Expression, ...]) -> Expression:
    first = options[0]
    if len(options) == 1:
        return first
    return Choice(replace(first.at, end=options[-1].at.end), ChoiceKind.CONDITION, options)
