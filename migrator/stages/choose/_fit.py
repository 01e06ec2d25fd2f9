"""Tell whether a site has what words need to make sense there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import assert_never

from migrator.domain.block import (
    Block,
    Need,
    Origin,
    Point,
    Requirement,
    Risk,
    RiskEvidence,
    Strength,
    Where,
)
from migrator.domain.playbook import Playbook
from migrator.domain.site import BoundCall, ClassifiedSite, SettingState
from migrator.stages.choose._said import shown

_CHOICES = ("tool_choice", "function_call", "model_settings.tool_choice")
_FREE = frozenset({"auto", "none"})


def unmet(
    words: Block | Point,
    site: ClassifiedSite,
    text: str,
    evidence: Sequence[RiskEvidence],
    playbook: Playbook,
) -> str:
    """Name the first need of words that a site does not meet, empty when it meets them all."""
    missing = lacking(words, site, text, evidence, playbook)
    return missing or absent(words.only_if, text, [each.what for each in evidence])


def lacking(
    words: Block | Point,
    site: ClassifiedSite,
    text: str,
    evidence: Sequence[RiskEvidence],
    playbook: Playbook,
) -> str:
    """Name the first need that the call of a site does not meet, whatever its prompt speaks of."""
    found = (_unmet(need, site, text, evidence, playbook) for need in words.needs)
    return next((each for each in found if each), "")


def absent(requirements: Iterable[Requirement], text: str, evidence: Sequence[str]) -> str:
    """Say which sign is missing that words call for, empty when all are there."""
    for each in requirements:
        places = {Where.PROMPT: (text,), Where.EVIDENCE: tuple(evidence)}[each.where]
        if not any(re.search(each.pattern, place, re.IGNORECASE) for place in places):
            return each.why
    return ""


def _unmet(
    need: Need,
    site: ClassifiedSite,
    text: str,
    evidence: Sequence[RiskEvidence],
    playbook: Playbook,
) -> str:
    match need:
        case Need.TOOLS:
            by_tools = any(each.origin is Origin.TOOLS for each in evidence)
            return "" if by_tools else "no tool of the call speaks for it"
        case Need.FREE_TEXT:
            return "" if site.call is None else _closed(site.call, text, playbook)
        case Need.LOOKS_ONLY:
            return "" if not _acts(site) else "a tool of the call acts on the world"
        case Need.OWN_STEPS:
            return scripted(text, playbook)
        case Need.PHASE_KEPT:
            kept = site.call is None or _keeps_phase(site.call)
            return "" if kept else "nothing shows that the messages of an answer are told apart"
        case _:
            assert_never(need)


def _acts(site: ClassifiedSite) -> bool:
    return any(
        each.risk is Risk.SIDE_EFFECTS and each.strength is Strength.STRONG for each in site.risks
    )


def _closed(call: BoundCall, text: str, playbook: Playbook) -> str:
    """Say why an answer is not free text: the call or the prompt fixes its form."""
    for name in call.surface.output_format:
        setting = call.setting(name)
        if setting.state is SettingState.UNRESOLVED or setting.value is not None:
            return f"`{name}` fixes the form of the answer"
    for name in _CHOICES:
        setting = call.setting(name)
        if setting.state is not SettingState.ABSENT and setting.value not in _FREE:
            return f"`{name}` has a tool give the answer its form"
    return closed_by_words(text, playbook)


def closed_by_words(text: str, playbook: Playbook) -> str:
    """Say which words of a prompt fix the form of the answer, empty when none do."""
    found = _first(playbook.closed_answers, text)
    return f"the prompt fixes the form of the answer (`{found}`)" if found else ""


def scripted(text: str, playbook: Playbook) -> str:
    """Say by which words a prompt scripts its steps, empty when it leaves them to the model."""
    found = _first(playbook.scripts, text)
    return f"the prompt scripts its steps (`{found}`)" if found else ""


def _first(patterns: Iterable[str], text: str) -> str:
    found = (re.search(each, text, re.IGNORECASE) for each in patterns)
    return next((shown(each[0]) for each in found if each), "")


def _keeps_phase(call: BoundCall) -> bool:
    """Whether the API keeps the items of an answer, or has none to tell apart."""
    state = call.surface.state
    return not state or any(call.setting(each).state is not SettingState.ABSENT for each in state)
