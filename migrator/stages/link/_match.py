"""Match calls with the playbook's call shapes, by the receiver that they are made on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from migrator.domain.facts import FileFacts, Invocation
from migrator.domain.holder import Holder
from migrator.domain.playbook import CallShape, Library, Playbook, Receiver
from migrator.domain.surface import Surface
from migrator.domain.trail import Confidence, Frame
from migrator.domain.wrapper import OWN
from migrator.following.deferred import deferred, handed_at_once, is_partial, without_later
from migrator.following.port import Walk
from migrator.stages.link._added import Additions
from migrator.stages.link._callee import strip_members
from migrator.stages.link._declared import Declared
from migrator.stages.link._for_all import ForAll
from migrator.stages.link._gathered import gather, within
from migrator.stages.link._held import Held, Holders, joined
from migrator.stages.link._matched import Matched, as_sure, matched_on, with_given
from migrator.stages.link._methods import Method, Methods
from migrator.stages.link._named import Named, as_made, names_of
from migrator.stages.link._receivers import client_of, find_clients
from migrator.stages.link._repointed import Change, repointed
from migrator.stages.link._runs import RunCalls


@dataclass(frozen=True, slots=True)
class _Candidate:
    members: tuple[str, ...]
    shape: CallShape
    library: Library

    def order(self) -> tuple[int, bool, bool, str]:
        """Put the longest path first, and last what has to be told by its address."""
        shape = self.shape
        return -len(self.members), bool(shape.address), not shape.beside, shape.id


@dataclass
class Matcher:
    """The call shapes of a playbook, indexed by the last member of the callee."""

    playbook: Playbook
    walk: Walk
    changes: tuple[Change, ...] = ()
    by_tail: dict[str, list[_Candidate]] = field(init=False)
    for_all: ForAll = field(init=False)
    holders: Holders = field(init=False)
    made_by: frozenset[str] = field(init=False)
    named: Named = field(init=False)
    declared: Declared = field(init=False)
    additions: Additions = field(init=False)
    runs: RunCalls = field(init=False)
    methods: Methods = field(init=False)
    called: frozenset[tuple[str, int]] | None = None

    def __post_init__(self) -> None:
        """Index the shapes: longer member paths are tried first."""
        self.by_tail = {}
        self.holders = Holders.of(self.playbook)
        called = {n for lib in self.playbook.libraries for s in lib.shapes for n in s.callables}
        self.made_by = frozenset(
            name.rpartition(".")[2] for name in self.holders.by_constructor if name not in called
        )
        for library in self.playbook.libraries:
            for shape in library.shapes:
                for path in (*shape.members, *shape.callables):
                    members = tuple(path.split("."))
                    candidate = _Candidate(members, shape, library)
                    self.by_tail.setdefault(members[-1], []).append(candidate)
        for candidates in self.by_tail.values():
            candidates.sort(key=_Candidate.order)
        self.declared = Declared.of(self.walk, self.playbook)
        self.named = Named.of(self.walk, self.made_by.union(self.by_tail))
        self.additions = Additions(self.playbook, self.walk)
        self.for_all = ForAll(self.walk, self._receivers())
        self.runs = RunCalls(self.walk, self.holders, self.additions)
        self.methods = Methods(self.walk, self.walk)

    def match(self, facts: FileFacts, invocation: Invocation) -> tuple[Matched, ...]:
        """Tell which shape a call has; none for a call that is not ours.

        A call on an object that holds a model matches once for each object that it may be.
        `asyncio.to_thread(client.responses.create, model=…)` and a `partial` are the call that
        they put off.
        """
        if self.declared.holds(facts.path, invocation.scope):
            return ()
        handed = deferred(invocation)
        if handed is not None and is_partial(handed):
            if (facts.path, invocation.call.at.start) in self._called():
                return ()  # its calls are looked at
            at_once = invocation.call.at.start in handed_at_once(facts)
            handed = without_later(handed) if at_once else handed
        invocation = handed or invocation
        together: tuple[Matched, ...] = ()
        for tail in self.named.tails(self.walk, facts, invocation):
            for candidate in self.by_tail.get(tail, ()):
                found = self._fit(facts, invocation, candidate)
                together += found
                if found and candidate.shape.alone:
                    return together
        return together or self._by_method(facts, invocation)

    def _by_method(self, facts: FileFacts, invocation: Invocation) -> tuple[Matched, ...]:
        """Match a call of what stands for the method of a client, or that is handed such a one."""
        handed = self.methods.handed(facts, invocation)
        if handed is not None:
            return self._fit_method(facts, handed[1], handed[0])
        found: dict[object, tuple[Matched, ...]] = {}
        for each in self.methods.of_call(facts, invocation):
            key = (each.entered, tuple((made.frame, made.call.at) for made in each.given))
            if not found.get(key):
                found[key] = self._fit_method(facts, invocation, each)
        return tuple(matched for each in found.values() for matched in each)

    def _called(self) -> frozenset[tuple[str, int]]:
        """Give the places of the partials that calls in view are calls of."""
        if self.called is None:
            self.called = frozenset(
                (made.frame.path, made.call.at.start)
                for facts, invocation in self.methods.candidates()
                for matched in self._by_method(facts, invocation)
                for made in (matched.holder.made if matched.holder else ())
            )
        return self.called

    def _fit_method(
        self, facts: FileFacts, invocation: Invocation, method: Method
    ) -> tuple[Matched, ...]:
        for candidate in self.by_tail.get(method.tail, ()):
            found = self._fit(facts, invocation, candidate, method)
            if found:
                return tuple(with_given(each, method) for each in found)
        return ()

    def match_making(self, facts: FileFacts, invocation: Invocation) -> Matched | None:
        """Tell whether a call makes an object that holds a model, and take it for a site."""
        if self.declared.holds(facts.path, invocation.scope):
            return None
        if not self.made_by.intersection(self.named.tails(self.walk, facts, invocation)):
            return None
        names = names_of(self.walk, facts, invocation)
        found = {r.id: r for n, r in self.holders.by_constructor.items() if n in names}
        receivers = sorted(found.values(), key=lambda each: (each.host == "openai", each.id))
        for receiver in receivers[:1]:
            shape = CallShape(
                id=receiver.id,
                library=receiver.library,
                surface=receiver.surface or "",
                callables=receiver.constructors,
                positional=receiver.positional,
            )
            surface = self.playbook.surface(shape.surface)
            on = self._on(facts, as_made(invocation), shape, surface, Held(receiver, ()))
            return replace(on, holder=None, alone=True)
        return None

    def take_in(self, files: Sequence[FileFacts]) -> None:
        """Read what files add to objects, and under which names they keep methods."""
        shapes = (shape for library in self.playbook.libraries for shape in library.shapes)
        tails = {path.rpartition(".")[2] for shape in shapes for path in shape.members}
        self.methods = Methods.of(self.walk, files, tails, self.by_tail)
        self.additions.take_in(files)

    def _fit(
        self,
        facts: FileFacts,
        invocation: Invocation,
        candidate: _Candidate,
        method: Method | None = None,
    ) -> tuple[Matched, ...]:
        """Tell whether a call, or the method that it stands for, fits a shape."""
        frame = Frame(facts.path, invocation.scope)
        written = method or Method(invocation.call.callee, frame)
        shape, library = candidate.shape, candidate.library
        surface = self.playbook.surface(shape.surface)
        name = ".".join(candidate.members)
        if method is not None and library.id == OWN:
            return ()
        if name in shape.callables:
            if library.id == OWN:
                return self._of_wrapper(facts, invocation, shape, surface)
            if name not in written.names(self.walk, facts, invocation):
                return ()
            made = as_made(invocation)
            surface = self.for_all.routed(surface, facts.path)
            matched = Matched(facts, made, shape, surface, None, {}, Confidence.CERTAIN)
            return (replace(matched, redirected=self.for_all.redirected(library, facts.path)),)
        if not shape.receivers and method is not None:
            return ()
        if not shape.receivers:
            matched = Matched(facts, invocation, shape, surface, None, {}, Confidence.CERTAIN)
            return (matched,) if self._takes_holder(matched) else ()
        receivers = tuple(r for r in library.receivers if r.id in shape.receivers)
        transparent = frozenset(name for r in receivers for name in r.transparent)
        base = strip_members(written.callee, candidate.members, transparent)
        if base is None:
            return ()
        if any(each.surface for each in receivers):
            redirected = self.for_all.redirected(library, facts.path)
            return tuple(
                replace(as_sure(matched, written), redirected=redirected)
                for held in self._held(written, candidate, receivers)
                for matched in (self._on(facts, invocation, shape, surface, held),)
            )
        every = self._receivers() if any(each.wraps for each in receivers) else ()
        client = find_clients(
            self.walk, base, written.frame, receivers, distinct=shape.distinct, wrapped=every
        )
        if client is None:
            return ()
        pointed = repointed(self.walk, written.callee, base, written.frame, client, self.changes)
        return (as_sure(matched_on(facts, invocation, shape, surface, pointed), written),)

    def _of_wrapper(
        self, facts: FileFacts, invocation: Invocation, shape: CallShape, surface: Surface
    ) -> tuple[Matched, ...]:
        frame = Frame(facts.path, invocation.scope)
        names = names_of(self.walk, facts, invocation)
        if shape.id not in names | self.declared.names_of(self.walk, invocation.call, frame):
            return ()
        shown, holder = self.declared.shown(self.walk, shape)
        matched = Matched(facts, invocation, shown, surface, None, {}, Confidence.CERTAIN)
        return (replace(matched, holder=holder),)

    def _receivers(self) -> tuple[Receiver, ...]:
        return tuple(each for library in self.playbook.libraries for each in library.receivers)

    def _takes_holder(self, matched: Matched) -> bool:
        """Whether a call is given an object that holds a model, as its model."""
        name = matched.surface.model
        call, frame = matched.invocation.call, Frame(matched.facts.path, matched.invocation.scope)
        if not any(each.name == name for each in call.keywords) and not matched.shape.positional:
            return False
        arguments, _ = gather(self.walk, call, frame, matched.shape, matched.surface, None)
        given = arguments.get(name)
        return given is not None and bool(
            self.holders.find(self.walk, given.expression, given.frame)
        )

    def _held(
        self,
        written: Method,
        candidate: _Candidate,
        receivers: tuple[Receiver, ...],
    ) -> tuple[Held, ...]:
        """Find the holders that a call is made on, with what is added on the way to it."""
        base = strip_members(written.callee, candidate.members, frozenset())
        if base is None:
            return ()
        found = self.holders.find(self.walk, base, written.frame)
        found = found or self.holders.find_annotated(self.walk, base, written.frame)
        return tuple(each for each in found if each.receiver in receivers)

    def hold(self, matched: Matched, held: Held, argument: str) -> Matched:
        """Give a match whose model is brought by an object, handed to the call as an argument."""
        found = self._on(
            matched.facts, matched.invocation, matched.shape, matched.surface, held, argument
        )
        return replace(found, redirected=matched.redirected or found.redirected)

    def _on(
        self,
        facts: FileFacts,
        invocation: Invocation,
        shape: CallShape,
        surface: Surface,
        held: Held,
        argument: str = "",
    ) -> Matched:
        frame = within(Frame(facts.path, invocation.scope), held.entered)
        brought = self.playbook.surface(held.receiver.surface or surface.id)
        surface = self.for_all.routed(joined(surface, brought), facts.path)
        receivers = self._receivers()
        holder = Holder(
            held.receiver.library, held.receiver.surface or "", held.made, held.piped, argument
        )
        arguments, _ = gather(self.walk, invocation.call, frame, shape, surface, holder)
        client = client_of(self.walk, held.receiver, arguments, receivers)
        hosts = client.hosts or ((client.receiver.host,) if client.receiver else ())
        matched = matched_on(facts, invocation, shape, surface, replace(client, hosts=hosts))
        return replace(matched, holder=holder, entered=held.entered)
