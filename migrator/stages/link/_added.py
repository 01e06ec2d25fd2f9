"""Find what is added to an object after it was made: tools that are registered, handoffs set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.addition import Added, Addition, Toolset
from migrator.domain.expression import Call, Expression, Member, Name, Series, Text
from migrator.domain.facts import Binding, FileFacts, Scope
from migrator.domain.playbook import Playbook
from migrator.domain.roles import is_test
from migrator.domain.site import Setting, SettingState
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Frame, Outside
from migrator.following.aliases import called_name
from migrator.following.construction import constructions
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
    may_give,
    owner_path,
)
from migrator.stages.link._set_later import (
    attributes_set,
    inner_objects,
    judged,
    made_as_self,
    with_set,
)
from migrator.stages.link._settings import add_defaults, collect_arguments, read_setting

_GROWING = frozenset({"append", "extend", "insert"})
_ONE = frozenset({"append", "insert"})

Making = tuple[str, int]  # the file of a call that makes an object, and where it starts


@dataclass
class Additions:
    """What is added to objects of known libraries anywhere, by the call that makes the object."""

    playbook: Playbook
    walk: Walk
    ways: dict[str, list[Addition]] = field(init=False)
    toolsets: dict[str, Toolset] = field(init=False)
    attributes: frozenset[str] = field(init=False)
    judged: frozenset[str] = field(init=False)
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
        self.attributes = frozenset(
            name
            for library in self.playbook.libraries
            for surface in library.surfaces
            for name in _assigned(surface)
        )
        self.judged = judged(self.playbook)

    def take_in(self, files: Iterable[FileFacts]) -> None:
        """Read all that files add to objects; what tests add counts for what tests make alone."""
        for facts in files:
            for change in self._changes(facts):
                for making in self._makings(change):
                    if not is_test(facts.path) or is_test(making[0]):
                        self.found.setdefault(making, []).append(change)

    def of(
        self, makings: Iterable[Making], surface: Surface, arguments: Mapping[str, Found]
    ) -> dict[str, tuple[Added, ...]]:
        """Give what is added to the objects of these calls, by argument; of toolsets, their tools.

        `arguments` are those that the object was made with.
        """
        names = _assigned(surface).union(self.judged.intersection(surface.settings))
        gathered: dict[str, dict[Added, None]] = {}
        for holding, path, start in inner_objects(self.walk, surface, arguments):
            for change in self.found.get((path, start), ()):
                name = f"{holding}.{change.added.argument}"
                if not change.surfaces and name in names:
                    gathered.setdefault(name, {})[replace(change.added, argument=name)] = None
        for making in makings:
            for change in self.found.get(making, ()):
                name = change.added.argument
                fits = surface.id in change.surfaces or (not change.surfaces and name in names)
                if fits:
                    gathered.setdefault(name, {})[change.added] = None
        for name in dict.fromkeys(each.partition(".")[0] for each in surface.offers):
            given = [arguments[name]] if name in arguments else []
            given += [each.found for each in gathered.get(name, ())]
            for each in given:
                for found in self._in_toolsets(each):
                    gathered.setdefault(name, {})[Added(name, found)] = None
        return {name: tuple(each) for name, each in gathered.items()}

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

    def _makings(self, change: Change) -> Iterator[Making]:
        """Give the calls that make what is added to, over subclasses; of attributes, instances."""
        makings = dict.fromkeys(made_as_self(self.walk, change))
        for end in self.walk.follow(change.base, change.frame):
            if isinstance(end, Found) and isinstance(end.expression, Call):
                if not change.surfaces and not called_name(end.expression.callee)[:1].isupper():
                    continue
                makings[end.frame.path, end.expression.at.start] = None
                for _, made, where in constructions(self.walk, end.expression, end.frame):
                    makings[where.path, made.at.start] = None
        yield from makings

    def _changes(self, facts: FileFacts) -> Iterator[Change]:
        for scope in facts.scopes.values():
            if scope.decorators:
                yield from self._decorating(facts, scope)
            for binding in scope.bindings:
                yield from self._binding(facts, scope, binding)
        for invocation in facts.invocations:
            yield from self._calling(invocation.call, Frame(facts.path, invocation.scope))

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

    def _binding(self, facts: FileFacts, scope: Scope, binding: Binding) -> Iterator[Change]:
        """Read `agent.handoffs = […]`, `.append(…)`, `.extend(…)`, `+=`, `llm.temperature = …`."""
        added = binding.how == "augmented" or binding.key in _GROWING
        if binding.value is None or not (added or binding.how in {"assignment", "item"}):
            return
        value = binding.value
        if binding.how == "call" and binding.key in _ONE:
            value = alone(value)
        frame = Frame(facts.path, scope.symbol)
        for head, name in attributes_set(binding, self.attributes, self.judged):
            found = Added(name, Found(value, frame), instead=not added)
            yield Change(owner_path(binding, head), frame, found)


def with_added(
    walk: Walk,
    surface: Surface,
    settings: Mapping[str, Setting],
    added: Mapping[str, tuple[Added, ...]],
) -> dict[str, Setting]:
    """Give the settings of a call with what was added to them later, or set instead of them."""
    lists = _assigned(surface)
    set_alone = {
        name: changes
        for name, changes in added.items()
        if name not in lists and all(each.instead for each in changes)
    }
    grown = with_set(walk, surface, settings, set_alone)
    for name in set(added) - set(set_alone):
        if name in settings:
            more = [read_setting(walk, each.found) for each in added[name]]
            grown[name] = _together((settings[name], *more))
    return grown


def _together(settings: tuple[Setting, ...]) -> Setting:
    ends = tuple(end for each in settings for end in each.ends)
    series = [end.expression for end in ends if isinstance(end.expression, Series)]
    unread = [each for each in settings if each.state is SettingState.UNRESOLVED or each.reason]
    count = sum(len(each.items) for each in series)
    first = next((each.at for each in settings if each.at is not None), None)
    if not ends:
        return unread[0] if unread else settings[0]
    return Setting(
        state=SettingState.EXPLICIT,
        value=f"list of {count}" if len(series) == len(ends) and not unread else None,
        at=first,
        ends=ends,
        reason=unread[0].reason if unread else "",
    )


def _assigned(surface: Surface) -> frozenset[str]:
    """Name the attributes that stand for arguments whose change matters here."""
    return frozenset(each.partition(".")[0] for each in surface.offers) | frozenset(
        each.name for each in surface.prompts if each.form == "text"
    )
