"""Describe a callable of a project's own that runs a model, as its configuration declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

OWN = "wrappers"  # the library that declared callables form


class Said(StrEnum):
    """What an argument of a wrapper says to the model."""

    SYSTEM = "system"
    DEVELOPER = "developer"
    INSTRUCTIONS = "instructions"
    USER = "user"
    MESSAGES = "messages"  # a list, which says itself who speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapper:
    """A callable that stands for a request to the API `sends`.

    `name` is its dotted name, in this repository or not; a method's holds its class. `model` is the
    argument that names the model, `positional` are arguments in the order of their position (where
    the definition is in view, its own order counts). `prompts` tell what arguments say, `settings`
    which argument carries a parameter of the API. What is not listed counts as not sent.
    """

    name: str
    sends: str
    model: str = "model"
    positional: tuple[str, ...] = ()
    prompts: Mapping[str, Said] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
