"""Find the runs of LangGraph graphs: each hands its configuration to all nodes of the graph.

Source: https://docs.langchain.com/oss/python/langgraph/use-graph-api (nodes that take `config` or
`runtime`, subgraphs as nodes, `context`), read on 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from migrator.domain.expression import (
    Call,
    Entry,
    Expression,
    Keyword,
    Member,
    Name,
    Table,
    key_before,
)
from migrator.domain.facts import Invocation, Scope
from migrator.domain.trail import Defined, Found, Frame, Outside, Trail
from migrator.following.aliases import called_name
from migrator.following.construction import constructions
from migrator.following.imported import loaded_from
from migrator.following.port import Walk

Graph = tuple[str, int | str]  # the file and place of what makes a graph, or its only function
Run = tuple[Frame, Invocation]

GIVEN = frozenset({"config", "runtime"})  # the parameters of a node that a run fills
_MAKERS = frozenset(
    f"langgraph.graph.{name}"
    for name in ("StateGraph", "state.StateGraph", "MessageGraph", "message.MessageGraph", "Graph")
)
_ENTRYPOINTS = frozenset({"langgraph.func.entrypoint", "langgraph.func.task"})
_RUNNING = ("invoke", "ainvoke", "stream", "astream", "astream_events", "batch", "abatch")
_CONFIGURING = "with_config"
_TOOL = "tool"
_FLUENT = ("add_", "set_")
_PARTIAL = "functools.partial"
_SECOND = 2
_DEEPEST = 4


@dataclass
class Graphs:
    """The runs of each graph; `parents` are the graphs that a function or a graph is a node of."""

    parents: dict[Graph, list[Graph]] = field(default_factory=dict)
    runs: dict[Graph, list[Run]] = field(default_factory=dict)
    loaded: Callable[[str], frozenset[str] | None] = field(default=lambda _: None)

    def of(self, path: str, scope: Scope) -> Iterator[Run]:
        """Give the runs of the graphs that a function is a node of, as calls of that function.

        A tool that takes the configuration is handed it by all graphs whose files load it.
        """
        if not GIVEN.intersection(each.name for each in scope.parameters):
            return
        graphs: dict[Graph, None] = {(path, scope.symbol): None}
        for _ in range(_DEEPEST):
            graphs |= dict.fromkeys(
                above for each in graphs for above in self.parents.get(each, ())
            )
        if any(called_name(_callee(each)) == _TOOL for each in scope.decorators):
            graphs |= {each: None for each in self.runs if path in (self.loaded(each[0]) or ())}
        for graph in graphs:
            yield from self.runs.get(graph, ())


def graphs_of(walk: Walk) -> Graphs:
    """Gather the nodes and runs of all graphs in the files whose calls are known."""
    known: dict[str, frozenset[str] | None] = {}

    def loaded(path: str) -> frozenset[str] | None:
        if path not in known:
            known[path] = loaded_from(walk, path)
        return known[path]

    found = Graphs(loaded=loaded)
    for path, invocation in walk.callers.named("add_node"):
        frame = Frame(path, invocation.scope)
        callee = invocation.call.callee
        owners = tuple(_built(walk, callee.base, frame)) if isinstance(callee, Member) else ()
        for node in _nodes(walk, invocation.call, frame) if owners else ():
            found.parents.setdefault(node, []).extend(owners)
    if walk.callers.named("entrypoint") or found.parents:
        for name in (*_RUNNING, _CONFIGURING):
            for path, invocation in walk.callers.named(name):
                _add_run(walk, found, Frame(path, invocation.scope), invocation, name)
    return found


def _nodes(walk: Walk, call: Call, frame: Frame) -> Iterator[Graph]:
    """Give the functions, and the graphs, that `add_node` may add."""
    given = (*call.positional[:_SECOND], *(k.value for k in call.keywords if k.name == "action"))
    for each in given:
        for end in walk.follow(each, frame):
            yield from _node(walk, end)


def _node(walk: Walk, end: Trail) -> Iterator[Graph]:
    match end:
        case Defined(path=path, symbol=symbol) if symbol:
            yield path, symbol
        case Found(expression=Call(callee=callee, positional=(first, *_)), frame=frame) if any(
            isinstance(e, Outside) and e.name == _PARTIAL for e in walk.follow(callee, frame)
        ):
            for inner in walk.follow(first, frame):
                yield from _node(walk, inner)
        case Found():
            yield from _compiled(walk, end)
        case _:
            pass


def _built(walk: Walk, base: Expression, frame: Frame, depth: int = 0) -> Iterator[Graph]:
    """Give the graphs that an expression can be before they are compiled."""
    for end in walk.follow(base, frame):
        if not isinstance(end, Found) or not isinstance(end.expression, Call) or depth > _DEEPEST:
            continue
        callee = end.expression.callee
        if isinstance(callee, Member) and callee.name.startswith(_FLUENT):
            yield from _built(walk, callee.base, end.frame, depth + 1)
        elif any(name in _MAKERS for name, _, _ in constructions(walk, end.expression, end.frame)):
            yield end.frame.path, end.expression.at.start


def _compiled(walk: Walk, end: Trail, depth: int = 0) -> Iterator[Graph]:
    """Give the graphs that an end is once compiled, with a configuration bound to it or not."""
    match end:
        case Found(expression=Call(callee=Member(base=base, name="compile")), frame=frame):
            yield from _built(walk, base, frame)
        case Found(expression=Call(callee=Member(base=base, name=name)), frame=frame) if (
            name == _CONFIGURING and depth < _DEEPEST
        ):
            for inner in walk.follow(base, frame):
                yield from _compiled(walk, inner, depth + 1)
        case Defined(path=path, symbol=symbol) if symbol:
            facts = walk.file(path)
            scope = facts.scopes.get(symbol) if facts else None
            if scope is not None and _is_entrypoint(walk, path, scope):
                yield path, symbol
        case _:
            pass


def _is_entrypoint(walk: Walk, path: str, scope: Scope) -> bool:
    outer = Frame(path, scope.parent or "")
    for each in scope.decorators:
        callee = each.callee if isinstance(each, Call) else each
        if any(
            isinstance(e, Outside) and e.name in _ENTRYPOINTS for e in walk.follow(callee, outer)
        ):
            return True
    return False


def _callee(decorator: Expression) -> Expression:
    return decorator.callee if isinstance(decorator, Call) else decorator


def _add_run(walk: Walk, found: Graphs, frame: Frame, invocation: Invocation, name: str) -> None:
    callee = invocation.call.callee
    if not isinstance(callee, Member):
        return
    ends = walk.follow(callee.base, frame)
    graphs = dict.fromkeys(graph for end in ends for graph in _compiled(walk, end))
    if not graphs:
        return
    call = _as_node_call(walk, invocation.call, frame, name)
    for graph in graphs:
        found.runs.setdefault(graph, []).append((frame, replace(invocation, call=call)))


def _as_node_call(walk: Walk, call: Call, frame: Frame, name: str) -> Call:
    """Write a run as the call of a node that it comes down to: what it is told is all that counts.

    A run inside a node that says nothing goes by what that node was told.
    """
    given = {each.name: each.value for each in call.keywords}
    position = 0 if name == _CONFIGURING else 1
    config = given.get("config") or next(iter(call.positional[position : position + 1]), None)
    if config is None and name == _CONFIGURING:
        keys = ((k.name, k.value) for k in call.keywords if k.name)
        config = Table(call.at, tuple(Entry(key_before(v, k), v) for k, v in keys))
    if config is None and _takes_config(walk, frame):
        config = Name(replace(call.at, start=call.at.end), "config")
    keywords = [Keyword("config", config)] if config is not None else []
    context = given.get("context")
    if context is not None:
        at = replace(context.at, end=context.at.start)  # it takes up no bytes of its own
        runtime = Table(at, (Entry(key_before(context, "context"), context),))
        keywords.append(Keyword("runtime", runtime))
    return replace(call, positional=(), keywords=tuple(keywords))


def _takes_config(walk: Walk, frame: Frame) -> bool:
    facts = walk.file(frame.path)
    scope = facts.scopes.get(frame.symbol) if facts else None
    return scope is not None and any(each.name == "config" for each in scope.parameters)
