"""Try every regular expression of a playbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrator.domain.block import Block, Contradiction, Requirement
from migrator.domain.playbook import Playbook
from migrator.playbook._assist import FILE as ASSIST
from migrator.playbook._decode import Key

_RISKS = "risks.toml"
_SIGNS = ("tool_names", "prompt", "weak_prompt", "names")


def check_patterns(playbook: Playbook) -> None:
    """Raise PlaybookError, naming file and key, for what is no regular expression."""
    for at, pattern in _patterns(playbook):
        try:
            re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            raise at.refuse(f"is no regular expression: {error}") from error


def _patterns(playbook: Playbook) -> Iterator[tuple[Key, str]]:
    risks = Key(_RISKS)
    yield from _listed(playbook.closed_answers, risks.child("closed_answers"))
    yield from _listed(playbook.scripts, risks.child("scripts"))
    for index, risk in enumerate(playbook.risks):
        at = risks.child("risks").item(index)
        for name in _SIGNS:
            yield from _listed(getattr(risk, name), at.child(name))
    for block in playbook.blocks:
        yield from _of_block(block, Key(f"blocks/{block.id}.md"))
    if playbook.assist is not None:
        at = Key(ASSIST)
        yield from _listed(playbook.assist.forbidden, at.child("forbidden"))
        yield at.child("negations"), playbook.assist.negations


def _of_block(block: Block, at: Key) -> Iterator[tuple[Key, str]]:
    yield from _of_signs(block.unless, at.child("unless"))
    yield from _of_signs(block.only_if, at.child("only_if"))
    for index, point in enumerate(block.points):
        here = at.child("points").item(index)
        yield from _listed(point.covered_by, here.child("covered_by"))
        yield from _of_signs(point.unless, here.child("unless"))
        yield from _of_signs(point.only_if, here.child("only_if"))


def _of_signs(signs: Sequence[Contradiction | Requirement], at: Key) -> Iterator[tuple[Key, str]]:
    for index, sign in enumerate(signs):
        yield at.item(index).child("pattern"), sign.pattern


def _listed(patterns: Sequence[str], at: Key) -> Iterator[tuple[Key, str]]:
    for index, pattern in enumerate(patterns):
        yield at.item(index), pattern
