"""Say which small edit of a call's arguments lifts a finding, so that a program can make it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# The package whose versions `since` counts in.
CLIENT = "openai"


class RemedyKind(StrEnum):
    """What the edit does."""

    DROP = "drop"  # the argument is no longer sent
    RENAME = "rename"  # the same value is sent as `to`
    REPLACE = "replace"  # the value becomes `by`
    EFFORT = "effort"  # the call's effort is set to `by`, added where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One edit that lifts a parameter finding by itself.

    `setting` is the argument that is edited, as the call names it; in a playbook it is empty and
    means the fact's own parameter. `to` is a name, as the API writes it in a playbook and as the
    call writes it in a finding; `by` a value. Where a finding has several remedies, any one is
    enough, and the choice is a person's; where it has none, code has to be written. Only one marked
    `unblock` is made by `apply --unblock`. `since` is the version of the library from which on it
    knows the argument that the edit sends.
    """

    do: RemedyKind
    setting: str = ""
    to: str = ""
    by: str | int | float | bool | None = None
    unblock: bool = False
    since: str = ""
