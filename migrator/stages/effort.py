"""Recommend the reasoning effort to start with at a site «output-rule»."""

from __future__ import annotations

from typing import assert_never

from migrator.domain.catalogue import Model
from migrator.domain.plan_site import Effort
from migrator.domain.sent import possible
from migrator.domain.site import Setting, SettingState

CLAUSES = (
    "workflow.6.3",
    "output-rule.1",
    "output-rule.2",
    "output-rule.3",
    "string-only.6",
    "light.7",
)


def recommend_effort(
    surface_effort_name: str | None,
    setting: Setting,
    model: Model | None,
    target: Model,
    given: str = "",
) -> Effort:
    """Recommend keeping a visible effort, and adding no setting where none is visible.

    `surface_effort_name` is the name of the setting on this API surface, None where it has none;
    `model` is the source, None when unknown; `given` says what the library sends instead of
    nothing. «workflow.6.3, output-rule.1 to output-rule.3»; what
    silence means comes from the catalogue's defaults.
    """
    if surface_effort_name is None:
        return _silent("no such setting here", model, target)
    match setting.state:
        case SettingState.ABSENT if given:
            return Effort(current="not set", recommendation=f"add none; {given}")
        case SettingState.ABSENT:
            return _silent("not set", model, target)
        case SettingState.UNRESOLVED:
            return Effort(
                current="set, to a value that is not visible here",
                recommendation="keep whatever it resolves to",
            )
        case SettingState.EXPLICIT:
            return _visible(setting, model, target)
        case _:
            assert_never(setting.state)


def _visible(setting: Setting, model: Model | None, target: Model) -> Effort:
    value = setting.value
    if value is None and possible(setting).sends:
        return Effort(
            current="set, to one of several values",
            recommendation="keep whatever it is set to; check that "
            f"{target.id} accepts every value ({', '.join(target.efforts)})",
        )
    if value is None:
        return _silent("set to None, the same as not set", model, target)
    if not isinstance(value, str) or value in target.efforts or not target.efforts:
        return Effort(current=str(value), recommendation=f"{value}: keep it")
    accepted = ", ".join(target.efforts)
    return Effort(
        current=value,
        recommendation=f"{value}: {target.id} does not accept it (it accepts {accepted}); "
        "which one replaces it is a decision for the code",
    )


def _silent(current: str, model: Model | None, target: Model) -> Effort:
    meaning, becomes = _meaning(model, target)
    return Effort(
        current=current, recommendation=f"add no setting; {meaning}", becomes=becomes or ""
    )


def _meaning(model: Model | None, target: Model) -> tuple[str, str | None]:
    """Say what silence means after the move, and the effort that then runs if it is another."""
    default = target.effort_default
    if model is None:
        return f"{target.id} reasons at {default} when nothing is set", None
    if model.id == target.id:
        return f"the default stays {default}", None
    if model.fixed_effort:
        return f"{model.id} reasons as it will, {target.id} at {default}", None
    if not model.efforts:
        return f"{model.id} does not reason, {target.id} reasons at {default}", default
    if model.effort_default is None:
        unsure = f"sources disagree on the default of {model.id}"
        return f"{unsure}, {target.id} reasons at {default}", None
    if model.effort_default == default:
        return f"the default stays {default}", None
    return f"the default changes from {model.effort_default} to {default}", default
