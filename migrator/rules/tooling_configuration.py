"""Report ids in the configuration of coding agents, editors and other tools.

What it checks
    Ids that reach no call of the project, in files that belong to a tool of the developers
    (`.codex/`, `.vscode/`, `.aider.conf.yml` …). The playbook lists the files.

Why
    What such a tool runs, with which account and in which version, is not in the repository, and
    moving it is a migration of the tool, not of the product.

Example
    `model = "gpt-5.4"` in `.codex/config.toml`

Source
    Upgrade guide, clause blocked.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.globs import matches_any
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report an unbound reference in a file that a tool reads."""
    reference = site.bound.reference
    if site.call is not None or reference is None:
        return
    if not matches_any(reference.path, playbook.tooling):
        return
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.BLOCKS,
        message="this file configures a tool of the developers, not the product",
        at=reference.place,
        size=Size(SizeKind.TOOLING, 1),
        follow_up=f"Ask the tool's users whether it offers {playbook.target}, and set it there.",
    )


RULE = Rule(
    code="R53",
    slug="tooling-configuration",
    title="Ids in the configuration of tools",
    clause="blocked.4",
    check=check,
    also=("scope.9",),
)
