"""Describe a use of an id's definition that lies outside every call that was judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.source import Place


class UseKind(StrEnum):
    """What becomes of the id there."""

    GIVEN = "given"  # an argument of code that is not in view
    STORED = "stored"  # set on something that belongs to another library
    TYPED = "typed"  # its own type lists the ids it may have
    VALIDATED = "validated"  # a validator of its class sees it
    ENUMERATED = "enumerated"  # values from elsewhere are looked up in its enum
    KEYED = "keyed"  # a table has it as a key
    CALLED = "called"  # a call out of view may reach the function around the judged one
    CHANGED = "changed"  # what the call is given is set anew in another place
    DERIVED = "derived"  # another id is made of its text
    LISTED = "listed"  # a list would hold the target twice


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class OtherUse:
    """One such use; `written` is the callee, name or list in one line.

    `refuses` is true where the target is certainly turned away there.
    """

    at: Place
    kind: UseKind
    written: str
    refuses: bool = False
