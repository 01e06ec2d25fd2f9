"""Match calls with the playbook's call shapes, by the receiver that they are made on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.domain.expression import Call, Expression, Member, dotted
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.playbook import CallShape, Library, Playbook, Receiver, Surface
from migrator.domain.site import Setting
from migrator.domain.trail import Confidence, Frame, Outside
from migrator.following.port import Walk
from migrator.stages.link._receivers import Client, find_clients
from migrator.stages.link._repointed import Change, repointed


@dataclass(frozen=True, slots=True)
class Matched:
    """A call that fits a shape, with the client that it is made on."""

    facts: FileFacts
    invocation: Invocation
    shape: CallShape
    surface: Surface
    receiver: Receiver | None
    client: Mapping[str, Setting]
    confidence: Confidence
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    members: tuple[str, ...]
    shape: CallShape
    library: Library


@dataclass
class Matcher:
    """The call shapes of a playbook, indexed by the last member of the callee."""

    playbook: Playbook
    walk: Walk
    changes: tuple[Change, ...] = ()
    by_tail: dict[str, list[_Candidate]] = field(init=False)

    def __post_init__(self) -> None:
        """Index the shapes: longer member paths are tried first."""
        self.by_tail = {}
        for library in self.playbook.libraries:
            for shape in library.shapes:
                for path in (*shape.members, *shape.callables):
                    members = tuple(path.split("."))
                    candidate = _Candidate(members, shape, library)
                    self.by_tail.setdefault(members[-1], []).append(candidate)
        for candidates in self.by_tail.values():
            candidates.sort(key=lambda each: (-len(each.members), each.shape.id))

    def match(self, facts: FileFacts, invocation: Invocation) -> Matched | None:
        """Tell which shape a call has; None for a call that is not ours."""
        callee = invocation.call.callee
        tail = (dotted(callee) or _last(callee)).rpartition(".")[2]
        for candidate in self.by_tail.get(tail, ()):
            found = self._fit(facts, invocation, candidate)
            if found:
                return found
        return None

    def _fit(
        self, facts: FileFacts, invocation: Invocation, candidate: _Candidate
    ) -> Matched | None:
        frame = Frame(facts.path, invocation.scope)
        shape, library = candidate.shape, candidate.library
        surface = self.playbook.surface(shape.surface)
        name = ".".join(candidate.members)
        if name in shape.callables:
            ends = self.walk.follow(invocation.call.callee, frame)
            if any(isinstance(end, Outside) and end.name == name for end in ends):
                return Matched(facts, invocation, shape, surface, None, {}, Confidence.CERTAIN)
            return None
        receivers = tuple(r for r in library.receivers if r.id in shape.receivers)
        transparent = frozenset(name for r in receivers for name in r.transparent)
        base = _strip(invocation.call.callee, candidate.members, transparent)
        if base is None:
            return None
        client = find_clients(self.walk, base, frame, receivers, distinct=shape.distinct)
        if client is None:
            return None
        pointed = repointed(self.walk, invocation.call.callee, base, frame, client, self.changes)
        return _matched(facts, invocation, shape, surface, pointed)


def _matched(
    facts: FileFacts, invocation: Invocation, shape: CallShape, surface: Surface, client: Client
) -> Matched:
    return Matched(
        facts,
        invocation,
        shape,
        surface,
        client.receiver,
        client.settings,
        client.confidence,
        client.hosts,
    )


def _strip(
    callee: Expression, members: tuple[str, ...], transparent: frozenset[str]
) -> Expression | None:
    """Take the member path off a callee; what is left is the receiver, None if it does not fit."""
    rest: Expression = callee
    wanted = list(members)
    while True:
        match rest:
            case Member(base=base, name=name) if wanted and name == wanted[-1]:
                wanted.pop()
                rest = base
            case Member(base=base, name=name) if name in transparent:
                rest = base
            case Call(callee=Member(base=base, name=name)) if name in transparent:
                rest = base
            case _:
                return None if wanted else rest


def _last(callee: Expression) -> str:
    return callee.name if isinstance(callee, Member) else ""
