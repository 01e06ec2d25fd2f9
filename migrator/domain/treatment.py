"""Say what a library does with a request on its way to the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from migrator.domain.distribution import Distribution
from migrator.domain.finding import Size
from migrator.domain.source import Place

Value: TypeAlias = str | int | float | bool


class Effect(StrEnum):
    """What happens to a parameter, or to the whole call."""

    DROPS = "drops"  # it is not sent
    RENAMES = "renames"  # it is sent under the name that the target takes
    ADDS = "adds"  # it is sent although nobody wrote it
    SETS = "sets"  # where nothing is said, a value is sent other than the API's default
    REFUSES = "refuses"  # the library raises by itself for the target's id
    OUTDATES = "outdates"  # the version is from before the calls that the target needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One thing that a library does for the target, in some versions and under some conditions.

    It concerns calls of `surfaces` (those of the object that brings the model, where one does), of
    `receivers` and of `shapes`, as far as these are given; `versions` are those of `distribution`,
    the library's own when empty. `parameters` are named as the API has them. It holds only where
    each setting of `when` is sent with one of those values, or the module's switch of that name is
    set so, and where none of `unless` may be; an empty list of values means any. A name that is
    written for a value, or called for it, counts as one. `values` are what it sends, where known.
    """

    effect: Effect
    surfaces: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    distribution: str = ""
    versions: str = ""
    when: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    message: str
    follow_up: str = ""
    size: Size | None = None
    source: str


@dataclass(frozen=True, slots=True)
class Treated:
    """A treatment that holds for a call, with the version that it was judged by.

    `switch` is where the module's switch is set that turns it on.
    """

    treatment: Treatment
    distribution: Distribution
    switch: Place | None = None


def keeping(treated: Iterable[Treated], parameter: str) -> Treated | None:
    """Give what keeps a parameter of the API from being sent as it is written, if anything."""
    kept = (each for each in treated if each.treatment.effect in {Effect.DROPS, Effect.RENAMES})
    return next((each for each in kept if parameter in each.treatment.parameters), None)
