"""Read which tools a call offers, and what their names say of the work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.block import Origin, RiskEvidence, RiskFact, Strength
from migrator.domain.expression import (
    Call,
    Member,
    Table,
    Text,
    dotted,
)
from migrator.domain.facts import ScopeKind
from migrator.domain.sent import possible
from migrator.domain.site import BoundCall
from migrator.domain.source import Place
from migrator.domain.trail import Defined, Found, Frame, Outside, Trail
from migrator.following.definitions import definition_of
from migrator.following.items import known_key
from migrator.following.listed import members_of
from migrator.following.port import Walk

_HANDOFFS = "handoffs"
_AROUND = frozenset({"func", "function", "fn", "coroutine", "async_fn"})
_ANY = frozenset({"any", "required"})
_LEFT_OPEN = frozenset({"auto", "none"}) | _ANY
_NO_MORE = 64  # tools of one call; a list that goes on is a web, not a list


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that is offered; `kind` is function, hosted, agent or handoff.

    `maker` is the class that it was made by, where that is written.
    """

    name: str
    kind: str
    at: Place
    maker: str = ""


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The tools of a call; `unread` when there may be others, `forced` when one has to be called.

    A call that has to call its one tool has no choice: the tool is the shape of an answer.
    """

    tools: tuple[Tool, ...] = ()
    unread: bool = False
    forced: bool = False

    def chosen(self) -> tuple[Tool, ...]:
        """Give the tools that the model decides to call."""
        return () if self.forced else tuple(each for each in self.tools if each.kind != "handoff")


def offered(call: BoundCall, walk: Walk, toolsets: frozenset[str]) -> Toolbox:
    """Read the tools of a call, over every path that leads to them.

    `toolsets` name the constructors of objects that hold tools, which the call has as well.
    """
    tools: list[Tool] = []
    unread = False
    for setting in call.surface.offers:
        name = setting.partition(".")[0]
        kind = "handoff" if name == _HANDOFFS else "function"
        ends = [(given, each) for given in call.given(name) for each in _members(walk, given)]
        for given, each in ends:
            tool = _tool(walk, each, kind, given)
            unread = unread or tool is None
            is_set = tool is not None and tool.kind == "hosted" and tool.name in toolsets
            if tool is not None and not is_set and len(tools) < _NO_MORE:
                tools.append(tool)
    distinct = tuple(dict.fromkeys(tools))
    return Toolbox(distinct, unread, _is_forced(call, alone=len(distinct) == 1 and not unread))


def of_tools(fact: RiskFact, toolbox: Toolbox) -> Iterator[RiskEvidence]:
    """Give the evidence that lies in the kinds and names of tools."""
    for tool in toolbox.chosen():
        if _is_known(fact, tool):
            yield _seen(fact, tool, f"the call offers the tool `{tool.name}`")


def _is_known(fact: RiskFact, tool: Tool) -> bool:
    if tool.kind == "hosted":
        return tool.name in fact.hosted
    named = any(re.search(each, tool.name, re.IGNORECASE) for each in fact.tool_names)
    return named or tool.maker in fact.hosted


def _seen(fact: RiskFact, tool: Tool, what: str) -> RiskEvidence:
    return RiskEvidence(
        risk=fact.id, strength=Strength.STRONG, origin=Origin.TOOLS, what=what, at=tool.at
    )


def _members(walk: Walk, given: Found) -> Iterator[Trail]:
    return members_of(walk, given.expression, given.frame)


def _tool(walk: Walk, end: Trail, kind: str, given: Found) -> Tool | None:
    near = given.expression.at.within(given.frame.path)
    match end:
        case Found(expression=Table() as table, frame=frame):
            return _of_table(walk, table, frame)
        case Found(expression=Call() as call, frame=frame):
            return _of_call(walk, call, frame, kind)
        case Defined(path=path, symbol=symbol):
            facts = walk.file(path)
            scope = facts.scopes.get(symbol) if facts else None
            at = scope.at.within(path) if scope else near
            return Tool(symbol.rpartition(".")[2], kind, at)
        case Outside(name=name):
            return Tool(name.rpartition(".")[2], kind, near)
        case _:
            return None


def _of_table(walk: Walk, table: Table, frame: Frame) -> Tool | None:
    at = table.at.within(frame.path)
    kind = _text(walk, table, "type", frame)
    if kind not in {None, "function", "custom"}:
        return Tool(str(kind), "hosted", at)
    name = _text(walk, table, "name", frame)
    for entry in table.entries:
        if name or entry.key is None or known_key(walk, entry.key, frame) != "function":
            continue
        for end in walk.follow(entry.value, frame):
            if isinstance(end, Found) and isinstance(end.expression, Table):
                name = _text(walk, end.expression, "name", end.frame)
    return Tool(name, "function", at) if name else None


def _of_call(walk: Walk, call: Call, frame: Frame, kind: str) -> Tool | None:
    at = call.at.within(frame.path)
    callee = dotted(call.callee) or ""
    named = {each.name: each.value for each in call.keywords if each.name}
    for key in ("tool_name", "name_override", "name", "tool_name_override"):
        if key in named:
            name = known_key(walk, named[key], frame)
            if isinstance(name, str):
                made = "agent" if key == "tool_name" else kind
                return Tool(name, made, at, _class_in(callee))
    last = callee.rpartition(".")[2]
    if isinstance(call.callee, Member) and call.callee.name == "as_tool":
        return Tool("as_tool", "agent", at)
    if kind == "handoff":
        return Tool(_target(walk, call, frame) or last or "handoff", kind, at)
    maker, around = _class_in(callee), _wrapped(walk, call, frame)
    if around is not None:
        return Tool(around, kind, at, maker)
    if maker:
        return Tool(maker, "hosted", at, maker)
    return Tool(last.removesuffix("_tool"), kind, at) if last.endswith("_tool") else None


def _target(walk: Walk, call: Call, frame: Frame, nested: int = 2) -> str | None:
    """Name the agent that a handoff is to: `handoff(agent)`, `On(target=AgentTarget(agent))`."""
    named = [each.value for each in call.keywords if each.name in {"agent", "target"}]
    for given in (*named, *call.positional[:1]):
        for end in walk.follow(given, frame):
            if isinstance(end, Found) and isinstance(end.expression, Call) and nested:
                name = _name_of(walk, end.expression, end.frame)
                return name or _target(walk, end.expression, end.frame, nested - 1)
    return None


def _name_of(walk: Walk, made: Call, frame: Frame) -> str | None:
    named = [each.value for each in made.keywords if each.name == "name"]
    first = (*named, *made.positional[:1])[:1]
    name = known_key(walk, first[0], frame) if first else None
    return name if isinstance(name, str) else None


def _class_in(callee: str) -> str:
    """Name the class that a callee makes an instance of: that of `Tool.from_defaults` as well."""
    named = [each for each in callee.split(".")[-2:] if each[:1].isupper()]
    return named[-1] if named else ""


def _wrapped(walk: Walk, call: Call, frame: Frame) -> str | None:
    """Name the function of the project that a tool is made around: `Tool(f)`, `Tool(fn=f)`."""
    named = [each.value for each in call.keywords if each.name in _AROUND]
    for given in (*call.positional[:1], *named):
        for end in walk.follow(given, frame):
            made = definition_of(walk, end)
            if made and made[1].kind is ScopeKind.FUNCTION:
                return made[1].symbol.rpartition(".")[2]
    return None


def _text(walk: Walk, table: Table, key: str, frame: Frame) -> str | None:
    for entry in table.entries:
        if entry.key is not None and known_key(walk, entry.key, frame) == key:
            ends = walk.follow(entry.value, frame)
            texts = [
                each.expression.value
                for each in ends
                if isinstance(each, Found) and isinstance(each.expression, Text)
            ]
            return texts[0] if texts else None
    return None


def _is_forced(call: BoundCall, *, alone: bool) -> bool:
    """Whether the call has to call a tool: by its name, or whichever it has where that is one."""
    for name in ("tool_choice", "function_call", "model_settings.tool_choice"):
        sent = possible(call.setting(name))
        if any(isinstance(each, Table) for each in sent.shapes):
            return True
        if any(each not in _LEFT_OPEN or (alone and each in _ANY) for each in sent.literals):
            return True
    return False
