"""Tell whether changing the string alone is enough «string-only.*»; doubt means it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrator.domain.finding import Severity
from migrator.domain.playbook import Playbook, Thresholds
from migrator.domain.prompt import PromptKind, PromptLink, PromptSurface, Speaker
from migrator.domain.sent import possible
from migrator.domain.site import BoundCall, JudgedSite
from migrator.domain.trail import Confidence

CLAUSES = (
    "string-only.1",
    "string-only.2",
    "string-only.3",
    "light.3",
    "light.5",
)

_STEERING = frozenset({Speaker.SYSTEM, Speaker.DEVELOPER, Speaker.INSTRUCTIONS})
_LEAST_WORDS = 3
_TASKS = re.compile(
    r"\b(answer|check|choose|classif(y|ies)|compose|condense|convert|correct|decide|describe"
    r"|detect|draft|explain|extract|find|fix|generate|give|identify|label|list|name|paraphrase"
    r"|pick|produce|rank|rate|reply|respond|return|rewrite|score|shorten|sort|suggest"
    r"|summari[sz]e|tag|tell|translate|turn|write)\b",
    re.IGNORECASE,
)
_OUTPUTS = re.compile(
    r"\b(answer with|bullets?|characters?|email|headline|into \w+|labels?|lines?|names?|one of"
    r"|only|output|paragraphs?|reply with|respond with|return|score|sentences?|subject|summary"
    r"|tags?|text|title|words?|yes or no)\b",
    re.IGNORECASE,
)
_STRICT = re.compile(
    r"\b(json|xml|yaml|csv|schema|parsable|parseable)\b|\{\s*[\"']\w+[\"']\s*:", re.IGNORECASE
)
_OPEN_ENDED = re.compile(
    r"\b(agents?|autonomous(ly)?|assistant (that|who) can|anything|any question|step by step"
    r"|keep going|tools?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the string alone is not enough, and the clause that says so."""

    why: str
    clause: str


def why_not_string_only(judged: JudgedSite, playbook: Playbook) -> Reason | None:
    """Give the first reason against changing the string alone, or None.

    A prompt counts as short by the playbook's figures over all literal parts, as explicit when it
    names a task and an output in the words listed here, and as bounded when it opens no role
    without end. These are heuristics; what they miss gets the more careful outcome.
    """
    return next(_reasons(judged, playbook), None)


def _reasons(judged: JudgedSite, playbook: Playbook) -> Iterator[Reason]:
    site = judged.classified
    if site.family not in playbook.string_only_families:
        yield Reason(f"the source family is {site.family}", "string-only.1")
    risks = [each for each in judged.findings if each.severity is Severity.RISK]
    if risks:
        yield Reason(risks[0].message, risks[0].clause)
    if "loop" in site.traits:
        yield Reason(f"a loop stands {site.traits['loop']}", "string-only.3")
    if site.bound.parsed:
        yield Reason(f"`{site.bound.parsed[0].by}` takes its answer apart", "string-only.3")
    if site.call is None:
        yield Reason("no call to judge", "string-only.3")
    else:
        yield from _of_call(site.call)
    yield from _of_prompts(site.paired.prompts, playbook.thresholds)


def _of_call(call: BoundCall) -> Iterator[Reason]:
    surface = call.surface
    if call.invocation.loops:
        yield Reason("a loop stands around the call", "string-only.3")
    if call.given_by_library("tools") or any(_sent(call, name) for name in surface.offers):
        yield Reason("the call sends tools", "light.5")
    if any(_sent(call, name) for name in surface.output_format):
        yield Reason("the call asks for a strict output format", "string-only.3")
    if any(_sent(call, name) for name in surface.state):
        yield Reason("the call carries a conversation on", "string-only.3")


def _sent(call: BoundCall, name: str) -> bool:
    sent = possible(call.setting(name))
    return sent.sends or sent.unread


def _of_prompts(links: tuple[PromptLink, ...], limits: Thresholds) -> Iterator[Reason]:
    if any(each.kind is PromptKind.RUNTIME and each.speaker in _STEERING for each in links):
        yield Reason("the instructions are brought by the caller", "string-only.2")
    if any(each.confidence is not Confidence.CERTAIN for each in links if each.surface):
        yield Reason("the path to the prompt is only likely", "string-only.2")
    surfaces = [each.surface for each in links if each.surface is not None]
    if not surfaces:
        yield Reason("no prompt of its own to call short and explicit", "string-only.2")
    yield from _of_text(surfaces, limits)


def _of_text(surfaces: list[PromptSurface], limits: Thresholds) -> Iterator[Reason]:
    words = sum(each.words for each in surfaces)
    lines = sum(each.lines for each in surfaces)
    text = "\n".join(each.text for each in surfaces)
    if words > limits.short_prompt_words or lines > limits.short_prompt_lines:
        yield Reason(f"the prompt has {words} words on {lines} lines", "string-only.2")
    if words < _LEAST_WORDS or not (_TASKS.search(text) and _OUTPUTS.search(text)):
        yield Reason("the prompt does not name both a task and an output", "string-only.2")
    if _STRICT.search(text):
        yield Reason("the prompt asks for a strict output format", "light.3")
    if _OPEN_ENDED.search(text):
        yield Reason("the prompt opens a role without end", "string-only.2")
