"""Refuse words of a model that do more than say a block's rule in the prompt's own terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from migrator.domain.advice import AssistFacts
from migrator.domain.block import PLAIN, WORD, Point, words_in
from migrator.domain.rewrite import Chosen

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MARK = re.compile(r"[^\w\s.,;:?!()'-]")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "ly", "s", "e")
_SHORTEST_STEM = 3


class Guard:
    """Judges the words of one block for one prompt; every rule here errs on the side of no."""

    __slots__ = ("_block", "_facts", "_known", "_plain", "_spelt")

    def __init__(self, facts: AssistFacts, prompt: str, chosen: Chosen) -> None:
        """Take the prompt as it stands and the block with the words that it has of its own."""
        own = " ".join(each.text for each in chosen.points)
        self._facts = facts
        self._block = chosen
        self._known = {_stem(each) for each in _words(f"{prompt} {own}")}
        self._plain = {_stem(each) for each in facts.plain_words}
        self._spelt = set(_words(f"{prompt} {own}"))

    def objection(self, points: Sequence[Point]) -> str:
        """Say what is wrong with the worded points, empty when nothing is."""
        pairs = list(zip(self._block.points, points, strict=True))
        found = (f"`{was.id}`: {why}" for was, now in pairs for why in self._objections(was, now))
        return next(found, "") or self._length(points)

    def _length(self, points: Sequence[Point]) -> str:
        words, budget = sum(words_in(each.text) for each in points), self._block.block.budget
        return f"{words} words are more than the block's {budget}" if words > budget else ""

    def _objections(self, was: Point, now: Point) -> Iterator[str]:
        yield from _form(was.text, now.text)
        yield from self._rules(was.text, now.text)
        yield from self._news(was.text, now.text)
        longest = words_in(was.text) + self._facts.most_extra_words
        if words_in(now.text) > longest:
            yield f"{words_in(now.text)} words, where {longest} are the most"

    def _rules(self, was: str, now: str) -> Iterator[str]:
        """Object to words that set rules aside or turn this one around."""
        for pattern in self._facts.forbidden:
            new = _matches(pattern, now) - _matches(pattern, was)
            if new:
                yield f"it says `{min(new)}`, which the block does not"
        if _count(self._facts.negations, was) != _count(self._facts.negations, now):
            yield "it does not deny and restrict just what the block does"

    def _news(self, was: str, now: str) -> Iterator[str]:
        """Object to facts that neither the prompt nor the block states, and to what is lost."""
        for number in sorted(set(_NUMBER.findall(now)) - set(_NUMBER.findall(was))):
            yield f"the block does not say `{number}`"
        words = _words(now)
        for position, word in enumerate(words):
            if _stem(word) not in self._known | self._plain:
                yield f"`{word}` is neither in the prompt nor in the block"
            elif word[0].isupper() and word not in self._spelt and not _opens(now, word, position):
                yield f"`{word}` is not written so in the prompt"
        own = {_stem(each) for each in _words(was)} - self._plain
        kept = own & {_stem(each) for each in words}
        if len(kept) < self._facts.least_kept * len(own):
            yield "too little of what the block says is left"


def _form(was: str, now: str) -> Iterator[str]:
    if not now:
        yield "it says nothing"
    elif "\n" in now or not PLAIN.fullmatch(now):
        yield "it uses signs that mean something in a quotation or a template"
    elif set(_MARK.findall(now)) - set(_MARK.findall(was)):
        yield "it uses markup that the block does not"
    elif now[-1] not in ".!" or not now[0].isalnum():
        yield "it is not a whole sentence"


def _opens(text: str, word: str, position: int) -> bool:
    """Whether a word opens a sentence, and has its capital from there."""
    return position == 0 or re.search(rf"[.!?:]\s+{re.escape(word)}\b", text) is not None


def _words(text: str) -> list[str]:
    return [each.strip("'-") for each in WORD.findall(text) if each.strip("'-")]


def _matches(pattern: str, text: str) -> set[str]:
    return {each[0].lower() for each in re.finditer(pattern, text, re.IGNORECASE)}


def _count(pattern: str, text: str) -> int:
    return sum(Counter(each[0] for each in re.finditer(pattern, text, re.IGNORECASE)).values())


def _stem(word: str) -> str:
    """Give what the forms of an English word have in common, roughly."""
    word = word.lower()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
