"""Account for every use of an edited definition that no judged call stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.domain.catalogue import Catalogue, Standing, Tier
from migrator.domain.expression import Call
from migrator.domain.facts import FileFacts
from migrator.domain.other_use import OtherUse
from migrator.domain.roles import is_test_file
from migrator.domain.site import BoundCall, BoundSite
from migrator.domain.source import Place
from migrator.domain.trail import Found, Frame
from migrator.domain.wrapper import OWN
from migrator.following.follow import Follower
from migrator.following.partials import makings
from migrator.stages.uses._admitted import Definition, admissions
from migrator.stages.uses._called import called_unseen
from migrator.stages.uses._changed import changes
from migrator.stages.uses._derived import derived
from migrator.stages.uses._given import Judged, given
from migrator.stages.uses._lengthened import lengthened
from migrator.stages.uses._looked_up import literal_look_ups, looked_up
from migrator.stages.uses._near import files_using
from migrator.stages.uses._origins import Origins
from migrator.stages.uses._overridden import overridden
from migrator.stages.uses._stored import stored
from migrator.stages.uses._twice import held_twice, together

__all__ = ["find_uses"]


def find_uses(
    sites: Sequence[BoundSite], walk: Follower, files: Sequence[FileFacts], catalogue: Catalogue
) -> Mapping[Place, tuple[OtherUse, ...]]:
    """Give, by the place of a reference, what else its edit would change «workflow.5.5».

    Judged calls, wrappers on the way to them, logging and gates are no such uses; nor are tests.
    """
    every = [site for site in sites if site.call]
    definitions = _definitions(every)
    if not definitions:
        return {}
    judged = _judged(every, walk)
    found: dict[Place, set[OtherUse]] = {}
    origins = Origins(walk, frozenset(definitions), _made(every))
    files = [facts for facts in files if not is_test_file(facts)]
    movable = [site for site in every if site.reference and site.reference.place in definitions]
    using = files_using(walk, files, movable)
    for facts in using:
        for place, use in (*given(facts, origins, judged), *stored(facts, origins, judged.values)):
            found.setdefault(place, set()).add(use)
    for place, use in (
        *changes(walk, files, movable),
        *overridden(walk, files, movable),
        *called_unseen(walk, files, movable, judged.calls),
        *derived(walk, using, sites, catalogue),
        *lengthened(walk, using, definitions),
    ):
        found.setdefault(place, set()).add(use)
    for place, use in _beside(walk, definitions, _mainline(movable), catalogue.target):
        found.setdefault(place, set()).add(use)
    for place, definition in definitions.items():
        for use in admissions(walk, files, definition, catalogue.target):
            found.setdefault(place, set()).add(use)
    return {place: tuple(sorted(uses)) for place, uses in found.items()}


def _definitions(sites: Iterable[BoundSite]) -> dict[Place, Definition]:
    """Give what an edit may change: each literal, with every name on its way to a call."""
    found: dict[Place, Definition] = {}
    for site in sites:
        reference = site.reference
        if reference is None or reference.recognised.standing is not Standing.SOURCE:
            continue
        hops = found[reference.place].hops if reference.place in found else frozenset()
        found[reference.place] = Definition(
            place=reference.place,
            text=reference.recognised.text,
            prefix=reference.recognised.prefix,
            hops=hops | {(hop.at, hop.detail) for hop in reference.via},
        )
    return found


def _beside(
    walk: Follower, definitions: Mapping[Place, Definition], mainline: frozenset[Place], target: str
) -> Iterator[tuple[Place, OtherUse]]:
    """Yield what stands beside a definition in its own file, each file read once."""
    by_path: defaultdict[str, list[Definition]] = defaultdict(list)
    for definition in definitions.values():
        by_path[definition.place.path].append(definition)
    for path, own in by_path.items():
        facts = walk.file(path)
        if facts is None:
            continue
        groups, reads = together(facts), literal_look_ups(facts)
        for each in own:
            new = f"{each.prefix}{target}"
            for use in held_twice(groups.get(each.place, ()), each.place, new, mainline):
                yield each.place, use
            for use in looked_up(walk, reads.get(each.text, ()), each.text) if each.hops else ():
                yield each.place, use


def _mainline(sites: Iterable[BoundSite]) -> frozenset[Place]:
    """Give the places of ids that move without a question."""
    references = [site.reference for site in sites if site.reference]
    models = [(each.place, each.recognised.model) for each in references]
    return frozenset(place for place, model in models if model and model.tier is Tier.MAINLINE)


def _judged(sites: Iterable[BoundSite], walk: Follower) -> Judged:
    calls = [site.call for site in sites if site.call]
    configured = {place for call in calls for place in _configuring(call, walk)}
    return Judged(
        calls=frozenset(place for site in sites for place in _calls(site, walk)) | configured,
        scopes=frozenset((call.frame.path, call.frame.symbol) for call in calls),
        values=frozenset(
            (found.frame.path, found.expression.at.start)
            for call in calls
            for found in call.arguments.values()
        ),
        steps=frozenset(hop.at for site in sites if site.reference for hop in site.reference.via),
        own=frozenset(scope for call in calls for scope in _declared(call, walk)),
    )


def _declared(call: BoundCall, walk: Follower) -> Iterator[tuple[str, str]]:
    """Give the scope of the declared wrapper that is called, where its definition is in view."""
    for each in call.holder.made if call.holder and call.holder.library == OWN else ():
        facts = walk.file(each.frame.path)
        for scope in facts.scopes.values() if facts else ():
            if scope.at == each.call.at:
                yield each.frame.path, scope.symbol


def _made(sites: Sequence[BoundSite]) -> dict[tuple[str, int], frozenset[Place]]:
    """Give the definitions that each object was made with, by the call that made it.

    What is a site of its own or run by one, an agent, is made to be handed around.
    """
    agents = {_own(site.call) for site in sites if site.call and not site.call.alone}
    running = (site.call for site in sites if site.call and site.call.shape.runs)
    agents |= {place for call in running for place in _making(call)}
    found: dict[tuple[str, int], frozenset[Place]] = {}
    for site in sites:
        if site.reference is None or site.call is None:
            continue
        for place in sorted(set(_making(site.call)) - agents):
            found[place] = found.get(place, frozenset()) | {site.reference.place}
    return found


def _own(call: BoundCall) -> tuple[str, int]:
    return call.frame.path, call.invocation.call.at.start


def _configuring(call: BoundCall, walk: Follower) -> Iterator[tuple[str, int]]:
    """Give the objects that carry the model to the call as an argument: `RunConfig(model=…)`."""
    head, dot, _ = call.surface.model.partition(".")
    given = call.arguments.get(head) if dot else None
    for end in walk.follow(given.expression, given.frame) if given else ():
        if isinstance(end, Found) and isinstance(end.expression, Call):
            yield end.frame.path, end.expression.at.start


def _making(call: BoundCall) -> Iterator[tuple[str, int]]:
    """Give the calls that made the object which brings the model, as far as they are in view."""
    if call.alone:
        yield _own(call)
    for each in call.holder.made if call.holder else ():
        yield each.frame.path, each.call.at.start


def _calls(site: BoundSite, walk: Follower) -> Iterable[tuple[str, int]]:
    """Give the judged call, what made its object, and every call that its frame was entered by.

    Where one of them is of a `partial`, that was made to be called there.
    """
    if site.call is None:
        return
    yield from _making(site.call)
    yield _own(site.call)
    made = site.call.holder.made if site.call.holder else ()
    frames: list[Frame] = [site.call.frame, *(each.frame for each in made)]
    for each in made:
        yield from makings(walk, each.call, each.frame)
    while frames:
        for entered in frames.pop().callers:
            yield entered.caller.path, entered.call.at.start
            yield from makings(walk, entered.call, entered.caller)
            frames.append(entered.caller)
