"""Report ids that are written as the value of a name that says the id itself.

What it checks
    Names on the path of a reference, such as `GPT_4O = "gpt-4o"` or a member of an enum, that
    spell the very id that they hold.

Why
    Such a name is an entry of a registry: tables, pickers and tests read it to mean that id. With
    another id behind it, it would lie. What has to change is the code that chooses the name.

Example
    `GPT_4O_MODEL = "gpt-4o"`, used as `create(model=GPT_4O_MODEL)`

Source
    «scope.14»: only strings and prompts may change, and this one would change its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite
from migrator.domain.trail import Hop, HopKind

_NAMING = frozenset({HopKind.ASSIGNMENT, HopKind.FIELD})


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Compare the name nearest to the literal with the id that it holds."""
    reference = site.bound.reference
    if reference is None:
        return
    named = next((hop for hop in reference.via if hop.kind in _NAMING), None)
    if named is None or not _says(named, reference.recognised.id):
        return
    name = named.detail.rpartition(".")[2]
    user = site.bound.place
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.BLOCKS,
        message=f"`{name}` names the id that it holds: with another id in it, it would lie",
        at=reference.place,
        size=Size(SizeKind.DESIGN, 1),
        follow_up=f"Let {user.path}:{user.line} use a name made for {playbook.target}.",
    )


def _says(hop: Hop, model: str) -> bool:
    """Whether a name spells an id, whatever stands between the words."""
    words = re.findall(r"[a-z]+|[0-9]+", model.lower())
    spelled = r"[^a-z0-9]*".join(words)
    name = hop.detail.rpartition(".")[2].lower()
    return (
        re.search(rf"(?<![a-z0-9]){spelled}(?![a-z0-9])|^{spelled}$", name.replace("_", "-"))
        is not None
    )


RULE = Rule(
    code="R38",
    slug="named-after-its-id",
    title="Names that say the id they hold",
    clause="scope.14",
    check=check,
)
