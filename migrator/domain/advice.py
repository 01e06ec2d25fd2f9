"""Define what a model is asked to word for a prompt, what it said, and what became of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_PRICED = 1_000_000  # a list price is for that many tokens


class Reply(StrEnum):
    """What came back for a request."""

    ANSWERED = "answered"
    DECLINED = "declined"  # the model would not
    CUT_OFF = "cut_off"  # the answer is not whole
    MISSING = "missing"  # no answer came, or none that can be read


class Wording(StrEnum):
    """Whose words a prompt gets."""

    ACCEPTED = "accepted"  # the model's, after every check
    REFUSED = "refused"  # the block's own, because a check failed
    UNANSWERED = "unanswered"  # the block's own, because there is no whole answer


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRequest:
    """One request for the words of one prompt: `place` is the prompt's, `body` its exact JSON.

    `key` is the SHA-256 of the body: equal requests have equal answers. `most_tokens` bounds what
    it reads and what it writes, in one try; `prices` are USD per million of these tokens.
    """

    key: str
    place: str
    body: str
    most_tokens: tuple[int, int]
    prices: tuple[float, float]

    @property
    def most_dollars(self) -> float:
        """What one try can cost at list price, in USD."""
        return self.cost(self.most_tokens)

    def cost(self, tokens: tuple[int, int]) -> float:
        """Give what tokens in and out cost at list price, in USD."""
        return sum(t * p for t, p in zip(tokens, self.prices, strict=True)) / _PRICED


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What came back for the request `key`, and from which model; `text` is the raw answer.

    Without an answer `text` says why there is none. `tokens` are those that the host says it read
    and wrote for it; none for an answer that was known before.
    """

    key: str
    model: str
    reply: Reply
    text: str
    tokens: tuple[int, int] = (0, 0)

    @property
    def lasts(self) -> bool:
        """Whether asking again would be in vain: a model answered, be it with a no."""
        return self.reply is not Reply.MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """What became of the words that a model proposed for the prompt at `place`."""

    place: str
    advice: Advice
    wording: Wording
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistFacts:
    """How a model is asked, and the words that it may add of its own.

    `effort`, `verbosity` and `most_output_tokens` go with each request. `most_extra_words` is what
    a wording may have over the block's. `plain_words` say nothing new anywhere; `forbidden` are
    regular expressions of words that set rules aside, `negations` of those that turn one around.
    """

    effort: str
    verbosity: str
    most_output_tokens: int
    most_extra_words: int
    least_kept: float
    instructions: str
    source: str
    plain_words: tuple[str, ...]
    forbidden: tuple[str, ...]
    negations: str
