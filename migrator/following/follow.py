"""Follow an expression through names, imports, members and calls to where its value is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self, assert_never

from migrator.domain.expression import (
    Call,
    Choice,
    ChoiceKind,
    Comparison,
    Expression,
    Item,
    Join,
    Member,
    Name,
    Opaque,
    Scalar,
    Series,
    Spread,
    Table,
    Text,
)
from migrator.domain.facts import Binding, FileFacts, Guard, Import, Scope, ScopeKind
from migrator.domain.ports import Facts
from migrator.domain.source import Place, Skipped
from migrator.domain.trail import Defined, Entered, Found, Frame, Hop, HopKind, Lost, Outside, Trail
from migrator.following.bound import follow_bound
from migrator.following.calls import follow_call
from migrator.following.decisions import Decisions, entered_by
from migrator.following.guarded import LEAVING, Guards
from migrator.following.hops import MOST_HOPS, is_nothing, variables_of_nothing, via
from migrator.following.members import follow_member
from migrator.following.parameters import follow_parameter
from migrator.following.port import KnownCallers, Mark
from migrator.following.running import made_in, stopped, surely
from migrator.following.scopes import (
    FromBindings,
    FromImport,
    FromParameter,
    FromScope,
    class_given,
    lookup,
)
from migrator.following.stars import starred
from migrator.following.subscripts import follow_item
from migrator.following.ways import MOST_ENDS, MOST_WAYS, distinct

NEVER = MOST_HOPS + 1
SPENT = -1
MOST_STEPS = 2_000  # of one value: code that needs more is a web that no reader would trust either
HEAVY = MOST_STEPS // 4
MOST_ASKED = 40  # steps to find out what decides a branch


@dataclass
class Follower:
    """Walks values across a project; bounded in depth and safe from cycles.

    `callers` knows the calls of the files read so far. `active` maps what is being followed to
    its depth; an end cut short there is not remembered for what lies between. `steps` counts what
    one value took, with all that is `nested` in it. What took a large share of one that took too
    much is remembered as far as it came: all that leads there would find the same web. What calls
    `decided` is kept, and what is followed for it, `apart`, in `beside`. A value has `most_ends`.
    """

    source: Facts
    callers: KnownCallers
    active: dict[Mark, int] = field(default_factory=dict)
    known: dict[Mark, tuple[Trail, ...]] = field(default_factory=dict)
    cut: int = NEVER
    steps: int = 0
    nested: int = 0
    guards: Guards = field(default_factory=Guards)
    decided: dict[tuple[int, int, Frame], bool | None] = field(default_factory=dict)
    beside: dict[Mark, tuple[Trail, ...]] = field(default_factory=dict)
    apart: bool = False
    most_ends: int = MOST_ENDS
    wide: Self | None = None

    @property
    def spent(self) -> bool:
        """Whether the value that is followed took too many steps to go on."""
        return self.steps > MOST_STEPS

    def wider(self) -> Self:
        """Give the walk that follows more ways to a value, which knows nothing of this one's."""
        if self.wide is None:
            wide = replace(self, active={}, known={}, decided={}, beside={}, nested=0, apart=False)
            wide.most_ends, wide.wide, self.wide = MOST_WAYS, wide, wide
        return self.wide

    def follow(self, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
        """Give every end that `expression` can come from when read in `frame`, at least one."""
        if isinstance(expression, Text) and expression.written is not None:
            return (Found(expression, frame),)  # made on the way, not read at its place
        at = expression.at
        mark = (at.start, at.end, getattr(expression, "name", type(expression)), frame)
        return self.once(mark, at.within(frame.path), lambda: self._step(expression, frame))

    def once(
        self, mark: Mark, at: Place, step: Callable[[], tuple[Trail, ...]]
    ) -> tuple[Trail, ...]:
        """Take a step unless it was taken, or is under way further up."""
        done = self.known.get(mark)
        if done is not None:
            return done
        depth = len(self.active)
        if depth == 0 and self.nested == 0:
            self.steps = 0
        self.steps += 1
        if self.steps > MOST_STEPS:
            self.cut = SPENT
            return (Lost("too many ways lead here", at),)
        if mark in self.active or depth >= MOST_HOPS:
            self.cut = min(self.cut, self.active.get(mark, 0))
            return (Lost("the value depends on itself", at),)
        outside, self.cut = self.cut, NEVER
        before = self.steps
        self.active[mark] = depth
        try:
            trails = distinct(step(), at, self.most_ends)
        finally:
            del self.active[mark]
        if self.cut >= depth or (depth == 0 and self.nested == 0):
            self.known[mark] = trails
            self.cut = outside
        else:
            if self.cut == SPENT and self.steps - before > HEAVY:
                self.known[mark] = trails
            self.cut = min(self.cut, outside)
        return trails

    def _step(self, expression: Expression, frame: Frame) -> tuple[Trail, ...]:
        match expression:
            case Name():
                return self._name(expression, frame)
            case Member():
                return follow_member(self, expression, frame)
            case Item():
                return follow_item(self, expression, frame)
            case Call():
                return follow_call(self, expression, frame)
            case Choice():
                return self._choice(expression, frame)
            case Join(parts=(only,)):
                return self.follow(only, frame)
            case Text() | Scalar() | Join() | Table() | Series() | Comparison() | Opaque():
                return (Found(expression, frame),)
            case Spread(value=value):
                return self.follow(value, frame)
            case _:
                assert_never(expression)

    def entered(self, path: str, scope: Scope, call: Call, caller: Frame) -> Frame:
        """Give the frame of a function entered from `call`, read in the frame `caller`."""
        outer = tuple(each for each in caller.callers if each.path == path)
        return Frame(
            path, scope.symbol, (Entered(path, scope.symbol, call.at, caller, call), *outer[:2])
        )

    def _name(self, expression: Name, frame: Frame) -> tuple[Trail, ...]:
        facts = self.file(frame.path)
        if facts is None:
            return (Lost("the file cannot be read", expression.at.within(frame.path)),)
        return self.named(facts, expression, frame, expression.at.start)

    def named(
        self, facts: FileFacts, expression: Name, frame: Frame, before: int | None
    ) -> tuple[Trail, ...]:
        """Follow a bare name of the scope that `frame` stands in."""
        name = expression.name
        found = lookup(facts, frame.symbol, name, before, self.settled(frame))
        match found:
            case FromParameter(scope=scope, parameter=parameter):
                owner = class_given(facts, scope, parameter)
                if owner is not None:
                    return (Defined(facts.path, owner.symbol),)
                return follow_parameter(self, facts, scope, parameter, frame)
            case FromBindings(scope=scope, bindings=bindings, parameter=parameter):
                around = "" if scope.kind is ScopeKind.MODULE else scope.symbol
                trails = self.bound(bindings, frame.inside(around))
                if parameter:
                    trails += follow_parameter(self, facts, scope, parameter, frame)
                return trails
            case FromImport(imported=imported):
                return self.imported(imported, frame)
            case FromScope(scope=scope):
                return (Defined(facts.path, scope.symbol),)
            case None:
                return starred(self, facts, name) or (
                    Outside(name, expression.at.within(frame.path)),
                )
            case _:
                assert_never(found)

    def bound(self, bindings: tuple[Binding, ...], frame: Frame) -> tuple[Trail, ...]:
        """Follow the values of bindings, read in their own scope."""
        return follow_bound(self, bindings, frame)

    def imported(self, imported: Import, frame: Frame) -> tuple[Trail, ...]:
        """Follow a name to the module it was imported from."""
        at = imported.at.within(frame.path)
        hop = Hop(at, HopKind.IMPORT, detail=imported.local)
        path = self.source.module(dotted := imported.module, frame.path)
        if path in {None, frame.path} and imported.symbol is not None:
            # a folder without a face, or the face itself: what is imported is a module inside
            inner = self.source.module(f"{dotted}.{imported.symbol}", frame.path)
            if inner is not None:
                return (Defined(inner, "", (hop,)),)
        if imported.symbol is None:
            return (Defined(path, "", (hop,)) if path else Outside(dotted, at),)
        if path is None:
            return (Outside(f"{dotted}.{imported.symbol}", at),)
        return via(self.exported(path, imported.symbol), hop)

    def _why_unread(self, path: str) -> str:
        found = self.source.facts(path)
        made = isinstance(found, Skipped) and found.reason.startswith("generated")
        return f"{path} is generated, so its origin decides" if made else f"{path} cannot be read"

    def exported(self, path: str, name: str) -> tuple[Trail, ...]:
        """Follow a name that the module at `path` makes public."""
        facts = self.file(path)
        at = Frame(path, "")
        if facts is None:
            return (Lost(self._why_unread(path), Place(path, 1)),)
        found = lookup(facts, "", name, None)
        if found is None:
            inner = self.source.module(f"{facts.module}.{name}", path)
            if inner is not None and inner != path:
                return (Defined(inner, ""),)
            return starred(self, facts, name) or (
                Lost(f"{path} does not define {name}", Place(path, 1)),
            )
        placeholder = Name(facts.scopes[""].at, name)
        return self.once(
            (name, 0, Name, at), Place(path, 1), lambda: self.named(facts, placeholder, at, None)
        )

    def file(self, path: str) -> FileFacts | None:
        """Give a file's facts, None where it cannot be read."""
        facts = self.source.facts(path)
        return facts if isinstance(facts, FileFacts) else None

    def runs(self, frame: Frame, at: int) -> bool:
        """Tell whether the code at a byte of a frame's scope may run."""
        return not stopped(self, frame, at, LEAVING)

    def surely_runs(self, frame: Frame, at: int) -> bool:
        """Whether every guard around the code at a byte of a frame's scope lets it run."""
        return surely(self, frame, at)

    def settled(self, frame: Frame) -> Callable[[Scope, Binding], bool | None] | None:
        """Give what is known of the conditional bindings that are seen from a frame."""
        return made_in(self, frame, LEAVING) if self.in_question(frame) else None

    def around(self, frame: Frame) -> tuple[Guard, ...]:
        """Give all guards of a frame's scope."""
        return self.guards.of(facts, frame.symbol) if (facts := self.file(frame.path)) else ()

    def in_question(self, frame: Frame) -> tuple[Guard, ...]:
        """Give the guards that the call may decide which entered a frame's function."""
        asked = frame.callers and not self.apart and entered_by(frame)
        return self.around(frame) if asked else ()

    def holds(self, guard: Guard, frame: Frame) -> bool | None:
        """Tell whether a guard's test holds for the call that entered its function.

        What decides it is followed apart, with all branches that other guards may leave out.
        """
        key, facts = (guard.test.at.start, guard.test.at.end, frame), self.file(frame.path)
        if key not in self.decided:
            if self.apart or facts is None or entered_by(frame) is None:
                return None
            scope, changing = self.guards.scope(facts, frame.symbol)
            walking = self.active, self.cut, self.steps
            self.active, self.cut, self.steps = {}, NEVER, MOST_STEPS - MOST_ASKED
            keeping, self.known, self.apart = self.known, self.beside, True
            self.nested += 1
            try:
                self.decided[key] = Decisions(self, frame, scope, changing).holds(guard.test)
            finally:
                (self.active, self.cut, self.steps), self.known = walking, keeping
                self.apart, self.nested = False, self.nested - 1
        return self.decided[key]

    def _choice(self, expression: Choice, frame: Frame) -> tuple[Trail, ...]:
        at = expression.at.within(frame.path)
        trails: tuple[Trail, ...] = ()
        over: tuple[Hop, ...] = ()
        for option in expression.options:
            ends = self.follow(option, frame) if self.runs(frame, option.at.start) else ()
            taken = expression.kind is ChoiceKind.CONDITION or option is expression.options[-1]
            trails += via(tuple(e for e in ends if taken or not is_nothing(e)), *over)
            over += () if taken else variables_of_nothing(ends)
        hop = Hop(at, HopKind.CHOICE, detail=expression.kind.value)
        return via(trails, hop) or (Lost("no branch of the choice runs", at),)
