"""Judge a mention by the use of the string literal that holds it."""

from __future__ import annotations

import re

from migrator.domain.facts import StringUse, Use
from migrator.domain.mention import MEMBER_OF_A_LIST, PART_OF_A_TYPE, Bucket, Mention
from migrator.stages.account._around import Surroundings
from migrator.stages.account._catalogue import describes, reads_setting

# Names that say "which model"; `remodel` and `modelling` are not among them.
CHOICE = re.compile(
    r"(?:^|[^a-z])(?:model|engine|deployment|llm)(?:$|[^a-z]|name|id|s?$)", re.IGNORECASE
)
OPTIONS = frozenset({"add_argument", "Option", "Argument", "option", "getenv", "get", "Field"})
TESTS = frozenset(
    {"startswith", "endswith", "match", "fullmatch", "search", "removeprefix", "removesuffix"}
    | {"replace"}
)
TOKENIZERS = ("encoding_for_model", "tiktoken", "count_tokens", "get_encoding")
TABLE_USES = {
    Use.KEY: "a key of a table",
    Use.INDEX: "a look-up in a table",
    Use.MEMBER: MEMBER_OF_A_LIST,
    Use.COMPARED: "compared with a model id",
    Use.ANNOTATION: PART_OF_A_TYPE,
    Use.ASSERTED: "a test expects it",
}
CHOICE_USES = frozenset(
    {Use.ASSIGNED, Use.DEFAULT, Use.ARGUMENT, Use.VALUE, Use.RETURNED, Use.CHOICE}
)


def verdict_on_string(
    mention: Mention, use: StringUse | None, around: Surroundings
) -> tuple[Bucket, str]:
    """Give the bucket and the reason for a mention in a file that was parsed.

    A mention outside every string literal stands in a comment.
    """
    bucket, why = _by_use(mention, use, around)
    if bucket is not Bucket.UNBOUND or use is None:
        return bucket, why
    described = describes(use, around)
    return (Bucket.CATALOGUE, described) if described else (bucket, why)


def _by_use(mention: Mention, use: StringUse | None, around: Surroundings) -> tuple[Bucket, str]:
    if use is None:
        return Bucket.COMMENT, "in a comment"
    if use.use is Use.DOCSTRING:
        return Bucket.PROSE, "in a docstring"
    if use.value.strip() != mention.recognised.text:
        return _within(use)
    if Use.ASSERTED in (use.use, *use.chain):
        return Bucket.CATALOGUE, TABLE_USES[Use.ASSERTED]
    if use.use is Use.ARGUMENT and use.owner.rpartition(".")[2] in TESTS:
        return Bucket.CATALOGUE, "part of a test of the model's name"
    if use.use in TABLE_USES:
        return Bucket.CATALOGUE, TABLE_USES[use.use]
    if use.use is Use.ASSIGNED and _is_named_after(use, mention):
        return Bucket.CATALOGUE, f"{use.name} names the id itself"
    if use.use in CHOICE_USES and _chooses(use):
        return Bucket.UNBOUND, f"set as {_named(use)}, and no call in view reads it"
    if reads_setting(use, around):
        return Bucket.UNBOUND, f"a default of {use.owner}, and no call in view reads it"
    return Bucket.CATALOGUE, "a value that nothing in view runs"


def _named(use: StringUse) -> str:
    return use.owner if use.name.isdigit() or not use.name else use.name


def _within(use: StringUse) -> tuple[Bucket, str]:
    if " " in use.value.strip():
        return Bucket.PROSE, "in a sentence"
    return Bucket.CATALOGUE, "part of a longer string"


def _chooses(use: StringUse) -> bool:
    if any(each in use.owner for each in TOKENIZERS):
        return False
    called = use.owner.rpartition(".")[2]
    if use.use is Use.ARGUMENT and called in OPTIONS:
        return True
    numbered = use.use is Use.ARGUMENT and use.name.isdigit()
    named = f"{use.name} {use.owner if numbered or not use.name else ''}"
    return bool(CHOICE.search(_spaced(named)))


def _is_named_after(use: StringUse, mention: Mention) -> bool:
    """Tell a registry's `GPT_4O_MINI = "gpt-4o-mini"`: whoever chooses reads it by that name."""
    return _plain(mention.recognised.id) in _plain(use.name)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _spaced(name: str) -> str:
    """Split camel case, so that `modelId` and `LLMModel` read as words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
