"""Find the gates that the id of a site has to pass, and evaluate them for source and target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.domain.catalogue import Standing
from migrator.domain.facts import FileFacts, Guard
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.site import BoundSite, Reference
from migrator.domain.source import Place
from migrator.following.follow import Follower
from migrator.following.guarded import Guards
from migrator.following.worlds import World, assume
from migrator.stages.gates._answered import gates_of_answers
from migrator.stages.gates._arguments import UnclearTests
from migrator.stages.gates._choices import choices, has_options
from migrator.stages.gates._described import Crossing
from migrator.stages.gates._failures import failures
from migrator.stages.gates._involved import Candidate, Origins, candidates_by_place
from migrator.stages.gates._near import files_near
from migrator.stages.gates._nothing import found_nothing
from migrator.stages.gates._passing import passes

__all__ = ["Gated", "find_gates", "gates_of_answers"]

_WORST_FIRST = (
    Passage.RAISES,
    Passage.UNCLEAR,
    Passage.ELSEWHERE,
    Passage.ARGUMENTS,
    Passage.DIFFERS,
)
_ASKED = frozenset({Standing.SOURCE, Standing.UNRECOGNISED})


@dataclass(frozen=True, slots=True)
class Gated:
    """The gates of one site, and the world after its change to read its settings in.

    `paths` are the files that the evaluation read; `reached` tells whether the call runs for the
    id of the site or for the target at all.
    """

    gates: tuple[Gate, ...]
    after: World
    paths: tuple[str, ...]
    reached: bool = True


@dataclass(frozen=True, slots=True)
class _Crossed:
    """What one reference has to pass, whichever call it reaches, and the tests left open."""

    crossing: Crossing
    gates: tuple[Gate, ...]
    unclear: UnclearTests


def find_gates(
    sites: Iterable[BoundSite], walk: Follower, files: Sequence[FileFacts], target: str
) -> Mapping[str, Gated]:
    """Give, by site id, the gates that treat the target otherwise than the id of the site.

    Only code that the very literal of the site's reference can reach is looked at, in the files on
    the way of the sites and those that they import; a site whose id meets no such code has no
    entry. Tests of the project are none of its gates.
    """
    bound = [site for site in sites if site.call and _may_move(site.reference)]
    places = {site.reference.place for site in bound if site.reference}
    near_by = files_near(walk, files, bound)
    candidates = candidates_by_place(walk, near_by, places)
    guards = Guards()
    crossed: dict[Place, _Crossed] = {}
    found: dict[str, Gated] = {}
    for site in bound:
        reference = site.reference
        if reference is None:
            continue
        near = candidates.get(reference.place, ())
        if not near and not has_options(reference):
            continue
        if reference.place not in crossed:
            crossed[reference.place] = _cross(
                _crossing(walk, guards, reference, target, near), near
            )
        passed = crossed[reference.place]
        crossing = passed.crossing
        every: tuple[Gate, ...] = ()
        if _moves(reference):
            own = passed.unclear.gates(site.call) if site.call else ()
            listed = choices(crossing, reference)
            every = tuple(sorted({*passed.gates, *own, *listed}, key=_order))
        paths = tuple(sorted(crossing.after.opened))
        found[site.id] = Gated(every, crossing.after, paths, _is_reached(crossing, site))
    return found


def _is_reached(crossing: Crossing, site: BoundSite) -> bool:
    """Whether the call runs, and what makes the object that it is made on, for either id."""
    call = site.call
    if call is None:
        return True
    steps = [(call.frame, call.invocation.call.at.start)]
    steps += [
        (each.frame, each.call.at.start) for each in (call.holder.made if call.holder else ())
    ]
    return any(
        all(world.reaches(frame, at) for frame, at in steps)
        for world in (crossing.before, crossing.after)
    )


def _may_move(reference: Reference | None) -> bool:
    """Whether an id may change, or may be none of the project's models at all."""
    return reference is not None and reference.recognised.standing in _ASKED


def _moves(reference: Reference) -> bool:
    return reference.recognised.standing is Standing.SOURCE


def _crossing(
    walk: Follower,
    guards: Guards,
    reference: Reference,
    target: str,
    candidates: Iterable[Candidate],
) -> Crossing:
    old, place = reference.recognised, reference.place
    new = reference.literal
    if _moves(reference):
        new = new.replace(old.id, old.becomes(target), 1)
    deciding = Guards()
    for each in candidates:
        if isinstance(each.code, Guard):
            deciding.add(each.frame.path, each.code)
    return Crossing(
        before=assume(walk, guards, place, reference.literal, deciding),
        after=assume(walk, guards, place, new, deciding),
        model=new,
    )


def _cross(crossing: Crossing, candidates: Sequence[Candidate]) -> _Crossed:
    tests = ((each.code, each.frame) for each in candidates)
    guards = tuple((code, frame) for code, frame in tests if isinstance(code, Guard))
    unclear = UnclearTests(crossing, guards, Origins(crossing.after))
    return _Crossed(crossing, _gates(crossing, candidates), unclear)


def _gates(crossing: Crossing, candidates: Iterable[Candidate]) -> tuple[Gate, ...]:
    """Give the gates that do not simply let the target pass, the worst of each line and kind."""
    near = tuple(candidates)
    passed = [gate for gate in (passes(crossing, each) for each in near) if gate]
    passed += [*failures(crossing, near), *found_nothing(crossing, near)]
    worst_first = sorted(passed, key=_weight)
    found: dict[tuple[str, int, GateKind], Gate] = {}
    for gate in worst_first:
        found.setdefault((gate.at.path, gate.at.line, gate.kind), gate)
    return tuple(found.values())


def _weight(gate: Gate) -> int:
    return _WORST_FIRST.index(gate.passage)


def _order(gate: Gate) -> tuple[Place, str, str]:
    return gate.at, gate.kind, gate.passage
