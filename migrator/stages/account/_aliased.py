"""Tell ids that a function gives for the ids that it tested for: names to show, not choices."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Comparison, Expression, Text
from migrator.domain.facts import FileFacts, StringUse
from migrator.domain.parts import everything


def is_name_of_another(use: StringUse, facts: FileFacts) -> bool:
    """Whether a literal is returned where a test has found an id of the same family in a text."""
    for guard in facts.guards:
        branch = guard.then
        if branch is None or not branch.start <= use.at.start < branch.end:
            continue
        same = any(_head(each) == _head(use.value) for each in _tested(guard.test))
        if same and guard.scope == use.scope:
            return True
    return False


def _tested(test: Expression) -> Iterator[str]:
    """Yield the texts that are looked for, or compared with."""
    for each in everything(test):
        match each:
            case Comparison(left=Text(value=value), operator="in"):
                yield value
            case Comparison(operator="==", right=Text(value=value)):
                yield value
            case _:
                pass


def _head(text: str) -> str:
    """Give the first word of an id without its prefix: `gpt` of `openai/gpt-4o`."""
    return text.rpartition("/")[2].partition("-")[0]
