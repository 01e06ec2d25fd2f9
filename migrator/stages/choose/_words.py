"""Count words, tell English from other languages, and fill in what a block leaves open."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrator.domain.block import WORD, Block
from migrator.domain.playbook import Thresholds

_COMMON = frozenset(
    {"a", "about", "all", "an", "and", "any", "are", "as", "at", "based", "be", "but", "by", "can"}
    | {"do", "each", "for", "from", "given", "has", "have", "how", "if", "in", "into", "is", "it"}
    | {"its", "must", "not", "of", "on", "only", "or", "out", "should", "that", "the", "their"}
    | {"them", "then", "they", "this", "to", "use", "was", "what", "when", "which", "who", "will"}
    | {"with", "without", "you", "your"}
)
# The commonest words of the languages that share most words with English.
_ELSEWHERE = frozenset(
    {"der", "den", "dem", "des", "und", "ist", "sind", "nicht", "ein", "eine", "einen", "mit"}
    | {"für", "auf", "du", "sie", "ich", "wir", "dich", "dir", "ihr", "oder", "wenn", "auch"}
    | {"nur", "bitte", "le", "les", "et", "est", "une", "dans", "pour", "que", "qui", "vous"}
    | {"tu", "sur", "avec", "el", "los", "las", "y", "una", "por", "para", "del", "al", "usted"}
    | {"eres", "se", "si", "il", "di", "che", "sei", "della", "gli", "nel", "um", "uma", "com"}
    | {"não", "você", "het", "een", "zijn", "niet", "je", "bent", "och", "att", "som", "det"}
    | {"ikke", "jest"}
)
_FEW = 6
_LEAST_COMMON = 0.12
# Lists have few common words; many different ones tell English all the same.
_LEAST_IN_LISTS = 0.05
_MANY_COMMON = 6
_MOST_FOREIGN = 0.1
_MARGIN = 3
_FORMAT = re.compile(r"\b(JSON|XML|YAML|CSV)\b", re.IGNORECASE)
_OWN = re.compile(
    r"\b(this|our) (repo|repository|codebase|code base|project|monorepo)\b", re.IGNORECASE
)


def is_english(text: str) -> bool:
    """Tell English by its commonest words, and by the absence of those of other languages.

    Errs on the side of "no": what is not certainly English gets no English words.
    """
    words = [each.lower() for each in WORD.findall(text)]
    foreign = sum(not each.isascii() for each in words)
    if not words or foreign > _MOST_FOREIGN * len(words):
        return False
    ours = sum(each in _COMMON for each in words)
    theirs = sum(each in _ELSEWHERE for each in words)
    enough = _LEAST_COMMON * len(words) if len(words) >= _FEW else 1
    if not theirs and len(_COMMON.intersection(words)) >= _MANY_COMMON:
        enough = _LEAST_IN_LISTS * len(words)
    return ours >= enough and ours > _MARGIN * theirs


def variables_for(
    block: Block, text: str, repository: str, commands: tuple[str, ...]
) -> Mapping[str, str]:
    """Give the values of a block's variables.

    The repository's own commands are named only where the prompt speaks of this very repository:
    an agent that works on other people's code must not run ours.
    """
    values = dict(block.defaults)
    found = _FORMAT.search(text)
    if "format" in values and found:
        values["format"] = found[1].upper()
    named = repository and re.search(rf"\b{re.escape(repository)}\b", text, re.IGNORECASE)
    if "commands" in values and commands and (named or _OWN.search(text)):
        values["commands"] = _listed([f"`{each}`" for each in commands])
    return values


def room_in(words: int, limits: Thresholds) -> int:
    """Say how many words a prompt of so many words may get."""
    share = int(limits.most_added_share * words)
    return min(limits.most_added_words, max(limits.least_added_words, share))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Give the words of a point with the values of its variables."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
