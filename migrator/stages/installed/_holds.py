"""Tell which treatments of a library hold for a call: by its settings and by switches in code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrator.domain.expression import Call, Expression, Scalar, dotted
from migrator.domain.facts import FileFacts
from migrator.domain.roles import is_test
from migrator.domain.sent import hidden, possible
from migrator.domain.site import BoundCall
from migrator.domain.source import Place
from migrator.domain.treatment import Treatment, Value

Switches = Mapping[tuple[str, Value], Place]


def switches_of(files: Iterable[FileFacts]) -> Switches:
    """Give the attributes that the project sets to a value, such as `litellm.drop_params`."""
    return {
        (binding.name, binding.value.value): binding.at.within(facts.path)
        for facts in files
        if not is_test(facts.path)
        for scope in facts.scopes.values()
        for binding in scope.bindings
        if "." in binding.name
        and isinstance(binding.value, Scalar)
        and binding.value.value is not None
    }


def _callee(expression: Expression) -> Expression:
    return expression.callee if isinstance(expression, Call) else expression


def holds(treatment: Treatment, call: BoundCall, switches: Switches) -> tuple[bool, Place | None]:
    """Tell whether a treatment holds for a call, and the switch that turns it on, if one does."""
    if not _concerns(treatment, call):
        return False, None
    if any(may_send(call, name, values) for name, values in treatment.unless.items()):
        return False, None
    for name, values in treatment.when.items():
        switch = next((switches[name, each] for each in values if (name, each) in switches), None)
        if switch is not None or sends(call, name, values) or _names_of(call, name) & {*values}:
            return True, switch
    return not treatment.when, None


def sends(call: BoundCall, name: str, values: tuple[Value, ...]) -> bool:
    """Whether a setting is written and sent, with nothing but these values where there are some."""
    sent = possible(call.setting(name))
    if sent.nothing or hidden(call, name):
        return False
    plain = not sent.unread and not sent.shapes
    return not values or (plain and all(each in values for each in sent.literals))


def _concerns(treatment: Treatment, call: BoundCall) -> bool:
    surface = call.surface.of or call.surface.id
    of_shape = not treatment.shapes or call.shape.id in treatment.shapes
    on = call.receiver.id if call.receiver else ""
    of_receiver = not treatment.receivers or on in treatment.receivers
    of_surface = not treatment.surfaces or surface in treatment.surfaces
    return of_shape and of_receiver and of_surface


def may_send(call: BoundCall, name: str, values: tuple[Value, ...]) -> bool:
    """Whether a setting is sent with one of these values, if any, as far as can be seen."""
    setting = call.client.get(name) or call.setting(name)
    sent = possible(setting)
    if not values:
        return sent.unread or sent.sends
    # A member of an enumeration out of view is known by its name: `Mode.JSON`.
    named = {setting.reason.rpartition(".")[2], *_names_of(call, name)}
    return bool(named.intersection(values)) or any(each in values for each in sent.literals)


def _names_of(call: BoundCall, name: str) -> frozenset[str]:
    """Give the name that is written for a setting's value, or called for it."""
    given = call.arguments.get(name)
    written = dotted(_callee(given.expression)) if given else None
    return frozenset({written.rpartition(".")[2]} if written else ())
