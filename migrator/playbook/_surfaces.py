"""Check that call shapes, surfaces, receivers and parameter facts point to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrator.domain.addition import Addition
from migrator.domain.playbook import CallShape, Library, ParameterFact, Receiver
from migrator.domain.remedy import RemedyKind
from migrator.domain.run import Runs
from migrator.domain.surface import Surface
from migrator.domain.treatment import Treatment
from migrator.domain.version import range_of
from migrator.playbook._decode import Key, nearest

_FORMS = ("text", "messages", "hosted")


def check_libraries(libraries: tuple[Library, ...]) -> None:
    """Raise PlaybookError when an id is there twice or points to nothing."""
    seen: set[str] = set()
    markers = frozenset(each for library in libraries for each in library.markers)
    for library in libraries:
        at = Key(f"surfaces/{library.id}.toml")
        _check_markers(library, markers, at)
        for index, surface in enumerate(library.surfaces):
            here = at.child("surfaces").item(index)
            if surface.id in seen:
                raise here.child("id").refuse(f"`{surface.id}` is there twice")
            seen.add(surface.id)
            _check_surface(surface, here)
        for index, receiver in enumerate(library.receivers):
            _check_receiver(receiver, library, at.child("receivers").item(index))
        for index, shape in enumerate(library.shapes):
            _check_shape(shape, library, at.child("shapes").item(index))
        for index, addition in enumerate(library.additions):
            _check_addition(addition, library, at.child("additions").item(index))
    _check_sent({each.id: each for library in libraries for each in library.surfaces})
    for library in libraries:
        for index, treatment in enumerate(library.treatments):
            at = Key(f"surfaces/{library.id}.toml", "treatments").item(index)
            _check_treatment(treatment, library, libraries, at)


def check_parameters(
    facts: tuple[ParameterFact, ...], libraries: tuple[Library, ...], at: Key
) -> None:
    """Raise PlaybookError when a fact names a surface or a setting that no library has."""
    settings = {each.id: each.settings for library in libraries for each in library.surfaces}
    for index, fact in enumerate(facts):
        here = at.item(index)
        for number, surface in enumerate(fact.surfaces):
            _check_known(surface, settings, here.child("surfaces").item(number))
            _check_known(fact.name, settings[surface], here.child("name"))
            _check_remedies(fact, settings[surface], here)


def _check_remedies(fact: ParameterFact, settings: Iterable[str], at: Key) -> None:
    for index, remedy in enumerate(fact.remedies):
        here = at.child("remedies").item(index)
        if remedy.setting:
            raise here.child("setting").refuse("a fact's remedy is about its own parameter")
        if remedy.do is RemedyKind.RENAME:
            _check_known(remedy.to, settings, here.child("to"))
        elif remedy.to:
            raise here.child("to").refuse("only a renamed parameter goes by another name")
        if (remedy.by is None) is (remedy.do in {RemedyKind.REPLACE, RemedyKind.EFFORT}):
            raise here.child("by").refuse(
                "a value is given to `replace` and `effort`, and to no other"
            )


def _check_markers(library: Library, markers: frozenset[str], at: Key) -> None:
    """Raise PlaybookError where files that import what makes a call would never be read."""
    named = [(each.id, name) for each in library.receivers for name in each.constructors]
    named += [(each.id, name) for each in library.shapes for name in each.callables]
    for owner, name in named if library.markers else ():
        if "." in name and not markers.intersection(name.split(".")):
            package = name.partition(".")[0]
            raise at.child("markers").refuse(f"`{package}` of `{owner}` is missing")


def _check_surface(surface: Surface, at: Key) -> None:
    for index, prompt in enumerate(surface.prompts):
        _check_known(prompt.form, _FORMS, at.child("prompts").item(index).child("form"))
    if surface.effort is not None:
        _check_known(surface.effort, surface.settings, at.child("effort"))
    for name in ("tools", "listed", "output_format", "output_cap", "state"):
        for index, setting in enumerate(getattr(surface, name)):
            _check_known(setting, surface.settings, at.child(name).item(index))


def _check_sent(surfaces: Mapping[str, Surface]) -> None:
    for surface in surfaces.values():
        at = Key(f"surfaces/{surface.library}.toml").child(surface.id)
        if surface.sends is not None:
            _check_known(surface.sends, surfaces, at.child("sends"))
            _check_named(surface.named, surface, surfaces[surface.sends], at)
        for index, route in enumerate(surface.routes):
            here = at.child("routes").item(index)
            _check_known(route.sends, surfaces, here.child("sends"))
            _check_named(route.named, surface, surfaces[route.sends], here)
            for setting in (*route.settings, *((route.effort,) if route.effort else ())):
                _check_known(setting, surface.settings, here.child("settings"))
            if not (
                route.settings or route.switch or route.prefix or route.written or route.versions
            ):
                raise here.refuse("a route needs settings, a switch, a prefix or versions")


def _check_named(named: Mapping[str, str], surface: Surface, api: Surface, at: Key) -> None:
    for parameter, setting in named.items():
        here = at.child("named").child(parameter)
        _check_known(parameter, api.settings, here)
        _check_known(setting, surface.settings, here)


def _check_receiver(receiver: Receiver, library: Library, at: Key) -> None:
    if receiver.surface is not None:
        _check_known(receiver.surface, [each.id for each in library.surfaces], at.child("surface"))
    for member in receiver.passes:
        _check_known(member, receiver.transparent, at.child("passes").child(member))


def _check_shape(shape: CallShape, library: Library, at: Key) -> None:
    _check_known(shape.surface, [each.id for each in library.surfaces], at.child("surface"))
    receivers = [each.id for each in library.receivers]
    for index, receiver in enumerate(shape.receivers):
        _check_known(receiver, receivers, at.child("receivers").item(index))
    if not shape.members and not shape.callables:
        raise at.child("members").refuse("a shape needs members or callables")
    if shape.runs is not None:
        _check_runs(shape.runs, shape, library, at.child("runs"))


def _check_runs(runs: Runs, shape: CallShape, library: Library, at: Key) -> None:
    known = [setting for each in library.surfaces for setting in each.settings]
    for name in ("merged", "reaches"):
        for index, setting in enumerate(getattr(runs, name)):
            _check_known(setting, known, at.child(name).item(index))
    if runs.of:
        _check_known(runs.of, shape.positional, at.child("of"))


def _check_addition(addition: Addition, library: Library, at: Key) -> None:
    surfaces = {each.id: each for each in library.surfaces}
    for index, name in enumerate(addition.surfaces):
        _check_known(name, surfaces, at.child("surfaces").item(index))
        surface = surfaces[name]
        known = [*surface.settings, *(each.name for each in surface.prompts)]
        _check_known(addition.argument, known, at.child("argument"))
    if not addition.members and not (addition.callables and addition.to):
        raise at.refuse("an addition needs members, or callables and what they add `to`")


def _check_treatment(
    treatment: Treatment, library: Library, libraries: tuple[Library, ...], at: Key
) -> None:
    surfaces = {each.id: each for each in library.surfaces}
    for index, surface in enumerate(treatment.surfaces):
        _check_known(surface, surfaces, at.child("surfaces").item(index))
    for index, receiver in enumerate(treatment.receivers):
        ids = [each.id for each in library.receivers]
        _check_known(receiver, ids, at.child("receivers").item(index))
    for index, shape in enumerate(treatment.shapes):
        known = [each.id for each in library.shapes]
        _check_known(shape, known, at.child("shapes").item(index))
    if range_of(treatment.versions) is None:
        raise at.child("versions").refuse("is not a range of versions such as `>=1.2,<2`")
    parameters = {name for each in libraries for s in each.surfaces for name in s.settings}
    for index, parameter in enumerate(treatment.parameters):
        _check_known(parameter, sorted(parameters), at.child("parameters").item(index))
    for parameter in treatment.values:
        _check_known(parameter, treatment.parameters, at.child("values").child(parameter))


def _check_known(name: str, known: Iterable[str], at: Key) -> None:
    listed = list(known)
    if name not in listed:
        raise at.refuse(f"there is no `{name}`{nearest(name, listed)}")
