"""Find the method of a client that a call stands for: one kept under a name, wrapped or handed on.

`ask = client.responses.create` and then `ask(model=…)`, `self.create = …`, a `partial` of it, a
decorator called on it, and `retrying(client.responses.create, model=…)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from migrator.domain.expression import Call, Expression, Item, Member, Name, dotted
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.holder import Made
from migrator.domain.trail import Confidence, Defined, Entered, Found, Frame, Outside, Trail
from migrator.following.aliases import PARTIAL, called_name
from migrator.following.construction import constructions
from migrator.following.handed_through import Wrapping
from migrator.following.port import Walk
from migrator.stages.link._applied import added_for, applied
from migrator.stages.link._callee import tail_of
from migrator.stages.link._calls_given import calls_what_it_is_given
from migrator.stages.link._handed_on import ways_in
from migrator.stages.link._kept_names import TRANSPARENT, KeptNames
from migrator.stages.link._named import names_of

_DEEPEST = 4
_FIRST_TWO = 2
_MODEL = "model"


@dataclass(frozen=True, slots=True)
class Method:
    """A method as written, where it is read, and what partials of it were given beforehand.

    `entered` is the call by which it was handed to the function that calls it; `outside` the
    dotted name of what is no method but a function or class. `wrapped` are the calls by which
    decorators of the project add to what it is called with.
    """

    callee: Expression
    frame: Frame
    given: tuple[Made, ...] = ()
    confidence: Confidence = Confidence.CERTAIN
    entered: Entered | None = None
    outside: str = ""
    wrapped: tuple[Wrapping, ...] = ()

    @property
    def tail(self) -> str:
        """The last segment of its name."""
        return self.outside.rpartition(".")[2] or tail_of(self.callee)

    def names(self, walk: Walk, facts: FileFacts, invocation: Invocation) -> frozenset[str]:
        """Name what a call of it is a call of, outside the repository."""
        if self.callee is invocation.call.callee:
            return names_of(walk, facts, invocation)
        call = replace(invocation.call, callee=self.callee)
        return frozenset(name for name, _, _ in constructions(walk, call, self.frame))


@dataclass(frozen=True, slots=True)
class Methods:
    """The last names of methods that run models, and the names that may stand for one.

    `walk` ends at methods that are not called, `plain` goes on from them.
    """

    plain: Walk
    walk: Walk
    tails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, walk: Walk, files: Iterable[FileFacts], tails: Iterable[str], callables: Iterable[str]
    ) -> Methods:
        """Gather the names that such methods are given, by their last segments."""
        known = frozenset(tails)
        names = KeptNames(known, frozenset(callables)).find(files)
        if not names:
            return cls(walk, walk, known)
        from migrator.following.methods import method_follower

        return cls(walk, method_follower(walk, known), known, names)

    def of_call(self, facts: FileFacts, invocation: Invocation) -> Iterator[Method]:
        """Give the methods that the callee of a call may stand for."""
        callee, frame = invocation.call.callee, Frame(facts.path, invocation.scope)
        match callee:
            case Name() | Member() | Item() if called_name(callee) not in self.names:
                return
            case Call() if not self._may_give(callee):
                return
            case Name() | Member() | Item() | Call():
                for each in self._of(callee, frame, 0):
                    added = tuple(added_for(each.wrapped, invocation.call, frame))
                    for method in self._reached(each, invocation, frame):
                        yield replace(method, given=(*method.given, *added))
            case _:
                return

    def handed(self, facts: FileFacts, invocation: Invocation) -> tuple[Method, Invocation] | None:
        """Read `retrying(client.responses.create, model=…)` as the call that it makes."""
        call, frame = invocation.call, Frame(facts.path, invocation.scope)
        found = self._handed(call)
        if found is None:
            return None
        given, rest = found
        sure = calls_what_it_is_given(self.plain, call.callee, frame)
        confidence = Confidence.CERTAIN if sure else Confidence.LIKELY
        made = replace(invocation, call=replace(call, callee=given, positional=rest))
        return Method(given, frame, confidence=confidence), made

    def candidates(self) -> Iterator[tuple[FileFacts, Invocation]]:
        """Give the calls that may be of something kept under a name."""
        for name in sorted({*self.names, ""}) if self.names else ():
            for path, invocation in self.plain.callers.named(name):
                facts = self.plain.file(path)
                if facts is not None:
                    yield facts, invocation

    def _may_give(self, callee: Call) -> bool:
        inner = callee.callee
        first = callee.positional[0] if callee.positional else None
        return (
            called_name(inner) in self.names
            or (isinstance(first, Member) and first.name in self.tails)
            or (isinstance(first, Call) and self._may_give(first))
        )

    def _handed(self, call: Call) -> tuple[Expression, tuple[Expression, ...]] | None:
        if not any(each.name == _MODEL for each in call.keywords):
            return None
        for index, given in enumerate(call.positional[:_FIRST_TWO]):
            if isinstance(given, Member) and given.name in self.tails and dotted(given):
                return given, call.positional[index + 1 :]
        return None

    def _reached(self, method: Method, invocation: Invocation, frame: Frame) -> Iterator[Method]:
        """Give a method with the ways into the function that calls it, where it was handed one.

        What is called with the keywords that the function itself is given is no call of its own
        unless the way in brings the model.
        """
        entered, call = method.entered, invocation.call
        if entered is None:
            yield method
            return
        if self._handed(entered.call) is not None:
            return  # it is read as the call that it makes
        named = any(
            each.name == _MODEL
            for made in (*(given.call for given in method.given), call)
            for each in made.keywords
        )
        if named or method.given:
            yield method
            return
        for way in ways_in(self.plain, call, frame, _MODEL):
            if way.at == entered.at and way.caller.path == entered.caller.path:
                yield replace(method, entered=way)

    def _of(self, value: Expression, frame: Frame, depth: int) -> Iterator[Method]:
        if depth > _DEEPEST:
            return
        for end in self.walk.follow(value, frame):
            for each in self._of_end(end, value, depth):
                likely = any(hop.confidence is Confidence.LIKELY for hop in end.hops)
                found = replace(each, entered=end.entered or each.entered)
                yield replace(found, confidence=Confidence.LIKELY) if likely else found

    def _of_end(self, end: Trail, value: Expression, depth: int) -> Iterator[Method]:
        match end:
            case Found(expression=Member() as member, frame=inside):
                if depth or member is not value:
                    yield Method(member, inside)
            case Found(expression=Call() as call, frame=inside) if call.positional:
                yield from self._made(call, inside, depth)
            case _:
                return

    def _made(self, call: Call, frame: Frame, depth: int) -> Iterator[Method]:
        """Read a `partial` of a method, and what a decorator makes of it."""
        first, *rest = call.positional
        name = called_name(call.callee)
        if name == PARTIAL:
            given = Made(replace(call, positional=tuple(rest)), frame)
            for each in self._wrapped(first, frame, depth):
                yield replace(each, given=(*each.given, given))
            return
        sure = self._is_transparent(call.callee, frame)
        ways = () if sure else applied(self.plain, call, frame)
        for each in self._wrapped(first, frame, depth):
            found = replace(each, wrapped=(*each.wrapped, *ways))
            yield found if sure else replace(found, confidence=Confidence.LIKELY)

    def _is_transparent(self, callee: Expression, frame: Frame) -> bool:
        """Whether what a function makes of a method takes what that takes, and adds nothing."""
        maker = callee.callee if isinstance(callee, Call) else callee
        ours = any(isinstance(each, Defined) for each in self.plain.follow(maker, frame))
        known = called_name(maker) in TRANSPARENT or called_name(callee) in TRANSPARENT
        return (known and not ours) or calls_what_it_is_given(self.plain, callee, frame)

    def _wrapped(self, first: Expression, frame: Frame, depth: int) -> Iterator[Method]:
        yield from self._of(first, frame, depth + 1)
        ends = self.plain.follow(first, frame) if isinstance(first, Name | Member) else ()
        for each in ends if not self._is_method(first) else ():
            if isinstance(each, Outside):
                yield Method(first, frame, outside=each.name)

    def _is_method(self, value: Expression) -> bool:
        return isinstance(value, Member) and value.name in self.tails
