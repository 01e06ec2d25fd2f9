"""Say what a call that runs an object made elsewhere says over what that object was made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.domain.addition import Added
from migrator.domain.source import Place
from migrator.domain.trail import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """What a call says over an object that it runs.

    The object is the argument `of` or, where that is empty, what the call is made on. What is said
    stands among the fields of the argument `config`, which one of `made_by` makes (or a table is)
    with `fields` by position, or, where that is empty, among the arguments of the call. `model` is
    the field that takes the place of the object's own, `provider` one that tells who answers, and
    `merged` are tables whose entries go over those of the object's argument of that name, except
    where they are None.

    The object runs others of its kind in turn, for which all of this counts as well: those in its
    lists `reaches`, handed over by one of the callables `through` as the argument `agent`, or made
    a part by one of their `members`, unless that is given a configuration of its own.
    """

    of: str = ""
    config: str = ""
    made_by: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    model: str = ""
    provider: str = ""
    merged: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A call in view that runs an object, with its arguments.

    `sure` is false where it may run the object without what it says: as a part of another one.
    `later` is what is set on what it says after that was made, by its name there, dots included.
    """

    runs: Runs
    at: Place
    arguments: Mapping[str, Found]
    sure: bool = True
    later: Mapping[str, tuple[Added, ...]] = field(default_factory=dict)
