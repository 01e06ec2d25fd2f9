"""Judge a mention by the use of the string literal that holds it."""

from __future__ import annotations

import re

from migrator.domain.facts import StringUse, Use
from migrator.domain.mention import Bucket, Mention

# Names that say "which model"; `remodel` and `modelling` are not among them.
CHOICE = re.compile(
    r"(?:^|[^a-z])(?:model|engine|deployment|llm)(?:$|[^a-z]|name|id|s?$)", re.IGNORECASE
)
OPTIONS = frozenset({"add_argument", "Option", "Argument", "option", "getenv", "get", "Field"})
PREFIX_TESTS = frozenset({"startswith", "endswith", "removeprefix"})
TOKENIZERS = ("encoding_for_model", "tiktoken", "count_tokens", "get_encoding")
TABLE_USES = {
    Use.KEY: "a key of a table",
    Use.INDEX: "a look-up in a table",
    Use.MEMBER: "a member of a list",
    Use.COMPARED: "compared with a model id",
    Use.ANNOTATION: "part of a type",
    Use.ASSERTED: "a test expects it",
}
CHOICE_USES = frozenset(
    {Use.ASSIGNED, Use.DEFAULT, Use.ARGUMENT, Use.VALUE, Use.RETURNED, Use.CHOICE}
)


def verdict_on_string(mention: Mention, use: StringUse | None) -> tuple[Bucket, str]:
    """Give the bucket and the reason for a mention in a file that was parsed.

    A mention outside every string literal stands in a comment.
    """
    if use is None:
        return Bucket.COMMENT, "in a comment"
    if use.use is Use.DOCSTRING:
        return Bucket.PROSE, "in a docstring"
    if use.value.strip() != mention.recognised.text:
        return _within(use)
    if Use.ASSERTED in (use.use, *use.chain):
        return Bucket.CATALOGUE, TABLE_USES[Use.ASSERTED]
    if use.use in TABLE_USES:
        return Bucket.CATALOGUE, TABLE_USES[use.use]
    if use.use in CHOICE_USES and _chooses(use):
        return Bucket.UNBOUND, f"set as {use.name or use.owner}, and no call in view reads it"
    return Bucket.CATALOGUE, "a value that nothing in view runs"


def _within(use: StringUse) -> tuple[Bucket, str]:
    if " " in use.value.strip():
        return Bucket.PROSE, "in a sentence"
    return Bucket.CATALOGUE, "part of a longer string"


def _chooses(use: StringUse) -> bool:
    if any(each in use.owner for each in TOKENIZERS):
        return False
    called = use.owner.rpartition(".")[2]
    if use.use is Use.ARGUMENT and called in PREFIX_TESTS:
        return False
    if use.use is Use.ARGUMENT and called in OPTIONS:
        return True
    named = f"{use.name} {use.owner if use.name.isdigit() or not use.name else ''}"
    return bool(CHOICE.search(_spaced(named)))


def _spaced(name: str) -> str:
    """Split camel case, so that `modelId` and `LLMModel` read as words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
