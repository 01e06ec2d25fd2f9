"""Find the calls that run an object made elsewhere, and whatever that object runs in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrator.domain.addition import Added
from migrator.domain.expression import Call, Expression, Member, Scalar
from migrator.domain.holder import Holder, Made
from migrator.domain.roles import aside, is_test
from migrator.domain.run import Run, Runs
from migrator.domain.trail import Found, Frame, Hop
from migrator.following.construction import constructions
from migrator.following.listed import members_of
from migrator.following.port import Walk
from migrator.stages.link._added import Additions
from migrator.stages.link._gathered import within
from migrator.stages.link._held import Held, Holders
from migrator.stages.link._matched import Matched
from migrator.stages.link._objects import Making
from migrator.stages.link._own_object import with_own_object
from migrator.stages.link._said import OVER, said
from migrator.stages.link._settings import collect_arguments

_MOST_REACHED = 64
_AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Ran:
    """An object that a call runs, as found, with the run."""

    held: Held
    run: Run


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects that a call runs; `whole` says that it runs no other, as far as can be seen."""

    ran: tuple[Ran, ...] = ()
    whole: bool = False


@dataclass
class RunCalls:
    """The calls in view that run objects, by the call that made the object."""

    walk: Walk
    holders: Holders
    additions: Additions
    found: dict[Making, list[Run]] = field(default_factory=dict)

    def take_in(self, matches: Iterable[Matched]) -> None:
        """Note what each call runs; what tests run counts for what tests make alone.

        What documentation or an example runs is no part of the product.
        """
        for matched in matches:
            for making, run in self._runs(matched):
                test = is_test(run.at.path) and not is_test(making[0])
                if not test and making[0].startswith(aside(run.at.path)):
                    self.found.setdefault(making, []).append(run)

    def _runs(self, matched: Matched) -> Iterator[tuple[Making, Run]]:
        for each in self.objects(matched).ran:
            for making in _makings(each.held.made):
                yield making, each.run
            for making in _originals(each.held.made):
                yield making, replace(each.run, sure=False)

    def of(self, making: Making) -> tuple[Run, ...]:
        """Give the runs of the object that a call makes."""
        return tuple(self.found.get(making, ()))

    def objects(self, matched: Matched) -> Objects:
        """Give the objects that a call runs, with those that they run in turn."""
        runs = matched.shape.runs
        if runs is None:
            return Objects()
        frame = Frame(matched.facts.path, matched.invocation.scope)
        if not runs.of:
            inside = within(frame, matched.entered)
            held = self._called_on(matched.holder)
            return Objects(tuple(self._with_reached(matched, runs, inside, held)), whole=True)
        given = self._given(matched, frame).get(runs.of)
        first, whole = self._first(given) if given else ([], False)
        ran: list[Ran] = []
        for each, hops in first:
            inside = with_own_object(self.walk, within(frame, each.entered), hops)
            ran += self._with_reached(matched, runs, inside, each)
        return Objects(tuple(ran), whole=whole)

    def _with_reached(
        self, matched: Matched, runs: Runs, frame: Frame, first: Held | None
    ) -> Iterator[Ran]:
        if first is None:
            return
        given = self._given(matched, frame)
        if not runs.config:
            given = {f"{OVER}{name}": given[name] for name in runs.merged if name in given}
        at = matched.invocation.call.at.within(frame.path)
        run = Run(runs, at, given, later=self._set_later(runs, given))
        for held, sure in self._reached(first, runs):
            yield Ran(replace(held, entered=first.entered), replace(run, sure=sure))

    def _set_later(self, runs: Runs, given: Mapping[str, Found]) -> dict[str, tuple[Added, ...]]:
        """Give what is set on what a run says after that was made, by its name there."""
        later: dict[str, dict[Added, None]] = {}
        places = {f"{OVER}{name}": name for name in runs.merged}
        if runs.config:
            places = {runs.config: ""}
        for argument, name in places.items():
            for each in self.additions.inside(name, given[argument]) if argument in given else ():
                later.setdefault(each.argument, {})[each] = None
        return {name: tuple(each) for name, each in later.items()}

    def _called_on(self, holder: Holder | None) -> Held | None:
        """Give the object that a call is made on as it would be found."""
        receivers = self.holders.by_constructor.values()
        of = next((each for each in receivers if holder and each.surface == holder.surface), None)
        return Held(of, holder.made) if of and holder and holder.made else None

    def _given(self, matched: Matched, frame: Frame) -> dict[str, Found]:
        call, positional = matched.invocation.call, matched.shape.positional
        return collect_arguments(self.walk, call, frame, positional, matched.surface.spreads)[0]

    def _first(self, given: Found) -> tuple[list[tuple[Held, tuple[Hop, ...]]], bool]:
        """Give what a call is given to run, with the way to it, and whether that is all."""
        found: list[tuple[Held, tuple[Hop, ...]]] = []
        whole = True
        for end in self.walk.follow(given.expression, given.frame):
            if isinstance(end, Found) and isinstance(end.expression, Scalar):
                continue
            held = self._objects(end.expression, end.frame) if isinstance(end, Found) else ()
            found += [(replace(e, entered=end.entered or e.entered), end.hops) for e in held]
            whole = whole and bool(held)
        return found, whole

    def _objects(self, value: Expression, frame: Frame) -> tuple[Held, ...]:
        return self.holders.find(self.walk, value, frame)

    def _reached(self, first: Held, runs: Runs) -> Iterator[tuple[Held, bool]]:
        """Give an object with those that it hands over to, or that are a part of it."""
        left: list[tuple[Held, bool]] = [(first, True)]
        seen: set[object] = set()
        while left and len(seen) < _MOST_REACHED:
            held, sure = left.pop(0)
            key = tuple((each.frame.path, each.call.at) for each in held.made)
            if key in seen:
                continue
            seen.add(key)
            yield held, sure
            left += [(each, sure and certain) for each, certain in self._next(held, runs)]

    def _next(self, held: Held, runs: Runs) -> Iterator[tuple[Held, bool]]:
        arguments: dict[str, Found] = {}
        for made in held.made:
            given, _ = collect_arguments(self.walk, made.call, made.frame, made.positional)
            arguments |= given
        for name in runs.reaches:
            lists = [arguments[name]] if name in arguments else []
            lists += [each.found for each in self.additions.to(_makings(held.made), name)]
            for each in lists:
                for end in members_of(self.walk, each.expression, each.frame):
                    if isinstance(end, Found) and isinstance(end.expression, Call):
                        yield from self._member(end.expression, end.frame, runs)

    def _member(self, made: Call, frame: Frame, runs: Runs) -> Iterator[tuple[Held, bool]]:
        """Read an agent, `handoff(agent)` or `agent.as_tool(…)` in a list."""
        given = {each.name: each.value for each in made.keywords}
        if isinstance(made.callee, Member) and made.callee.name in runs.members:
            if runs.config not in given:
                for held in self._objects(made.callee.base, frame):
                    yield held, False
            return
        if any(name in runs.through for name, _, _ in constructions(self.walk, made, frame)):
            handed = given.get(_AGENT) or next(iter(made.positional), None)
            for held in self._objects(handed, frame) if handed is not None else ():
                yield held, True
            return
        for held in self._objects(made, frame):
            yield held, True


def brings(walk: Walk, run: Run) -> tuple[Found, ...]:
    """Give the models that a run may bring, in the place of those of its objects."""
    name = run.runs.model
    return tuple(each.fields[name] for each in said(walk, run) if name in each.fields)


def overrides(walk: Walk, run: Run) -> bool:
    """Whether a run certainly brings a model, so that the objects' own are not asked."""
    if not run.sure or not run.runs.model:
        return False
    brought = brings(walk, run)
    return len(brought) == len(said(walk, run)) and not any(
        isinstance(end, Found) and isinstance(end.expression, Scalar)
        for each in brought
        for end in walk.follow(each.expression, each.frame)
    )


def _makings(made: Sequence[Made]) -> tuple[Making, ...]:
    """Give the call that made an object last, which stands for it."""
    return tuple(_making(each) for each in made[-1:])


def _originals(made: Sequence[Made]) -> tuple[Making, ...]:
    """Give the call that made the original of a copy: it stands for its copies as well."""
    if not made or not made[-1].copies:
        return ()
    before = [each for each in made if not each.copies]
    return tuple(_making(each) for each in before[-1:])


def _making(made: Made) -> Making:
    return made.frame.path, made.call.at.start
