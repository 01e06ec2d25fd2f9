"""Ask a model for the words of blocks: show what would be sent, ask, send, keep the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from migrator.adapters.advice_store import advice_in, keep_advice, kept_advice
from migrator.adapters.cache_folder import CacheFolder, open_cache
from migrator.adapters.plan_file import load_plan
from migrator.adapters.terminal import ask, can_ask, tell, watched
from migrator.commands.options import AssistOptions
from migrator.domain.advice import Advice, AdviceRequest, Reply
from migrator.domain.errors import DeclinedError, UsageError
from migrator.domain.wording import plural, printable


@dataclass(frozen=True, slots=True)
class AskingAdvisor:
    """Answers from what is known, and asks the API for the rest once a person agreed."""

    options: AssistOptions
    known: Mapping[str, Advice]
    cache: CacheFolder | None

    def advise(self, requests: Sequence[AdviceRequest]) -> Mapping[str, Advice]:
        """Give all answers by key; one that may not be asked for, or did not come, says why."""
        wanted = {each.key: each for each in requests}
        found = {key: self.known[key] for key in wanted if key in self.known}
        rest = [each for key, each in wanted.items() if key not in found]
        kept = kept_advice(self.cache, rest) if self.cache else {}
        found |= kept
        rest = [each for each in rest if each.key not in kept]
        asked, beyond = self._affordable(rest)
        if asked:
            self._agree(asked, len(found), len(beyond))
            found |= {each.key: each for each in self._ask(asked)}
        why = f"the spending cap of ${self.options.most_dollars:.2f} leaves it out"
        return found | {e.key: _unasked(e, why) for e in beyond}

    def _affordable(
        self, requests: Sequence[AdviceRequest]
    ) -> tuple[list[AdviceRequest], list[AdviceRequest]]:
        """Part the requests that fit under the cap, each at the most that it can cost."""
        asked: list[AdviceRequest] = []
        left = self.options.most_dollars
        for each in requests:
            if each.most_dollars <= left:
                asked.append(each)
                left -= each.most_dollars
        return asked, [each for each in requests if each not in asked]

    def _agree(self, asked: Sequence[AdviceRequest], known: int, beyond: int) -> None:
        tell("\n".join(printable(line) for line in self._preview(asked, known, beyond)))
        if self.options.yes:
            return
        if not can_ask():
            raise UsageError(
                "--assist sends prompts to a model, and nobody is here to be asked",
                "look at what is shown above, then say --yes",
            )
        if not ask("Send them?"):
            raise DeclinedError("not confirmed; nothing was sent")

    def _preview(self, asked: Sequence[AdviceRequest], known: int, beyond: int) -> Iterator[str]:
        from migrator.adapters.openai_api import KEY, shown_url

        into, out = (sum(pair) for pair in zip(*(e.most_tokens for e in asked), strict=True))
        most = sum(each.most_dollars for each in asked)
        count = plural(len(asked), "request")
        yield f"{count} to {shown_url()}, with your {KEY}, not stored there:"
        for each in asked:
            yield ""
            yield from _shown(each)
        yield ""
        yield f"At most {into} tokens in and {out} out, ${most:.2f} at list price, in one try each."
        if known:
            yield f"{plural(known, 'answer')} known already, at no cost."
        if beyond:
            cap = f"${self.options.most_dollars:.2f}"
            yield f"{plural(beyond, 'request')} left out by the cap of {cap}."

    def _ask(self, asked: Sequence[AdviceRequest]) -> Iterator[Advice]:
        from migrator.adapters.responses import ask_all

        options = self.options
        answers = ask_all(
            asked, seconds=options.seconds, retries=options.retries, at_once=options.at_once
        )
        bill = _Bill({each.key: each for each in asked})
        for each in watched(answers, len(asked), bill.under_way):
            if self.cache:
                # At once: who interrupts keeps what was answered until then.
                keep_advice(self.cache, each)
            bill.add(each)
            yield each
        tell(bill.settled())


@dataclass(slots=True)
class _Bill:
    """What answers have cost so far, by what the host says that they took."""

    asked: Mapping[str, AdviceRequest]
    answered: int = 0
    dollars: float = 0.0

    def add(self, advice: Advice) -> None:
        self.answered += advice.lasts
        self.dollars += self.asked[advice.key].cost(advice.tokens)

    def under_way(self) -> str:
        return f"asking for words, ${self.dollars:.2f} so far"

    def settled(self) -> str:
        count = plural(len(self.asked), "request")
        cost = f"for ${self.dollars:.2f} at list price" if self.dollars else "at a cost not told"
        return f"{self.answered} of {count} answered, {cost}."


def advisor_for(options: AssistOptions, *, saved: Path | None, cache: bool) -> AskingAdvisor:
    """Make the advisor of a plan; `saved` is a plan whose answers are taken again."""
    known: dict[str, Advice] = {}
    if saved and saved.is_file():
        with suppress(UsageError):
            known = advice_in(load_plan(saved))
    return AskingAdvisor(options, known, open_cache() if cache else None)


def _shown(request: AdviceRequest) -> Iterator[str]:
    asked = json.loads(json.loads(request.body)["input"])
    yield f"{request.place}: the prompt"
    yield from (f"  | {line}" for line in asked["prompt"].splitlines())
    yield "and the rules to word for it"
    yield from (f"  {each['id']}: {each['text']}" for each in asked["rules"])


def _unasked(request: AdviceRequest, why: str) -> Advice:
    return Advice(key=request.key, model="", reply=Reply.MISSING, text=why)
