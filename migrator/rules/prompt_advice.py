"""Name what a prompt may do without on the target: advice, never an edit.

What it checks
    In each prompt that steers or makes up a user's message: a line that tells today's date,
    scaffolding that walks through the reasoning step by step, the same absolute rule said twice,
    and a schema written out where the call sets an output format.

Why
    The target knows the date, picks its own way to a stated outcome, and keeps a format that the
    call enforces: the words cost tokens and narrow its choices. Whether they still serve someone
    is for the team to say, and an upgrade does not clean up prompts.

Example
    `instructions="Think step by step. ALWAYS be brief. Remember: ALWAYS be brief."`

Source
    Prompting guide, "Outcome-first prompts and stopping conditions" and "Formatting"; upgrade
    guide, clause light.10.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from migrator.domain.block import words_in
from migrator.domain.expression import Expression, Table, Text
from migrator.domain.finding import Finding, Severity
from migrator.domain.playbook import Playbook
from migrator.domain.prompt import STEERING, PromptSurface, Speaker
from migrator.domain.rule import Rule
from migrator.domain.sent import hidden, possible
from migrator.domain.site import BoundCall, ClassifiedSite

_SOURCE = "https://developers.openai.com/api/docs/guides/prompt-guidance?model=gpt-5.5"
# What depends on a place or a period is not the date of today.
_DATE = re.compile(
    r"\b(today.s date|the current date|current date|today)( and time)? ?(is|:|=)|"
    r"\b(knowledge|training)( data)? cut-?off\b",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"\b(think|reason|work)( (it|this|things|the \w+))?( through)?,? step[- ]by[- ]step\b|"
    r"\btake a deep breath\b|\buse (a |your )?chain[- ]of[- ]thought\b|"
    r"\bfirst,? [^.]{5,120}\bthen,? [^.]{5,120}\bthen,? [^.]{5,120}\bthen\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(r"\b(always|never|must)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?:\n]+")
_SCHEMA = re.compile(
    r"\bjson schema\b|[\"']\w+[\"']\s*:[^:]{1,200}[\"']\w+[\"']\s*:", re.IGNORECASE
)
_LEAST_WORDS = 3
_LONGEST = 60


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Note each kind of words once a prompt, with the first that was seen."""
    surfaces = {
        link.surface.at: link.surface
        for link in site.paired.prompts
        if link.surface is not None and link.speaker in {*STEERING, Speaker.USER}
    }
    for surface in surfaces.values():
        for words, message in _seen(surface.text, playbook.target, formed=_formed(site)):
            yield _note(surface, f"{message} (`{_shown(words)}`)")


def _seen(text: str, target: str, *, formed: bool) -> Iterator[tuple[str, str]]:
    date, steps, twice = _DATE.search(text), _STEPS.search(text), _said_twice(text)
    schema = _SCHEMA.search(text) if formed else None
    if date:
        yield date[0], f"{target} knows today's date; only another time zone or day needs saying"
    if steps:
        yield (
            steps[0],
            f"{target} finds its own steps; say the outcome, and try without these words",
        )
    if twice:
        yield twice, "an absolute rule is said twice; once is enough, where it is a true invariant"
    if schema:
        yield schema[0], "the call enforces a format; the prompt need not write the schema out"


def _said_twice(text: str) -> str:
    """Give the first sentence with an absolute word that comes again, in whatever case."""
    rules = [each.strip(" \t-*#>") for each in _SENTENCE.findall(text) if _ABSOLUTE.search(each)]
    plain = {each: " ".join(re.findall(r"\w+", each.lower())) for each in rules}
    counts = Counter(plain[each] for each in rules)
    return next(
        (each for each in rules if counts[plain[each]] > 1 and words_in(each) >= _LEAST_WORDS), ""
    )


def _formed(site: ClassifiedSite) -> bool:
    call = site.call
    return call is not None and any(_enforces(call, name) for name in call.surface.output_format)


def _enforces(call: BoundCall, name: str) -> bool:
    """Whether a setting that is written at the call names a shape: any JSON will do is none."""
    sent = possible(call.setting(name))
    shaped = any(not _is_any_json(each) for each in sent.shapes)
    return not hidden(call, name) and bool(sent.unread or sent.literals or shaped)


def _is_any_json(shape: Expression) -> bool:
    entries = shape.entries if isinstance(shape, Table) else ()
    return any(isinstance(e.value, Text) and e.value.value == "json_object" for e in entries)


def _shown(words: str) -> str:
    plain = " ".join(words.replace("`", "'").split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _note(surface: PromptSurface, message: str) -> Finding:
    return Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.NOTES,
        message=message,
        at=surface.at.within(surface.path),
        source=_SOURCE,
    )


RULE = Rule(
    code="R68",
    slug="prompt-advice",
    title="Words that a prompt may do without",
    clause="light.10",
    check=check,
)
