"""Warn of images sent without a fixed detail.

What it checks
    Image parts that give no `detail`, or `auto`, in the arguments of a call or built for it in the
    same function.

Why
    The target then reads the image at its original size, where earlier models scaled it down:
    the same picture costs more input tokens.

Example
    `{"type": "input_image", "image_url": url}`

Source
    https://developers.openai.com/api/docs/guides/images-vision
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report the first image part whose detail is left open."""
    for at in site.bound.images[:1]:
        yield Finding(
            rule=RULE.code,
            clause=RULE.clause,
            severity=Severity.WARNS,
            message=f"without a fixed `detail`, {playbook.target} reads images at original size",
            at=at,
            follow_up="Set `detail` to `high` or `low` if the cost of input tokens matters here.",
            source="https://developers.openai.com/api/docs/guides/images-vision",
        )


RULE = Rule(
    code="R23",
    slug="image-detail",
    title="Images without a fixed detail",
    clause="checklist.8",
    check=check,
)
