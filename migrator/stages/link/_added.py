"""Find what is added to an object after it was made: tools that are registered, handoffs set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.addition import Added, Addition, Toolset
from migrator.domain.expression import Call, Expression, Member, Name, Text
from migrator.domain.facts import Binding, FileFacts, MemberSet, Scope
from migrator.domain.playbook import Playbook
from migrator.domain.roles import is_test
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Frame, Outside
from migrator.following.aliases import called_name
from migrator.following.construction import constructions
from migrator.following.copies import copied
from migrator.following.listed import members_of
from migrator.following.port import Walk
from migrator.stages.link._callee import tail_of
from migrator.stages.link._change import (
    Change,
    alone,
    as_addition,
    called_on,
    change_by,
    first_given,
    inner_name,
    may_give,
    owner_of,
    owner_path,
    seen_at,
)
from migrator.stages.link._copying import changed_in_copy
from migrator.stages.link._matched import Matched
from migrator.stages.link._objects import Making, Part, parts_of
from migrator.stages.link._said import OVER
from migrator.stages.link._set_later import made_as_self
from migrator.stages.link._set_on import Settable, as_settings, assigned, entries_of
from migrator.stages.link._setattr import SETTING, by_setattr
from migrator.stages.link._settings import add_defaults, collect_arguments

_GROWING = frozenset({"append", "extend", "insert", "update"})
_ONE = frozenset({"append", "insert"})
_MOST_INSIDE = 64  # objects within an argument


@dataclass
class Additions:
    """What is added to objects of known libraries anywhere, by the call that makes the object."""

    playbook: Playbook
    walk: Walk
    ways: dict[str, list[Addition]] = field(init=False)
    toolsets: dict[str, Toolset] = field(init=False)
    settable: Settable = field(init=False)
    making: frozenset[str] = field(init=False)
    found: dict[Making, list[Change]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the ways by the last name that each is called by."""
        self.ways, self.toolsets = {}, {}
        for library in self.playbook.libraries:
            for way in library.additions:
                for name in (*way.members, *way.callables):
                    self.ways.setdefault(name.rpartition(".")[2], []).append(way)
            for each in library.toolsets:
                self.toolsets |= dict.fromkeys(each.constructors, each)
                way = as_addition(each)
                for name in each.members:
                    self.ways.setdefault(name, []).append(way)
        self.settable = Settable.of(self.playbook)
        self.making = frozenset(
            name.rpartition(".")[2]
            for library in self.playbook.libraries
            for each in library.receivers
            if each.surface
            for name in (*each.constructors, *each.transparent)
        )

    def take_in(self, files: Iterable[FileFacts]) -> None:
        """Read all that files add to objects; what tests add counts for what tests make alone."""
        for facts in files:
            for change in self._changes(facts):
                for part in self._parts(change):
                    making = part.making
                    if not is_test(facts.path) or is_test(making[0]):
                        self.found.setdefault(making, []).append(seen_at(change, part))

    def on(self, matched: Matched, arguments: Mapping[str, Found]) -> dict[str, tuple[Added, ...]]:
        """Give what is added elsewhere to the object that a call makes, is made on or takes in."""
        holder, surface = matched.holder, matched.surface
        makings = [(each.frame.path, each.call.at.start) for each in holder.made] if holder else []
        call = (matched.facts.path, matched.invocation.call.at.start)
        added = self.of(call, makings, surface, arguments)
        if holder is None or matched.shape.runs or not holder.argument:
            return added
        # What a model object lists of its own is not what the call offers.
        own, apart = self.of(call, (), surface, arguments), assigned(surface)
        return own | {name: each for name, each in added.items() if name not in apart}

    def of(
        self,
        own: Making,
        makings: Iterable[Making],
        surface: Surface,
        arguments: Mapping[str, Found],
    ) -> dict[str, tuple[Added, ...]]:
        """Give what is added to the objects of these calls, by argument; of toolsets, their tools.

        The call `own` stands for the copies of what it makes as well. `arguments` are those that
        the object was made with.
        """
        gathered: dict[str, dict[Added, None]] = {}
        for added in self._on(own, makings, surface, arguments):
            gathered.setdefault(added.argument, {})[added] = None
        for name in dict.fromkeys(each.partition(".")[0] for each in surface.offers):
            given = [arguments[name]] if name in arguments else []
            given += [each.found for each in gathered.get(name, ())]
            for each in given:
                for found in self._in_toolsets(each):
                    gathered.setdefault(name, {})[Added(name, found)] = None
        return {name: tuple(each) for name, each in gathered.items()}

    def _on(
        self,
        own: Making,
        makings: Iterable[Making],
        surface: Surface,
        arguments: Mapping[str, Found],
    ) -> Iterator[Added]:
        plain: list[Added] = []
        seen: set[tuple[str, Making, str]] = set()
        for name, given in arguments.items():
            plain += self.inside(name.removeprefix(OVER), given, seen)
        for making in dict.fromkeys((*makings, own)):
            for change in self.found.get(making, ()):
                if change.copied and making != own:
                    continue
                if surface.id in change.surfaces:
                    yield change.added
                elif not change.surfaces:
                    plain.append(change.added)
                    plain += self.inside(change.added.argument, change.added.found, seen)
        for each in plain:
            yield from as_settings(self.walk, surface, each)

    def inside(
        self, name: str, given: Found, seen: set[tuple[str, Making, str]] | None = None
    ) -> Iterator[Added]:
        """Give what is set on the objects that an argument may be, and on those that these hold.

        Each comes under the name of the argument and that of what is set, with dots. What was
        `seen` under a name is passed over: objects may hold what is made of themselves.
        """
        seen = set() if seen is None else seen
        if name and name not in self.settable.holding:
            return
        for part in parts_of(self.walk, given.expression, given.frame):
            mark = (name, part.making, part.path)
            if mark in seen or len(seen) > _MOST_INSIDE:
                continue
            seen.add(mark)
            for change in self.found.get(part.making, ()):
                rest = inner_name(change.added.argument, part.path)
                if rest is not None and not change.surfaces and not change.copied:
                    path = ".".join(each for each in (name, rest) if each)
                    yield replace(change.added, argument=path)
                    yield from self.inside(path, change.added.found, seen)
            for key, value in () if part.path else entries_of(part.made):
                path = f"{name}.{key}" if name else key
                yield from self.inside(path, Found(value, part.made.frame), seen)

    def to(self, makings: Iterable[Making], argument: str) -> Iterator[Added]:
        """Give what is added to one argument of the objects of these calls."""
        changes = (change for making in makings for change in self.found.get(making, ()))
        yield from (each.added for each in changes if each.added.argument == argument)

    def _in_toolsets(self, given: Found) -> Iterator[Found]:
        """Give the tools of each toolset in a list, those that it was made with included."""
        for end in members_of(self.walk, given.expression, given.frame):
            if not isinstance(end, Found) or not isinstance(end.expression, Call):
                continue
            for name, call, frame in constructions(self.walk, end.expression, end.frame):
                toolset = self.toolsets.get(name)
                if toolset is None:
                    continue
                arguments, _ = collect_arguments(self.walk, call, frame, toolset.positional)
                if toolset.argument in arguments:
                    yield arguments[toolset.argument]
                making = (end.frame.path, end.expression.at.start)
                for change in self.found.get(making, ()):
                    if set(change.surfaces) & set(toolset.constructors):
                        yield change.added.found

    def _parts(self, change: Change) -> Iterator[Part]:
        """Give the objects that are added to, over subclasses; of attributes, instances alone."""
        parts = {each.making: each for each in made_as_self(self.walk, change)}
        for part in parts_of(self.walk, change.base, change.frame):
            if change.surfaces or self._is_made(part.made.expression, change.frame):
                parts.setdefault(part.making, part)
        yield from parts.values()

    def _is_made(self, made: Expression, frame: Frame) -> bool:
        """Whether a value is an object with attributes, not the answer of a call."""
        if not isinstance(made, Call):
            return True
        name = called_name(made.callee)
        plain = name[:1].isupper() or name in self.making or name == "__init__"
        return plain or copied(self.walk, made, frame) is not None

    def _changes(self, facts: FileFacts) -> Iterator[Change]:
        for scope in facts.scopes.values():
            if scope.decorators:
                yield from self._decorating(facts, scope)
            for binding in scope.bindings:
                yield from self._binding(facts, scope, binding)
        for each in facts.members:
            yield from self._member(each, Frame(facts.path, each.scope))
        for invocation in facts.invocations:
            frame = Frame(facts.path, invocation.scope)
            yield from self._calling(invocation.call, frame)
            yield from changed_in_copy(self.walk, self.settable, invocation.call, frame)

    def _decorating(self, facts: FileFacts, scope: Scope) -> Iterator[Change]:
        """Read `@agent.tool` and `@agent.tool(retries=2)` above a function."""
        frame = Frame(facts.path, scope.parent or "")
        name = scope.symbol.rpartition(".")[2].partition("#")[0]
        for decorator in scope.decorators:
            callee = decorator.callee if isinstance(decorator, Call) else decorator
            for way in self.ways.get(tail_of(callee), ()):
                base = called_on(way, callee)
                if base is not None and not way.to:
                    yield change_by(way, base, frame, Name(scope.at, name))

    def _calling(self, call: Call, frame: Frame) -> Iterator[Change]:
        """Read `agent.tool(f)`, `agent.tool(retries=2)(f)` and `register(f, agent)`."""
        callee = call.callee.callee if isinstance(call.callee, Call) else call.callee
        name = tail_of(callee)
        if name in SETTING:
            yield from by_setattr(self.settable, call, frame)
        for way in self.ways.get(name, ()):
            base = called_on(way, callee)
            if base is not None and way.to:
                for to in first_given(call, (way.to,)):
                    yield change_by(way, to, frame, base)
            elif base is not None:
                for value in first_given(call, way.values):
                    yield change_by(way, base, frame, value)
            elif way.callables:
                yield from self._by_callable(way, call, frame)

    def _by_callable(self, way: Addition, call: Call, frame: Frame) -> Iterator[Change]:
        if not may_give(way, call):
            return
        ends = self.walk.follow(call.callee, frame)
        if not any(isinstance(each, Outside) and each.name in way.callables for each in ends):
            return
        arguments, _ = collect_arguments(self.walk, call, frame, way.positional)
        add_defaults(self.walk, arguments, way.defaults)
        to = arguments.get(way.to)
        if to is None:
            return
        base, where = self._named(to, call, frame)
        for found in (arguments[name] for name in way.values if name in arguments):
            value = found.expression if way.whole else alone(found.expression)
            added = Added(way.argument, replace(found, expression=value), way.instead)
            yield Change(base, where, added, way.surfaces)

    def _named(self, to: Found, call: Call, frame: Frame) -> tuple[Expression, Frame]:
        """Give what an object is taken from: where text names it, the method of that name."""
        for end in self.walk.follow(to.expression, to.frame):
            if isinstance(end, Found) and isinstance(end.expression, Text):
                at = replace(call.at, end=call.at.start)
                method = Member(at, Name(at, "self"), end.expression.value)
                return Call(at, method, (), ()), frame
        return to.expression, to.frame

    def _member(self, given: MemberSet, frame: Frame) -> Iterator[Change]:
        """Read `agents["desk"].model_settings = …`, whose owner is no plain name."""
        for name in self.settable.members_of(given.member):
            added = Added(name, Found(given.value, frame), instead=True)
            yield Change(owner_of(given.member, name), frame, added)

    def _binding(self, facts: FileFacts, scope: Scope, binding: Binding) -> Iterator[Change]:
        """Read `agent.handoffs = […]`, `.append(…)`, `.extend(…)`, `+=`, `llm.temperature = …`."""
        added = binding.how == "augmented" or (binding.how == "call" and binding.key in _GROWING)
        if binding.value is None or not (added or binding.how in {"assignment", "item"}):
            return
        value = binding.value
        if binding.how == "call" and binding.key in _ONE:
            value = alone(value)
        frame = Frame(facts.path, scope.symbol)
        for head, name in self.settable.set_by(binding):
            found = Added(name, Found(value, frame), instead=not added)
            yield Change(owner_path(binding, head), frame, found)
