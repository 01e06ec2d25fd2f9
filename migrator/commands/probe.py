"""Ask the API what the repository cannot tell, and keep the dated answers in the configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from migrator.adapters import openai_api
from migrator.adapters.answers_file import write_answers
from migrator.adapters.config_file import load_config
from migrator.adapters.repository import open_tree
from migrator.adapters.terminal import ask, can_ask, tell, tell_progress, write_result
from migrator.domain.answer import OFFERED, Answer, Question, Verdict
from migrator.domain.errors import DeclinedError, UsageError
from migrator.domain.playbook import Playbook
from migrator.domain.wording import printable
from migrator.playbook import load_playbook

ACCEPTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOptions:
    """What to do: `show` sends nothing, `yes` does not ask, `today` dates the answers."""

    show: bool = False
    yes: bool = False
    today: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked, and on which day."""

    host: str
    day: str

    def answer(self, question: str, verdict: Verdict, told: str = "") -> Answer:
        return Answer(question=question, verdict=verdict, asked=self.day, host=self.host, told=told)


def probe(path: Path, options: ProbeOptions) -> int:
    """Show what would be sent, ask, send it, write the answers down, and give the exit code.

    Raises UsageError without a key or a yes, RefusedError when the API does not answer: nothing
    is written then.
    """
    opened = open_tree(path)
    config = load_config(path, opened.root)
    playbook = load_playbook(config.target)
    day = _day(options.today)
    preview = "\n".join(_preview(playbook)) + "\n"
    if options.show:
        write_result(preview)
        return 0
    _agree(preview, options)
    asked = _Asked(openai_api.host(), day)
    answers, shutdowns = _ask_all(playbook, asked)
    for each in answers:
        told = f": {each.told}" if each.told else ""
        write_result(f"{each.question}: {each.verdict}{printable(told)}\n")
    for name, when in sorted(shutdowns.items()):
        write_result(f"{name}: shut down on {when}, not as the playbook has it\n")
    settled = [each for each in answers if each.verdict is not Verdict.UNCLEAR]
    file = write_answers(opened.root, config.path, settled, shutdowns)
    write_result(f"Kept in {file}; the next plan judges with it.\n")
    return 0


def _day(today: str) -> str:
    try:
        return date.fromisoformat(today).isoformat() if today else date.today().isoformat()  # noqa: DTZ011 - the user's own day
    except ValueError as error:
        raise UsageError(f"--today {today} is not a date", "write it as YYYY-MM-DD") from error


def _preview(playbook: Playbook) -> Iterator[str]:
    count = len(playbook.questions) + 1
    yield f"{count} requests to {openai_api.shown_url()}, with your {openai_api.KEY}:"
    yield ""
    yield "GET /models    which models this account may use, and until when"
    for each in playbook.questions:
        yield ""
        yield f"POST {each.path}    {each.asks.replace('{target}', playbook.target)}"
        yield f"  {each.why}"
        yield from (f"  {line}" for line in _body(each, playbook.target).splitlines())
    yield ""
    yield "Nothing of your code or prompts is sent. The POST requests cost some 300 tokens each."


def _body(question: Question, target: str) -> str:
    return question.body.replace("{target}", target).strip()


def _agree(preview: str, options: ProbeOptions) -> None:
    if options.yes:
        return
    if not can_ask():
        raise UsageError(
            "probe sends requests, and nobody is here to be asked",
            "look at them with --show, then say --yes",
        )
    tell(preview)
    if not ask("Send them?"):
        raise DeclinedError("not confirmed; nothing was sent")


def _ask_all(playbook: Playbook, asked: _Asked) -> tuple[Sequence[Answer], dict[str, str]]:
    tell_progress("asking for the list of models")
    offered = openai_api.list_models()
    answers = [_offered(offered, playbook.target, asked)]
    for each in playbook.questions:
        if answers[0].verdict is Verdict.ACCEPTED:
            tell_progress(f"asking {each.id}")
            answers.append(_answer(each, playbook.target, asked))
    return answers, dict(_differing(offered, playbook))


def _offered(offered: Sequence[openai_api.Offered], target: str, asked: _Asked) -> Answer:
    if any(each.id == target for each in offered):
        return asked.answer(OFFERED, Verdict.ACCEPTED)
    return asked.answer(OFFERED, Verdict.REFUSED, f"{len(offered)} models, {target} not among them")


def _answer(question: Question, target: str, asked: _Asked) -> Answer:
    reply = openai_api.send(question.path, json.loads(_body(question, target)))
    if reply.status == ACCEPTED and not reply.error:
        return asked.answer(question.id, Verdict.ACCEPTED)
    refused = re.search(question.refusal, reply.error)
    verdict = Verdict.REFUSED if refused else Verdict.UNCLEAR
    return asked.answer(question.id, verdict, f"{reply.status} {reply.error}".strip())


def _differing(
    offered: Sequence[openai_api.Offered], playbook: Playbook
) -> Iterator[tuple[str, str]]:
    for each in offered:
        known = playbook.catalogue.models.get(each.id)
        if each.shutdown and known is not None and known.shutdown != each.shutdown:
            yield each.id, each.shutdown
