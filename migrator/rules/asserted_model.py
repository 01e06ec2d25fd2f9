"""Warn of tests that expect the old id.

What it checks
    Assertions of the project's tests that compare something with the very id of this site.

Why
    Once the id has moved, such a test fails although nothing is wrong. It never holds the
    change back; a person decides what the test should say.

Example
    `assert settings.model == "gpt-4.1"`

Source
    Upgrade guide, clause posture.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite
from migrator.domain.source import Place


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report each assertion that classification found for the id of this site."""
    reference = site.bound.reference
    if reference is None:
        return
    for line in site.traits.get("asserted_at", "").splitlines():
        path, _, number = line.rpartition(":")
        yield Finding(
            rule=RULE.code,
            clause=RULE.clause,
            severity=Severity.WARNS,
            message=f"a test expects `{reference.recognised.text}` and may fail after the change",
            at=Place(path, int(number)),
            follow_up=f"Let the test expect {playbook.target}, or take the id from the code.",
        )


RULE = Rule(
    code="R30",
    slug="test-expects-old-id",
    title="Tests that expect the old id",
    clause="posture.3",
    check=check,
)
