"""Find code that decides by the model's id and has no place for the target's.

What it checks
    Look-ups, membership and prefix tests, comparisons, enums, tokenizers and the choices of options
    that the id of this site reaches, each evaluated for the id as it is and as it would be.

Why
    A price table without the new id raises the moment it is asked, an allowlist refuses it, and a
    prefix test may send other parameters. What cannot be evaluated is not guessed.

Example
    `cost = PRICES[MODEL] * tokens` with a table that ends at gpt-4.1

Source
    Upgrade guide, clause checklist.1. For tokenizers https://github.com/openai/tiktoken/issues/578
    of 10 July 2026: `encoding_for_model` knows ids with a dot from 0.14 on.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.gate import Gate, GateKind, Passage
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ClassifiedSite

TIKTOKEN = "https://github.com/openai/tiktoken/issues/578"
KNOWING = ">=0.14"  # versions of tiktoken that know ids with a dot

_SEVERITY = {
    Passage.RAISES: Severity.BLOCKS,
    Passage.DIFFERS: Severity.WARNS,
    Passage.ELSEWHERE: Severity.UNSETTLED,
    Passage.UNCLEAR: Severity.UNSETTLED,
    Passage.ARGUMENTS: Severity.UNSETTLED,
}


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:  # noqa: ARG001
    """Report each gate of the site."""
    for gate in site.bound.gates:
        if gate.kind is GateKind.TOKENIZER:
            yield from _tokenizer(gate)
            continue
        severity = _SEVERITY[gate.passage]
        yield Finding(
            rule=RULE.code,
            clause=RULE.clause,
            severity=severity,
            message=_message(gate),
            at=gate.at,
            size=Size(SizeKind.GATE, 1) if severity is Severity.BLOCKS else None,
            follow_up=_follow_up(gate),
            root=gate.table if gate.passage is Passage.RAISES else None,
        )


def _message(gate: Gate) -> str:
    match gate.passage:
        case Passage.RAISES if gate.kind is GateKind.OPTION:
            return f"the choices of the option `{gate.written}` do not list {gate.model}"
        case Passage.UNCLEAR if gate.kind is GateKind.OPTION:
            return f"the choices of the option `{gate.written}` cannot be evaluated"
        case Passage.RAISES if gate.kind is GateKind.TEST:
            return f"the test `{gate.written}` turns {gate.model} away with an exception"
        case Passage.RAISES:
            return f"`{gate.written}` raises: {_subject(gate)} does not hold {gate.model}"
        case Passage.DIFFERS if gate.kind is GateKind.TEST:
            return f"the test `{gate.written}` takes the other branch with {gate.model}"
        case Passage.DIFFERS:
            return f"`{gate.written}` falls back: {_subject(gate)} does not hold {gate.model}"
        case Passage.ELSEWHERE if gate.kind is GateKind.TEST:
            return f"no round of the loop passes the test `{gate.written}` with {gate.model}"
        case Passage.ELSEWHERE:
            return f"`{gate.written}` gives another function: {_subject(gate)} lacks {gate.model}"
        case Passage.UNCLEAR:
            return f"`{gate.written}` cannot be evaluated: it may raise with {gate.model}"
        case Passage.ARGUMENTS:
            return f"the arguments depend on the id: `{gate.written}` cannot be evaluated"


def _tokenizer(gate: Gate) -> Iterator[Finding]:
    """Report a tokenizer that is asked by id: a version that is known to lack the id blocks."""
    falls_back = gate.passage is Passage.DIFFERS
    library = gate.library
    lacks = library is not None and not library.within(KNOWING)
    if library is not None and library.exact and not lacks:
        return
    what = "falls back" if falls_back else "raises KeyError"
    version = f": {library}" if lacks else " with tiktoken before 0.14"
    blocks = lacks and not falls_back
    yield Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.BLOCKS if blocks else Severity.WARNS,
        message=f"`{gate.written}` {what} for {gate.model}{version}",
        at=gate.at,
        size=Size(SizeKind.GATE, 1) if blocks else None,
        follow_up="Use tiktoken 0.14 or later, or name the encoding.",
        source=TIKTOKEN,
    )


def _follow_up(gate: Gate) -> str:
    line = f"{gate.at.path}:{gate.at.line}"
    if gate.passage is Passage.ARGUMENTS:
        return f"Judge the arguments at {line} with {gate.model}."
    if gate.passage is Passage.DIFFERS and gate.kind is GateKind.TEST:
        return f"Check that the branch which {gate.model} takes at {line} suits it."
    if gate.kind is GateKind.OPTION and gate.passage is Passage.RAISES:
        return f"Add {gate.model} to the choices of `{gate.written}` at {line}."
    if gate.passage is Passage.ELSEWHERE and gate.kind is GateKind.TEST:
        return f"Let a round of the loop at {line} take {gate.model}."
    if gate.passage is Passage.UNCLEAR:
        return f"Make sure that `{gate.written}` at {line} takes {gate.model}."
    if gate.table is not None and gate.subject:
        table = f"{gate.table.path}:{gate.table.line}"
        return f"Add {gate.model} to {gate.subject} in {table}."
    return f"Let `{gate.written}` at {line} know {gate.model}."


def _subject(gate: Gate) -> str:
    if gate.table is None:
        return f"`{gate.subject}`"
    return f"`{gate.subject}` ({gate.table.path}:{gate.table.line})"


RULE = Rule(
    code="R31",
    slug="gated-by-id",
    title="Code that decides by the model's id",
    clause="checklist.1",
    check=check,
)
