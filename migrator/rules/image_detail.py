"""Warn of images sent without a fixed detail.

What it checks
    Image parts written out in the arguments of a call that give no `detail`, or `auto`.

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

from migrator.domain.expression import Expression, Series, Table, Text
from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite

_IMAGES = frozenset({"image_url", "input_image"})


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Report the first image part whose detail is left open."""
    call = site.call
    if call is None:
        return
    loose = [
        (argument.frame.path, table)
        for argument in call.arguments.values()
        for table in _images(argument.expression)
        if _open(table)
    ]
    for path, table in loose[:1]:
        yield Finding(
            rule=RULE.code,
            clause=RULE.clause,
            severity=Severity.WARNS,
            message=f"without a fixed `detail`, {playbook.target} reads images at original size",
            at=table.at.within(path),
            follow_up="Set `detail` to `high` or `low` if the cost of input tokens matters here.",
            source="https://developers.openai.com/api/docs/guides/images-vision",
        )


def _images(expression: Expression) -> Iterator[Table]:
    if isinstance(expression, Series):
        for item in expression.items:
            yield from _images(item)
    elif isinstance(expression, Table):
        if _text(expression, "type") in _IMAGES:
            yield expression
        for entry in expression.entries:
            yield from _images(entry.value)


def _open(image: Table) -> bool:
    inner = [each.value for each in image.entries if isinstance(each.value, Table)]
    details = [_value(table, "detail") for table in (image, *inner)]
    given = [each for each in details if each is not None]
    return all(isinstance(each, Text) and each.value == "auto" for each in given)


def _value(table: Table, key: str) -> Expression | None:
    for entry in table.entries:
        if isinstance(entry.key, Text) and entry.key.value == key:
            return entry.value
    return None


def _text(table: Table, key: str) -> str:
    value = _value(table, key)
    return value.value if isinstance(value, Text) else ""


RULE = Rule(
    code="R23",
    slug="image-detail",
    title="Images without a fixed detail",
    clause="checklist.8",
    check=check,
)
