"""Ask for other words of the blocks that prompts get, and take those that pass every check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from migrator.adapters.facts_reader import FactsReader
from migrator.commands._words import write_words
from migrator.domain.advice import Advice, AdviceRequest, Advised, Reply, Wording
from migrator.domain.playbook import Playbook
from migrator.domain.ports import Advisor
from migrator.domain.rewrite import Rewrite
from migrator.stages.advise import Refused, request_for, worded


def advised(
    rewrites: Sequence[Rewrite], advisor: Advisor, playbook: Playbook, reader: FactsReader
) -> tuple[tuple[Rewrite, ...], tuple[Advised, ...]]:
    """Give the prompts with a model's words where these pass, and what became of each request."""
    facts = playbook.assist
    if facts is None or not rewrites:
        return tuple(rewrites), ()
    target = playbook.catalogue.models[playbook.target]
    requests = [
        request_for(_place(each), each.surface.text, each.chosen, target, facts)
        for each in rewrites
    ]
    answers = advisor.advise(requests)
    found = [
        _taken(rewrite, request, answers.get(request.key), playbook, reader)
        for rewrite, request in zip(rewrites, requests, strict=True)
    ]
    return tuple(each for each, _ in found), tuple(each for _, each in found)


def _taken(
    rewrite: Rewrite,
    request: AdviceRequest,
    advice: Advice | None,
    playbook: Playbook,
    reader: FactsReader,
) -> tuple[Rewrite, Advised]:
    if advice is None:
        advice = Advice(key=request.key, model="", reply=Reply.MISSING, text="it was not asked")
    heard = Advised(place=request.place, advice=advice, wording=Wording.UNANSWERED, why=advice.text)
    if advice.reply is not Reply.ANSWERED or playbook.assist is None:
        return rewrite, heard
    words = worded(advice, rewrite.surface.text, rewrite.chosen, playbook.assist)
    if isinstance(words, Refused):
        return rewrite, replace(heard, wording=Wording.REFUSED, why=str(words))
    written = write_words(rewrite.surface, words, reader)
    if isinstance(written, str):
        return rewrite, replace(heard, wording=Wording.REFUSED, why=written)
    mine = replace(
        rewrite,
        chosen=words,
        change=written.change,
        splice=written.splice,
        words=written.words,
        worded_by=advice.model if words != rewrite.chosen else "",
    )
    return mine, replace(heard, wording=Wording.ACCEPTED, why="")


def _place(rewrite: Rewrite) -> str:
    return f"{rewrite.place.path}:{rewrite.place.line}"
