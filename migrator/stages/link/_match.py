"""Match calls with the playbook's call shapes, by the receiver that they are made on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.expression import (
    Call,
    Expression,
    Item,
    Keyword,
    Member,
    Name,
    Opaque,
    dotted,
)
from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.playbook import CallShape, Library, Playbook, Receiver, Surface
from migrator.domain.roles import is_test
from migrator.domain.site import Setting
from migrator.domain.source import Place
from migrator.domain.trail import Confidence, Frame, Outside
from migrator.following.port import Walk
from migrator.stages.link._receivers import Client, find_clients
from migrator.stages.link._repointed import Change, repointed

# Callables that take a callable and its arguments, and call it.
PUTTING_OFF = frozenset({"to_thread", "partial", "run_sync", "submit"})


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
    redirected: Place | None = None


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
    redirects: dict[str, Place | None] = field(default_factory=dict)

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
        """Tell which shape a call has; None for a call that is not ours.

        `asyncio.to_thread(client.responses.create, model=…)` and a `partial` are the call that
        they put off.
        """
        invocation = _put_off(invocation)
        callee = _plain(invocation.call.callee)
        tail = (dotted(callee) or _last(callee)).rpartition(".")[2]
        for candidate in self.by_tail.get(tail, ()):
            found = self._fit(facts, invocation, candidate)
            if found:
                return found
        return None

    def _redirected(self, library: Library) -> Place | None:
        """Find where the calls of a library are pointed elsewhere, once for each library."""
        if library.id not in self.redirects:
            self.redirects[library.id] = next(self._redirections(library), None)
        return self.redirects[library.id]

    def _redirections(self, library: Library) -> Iterator[Place]:
        for name in library.redirects:
            for path, invocation in self.walk.callers.named(name.rpartition(".")[2]):
                ends = self.walk.follow(invocation.call.callee, Frame(path, invocation.scope))
                if not is_test(path) and any(
                    isinstance(end, Outside) and end.name == name for end in ends
                ):
                    yield invocation.call.at.within(path)

    def _fit(
        self, facts: FileFacts, invocation: Invocation, candidate: _Candidate
    ) -> Matched | None:
        frame = Frame(facts.path, invocation.scope)
        shape, library = candidate.shape, candidate.library
        surface = self.playbook.surface(shape.surface)
        name = ".".join(candidate.members)
        if name in shape.callables:
            ends = self.walk.follow(_plain(invocation.call.callee), frame)
            if any(isinstance(end, Outside) and end.name == name for end in ends):
                return Matched(
                    facts,
                    invocation,
                    shape,
                    surface,
                    None,
                    {},
                    Confidence.CERTAIN,
                    redirected=self._redirected(library),
                )
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


def _put_off(invocation: Invocation) -> Invocation:
    """Give the call that is handed over with its arguments, to be made later or elsewhere.

    Who calls a `partial` may add arguments that are not seen here.
    """
    call = invocation.call
    match call.callee, call.positional:
        case ((Member(name=name) | Name(name=name)), (Member() as callee, *rest)) if (
            name in PUTTING_OFF
        ):
            later = (
                (Keyword(None, Opaque(call.at, "later arguments")),) if name == "partial" else ()
            )
            keywords = (*call.keywords, *later)
            made = replace(call, callee=callee, positional=tuple(rest), keywords=keywords)
            return replace(invocation, call=made)
        case _:
            return invocation


def _plain(callee: Expression) -> Expression:
    """Take the type arguments off a generic: `Agent[Context](…)` calls `Agent`."""
    return callee.base if isinstance(callee, Item) else callee


def _last(callee: Expression) -> str:
    return callee.name if isinstance(callee, Member) else ""
