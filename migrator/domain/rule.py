"""Define what a compatibility rule is: one typed constant per rule file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrator.domain.finding import Finding
from migrator.domain.playbook import Playbook
from migrator.domain.site import ClassifiedSite


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check with a stable code; `slug` names the pattern found, not the remedy.

    `clause` is the guide's clause that it enforces first, `also` are others that it serves.
    `further` are the codes besides its own that its findings bear. A rule whose findings bear the
    codes of the playbook's facts has no code of its own.

    `check` looks at one classified site with the playbook's facts. It never raises for odd code
    and never decides an outcome: it states findings, with their severity.
    """

    slug: str
    title: str
    clause: str
    check: Callable[[ClassifiedSite, Playbook], Iterator[Finding]]
    code: str = ""
    also: tuple[str, ...] = ()
    further: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that is this rule's, its own first."""
        return tuple(code for code in (self.code, *self.further) if code)

    @property
    def name(self) -> str:
        """What it is asked for by: its code, or its slug where it has none."""
        return self.code or self.slug

    @property
    def doc(self) -> str:
        """The text at the head of the rule's file: what, why, example, source."""
        return sys.modules[self.check.__module__].__doc__ or ""
