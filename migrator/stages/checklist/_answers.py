"""Word answers and the evidence they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from migrator.domain.expression import Scalar
from migrator.domain.finding import Finding
from migrator.domain.plan_site import ChecklistItem, PlanPlace
from migrator.domain.prompt import PromptLink
from migrator.domain.site import ABSENT, BoundCall, Setting, SettingState
from migrator.domain.source import Place
from migrator.domain.trail import Found

YES, NO, UNCLEAR, MOOT = "yes", "no", "unclear", "not_applicable"


def item(number: int, answer: str, evidence: str, at: Place | None = None) -> ChecklistItem:
    """Make an answer with its evidence, and the place of that where there is one."""
    place = None if at is None else PlanPlace(path=at.path, line=at.line)
    return ChecklistItem(item=number, answer=answer, at=place, evidence=evidence)


def from_finding(number: int, answer: str, finding: Finding) -> ChecklistItem:
    """Rest an answer on a finding."""
    return item(number, answer, f"{finding.message} ({finding.rule})", finding.at)


def from_link(number: int, answer: str, link: PromptLink, evidence: str) -> ChecklistItem:
    """Rest an answer on a part of the prompt."""
    return item(number, answer, evidence, Place(link.path, link.line))


def telling(call: BoundCall, names: Iterable[str]) -> tuple[str, Setting]:
    """Give the setting that says most: an explicit one, else an unresolved one, else none."""
    named = [(name, call.setting(name)) for name in names]
    for wanted in (SettingState.EXPLICIT, SettingState.UNRESOLVED):
        for name, setting in named:
            # An explicit None says the same as leaving the setting out.
            spoken = wanted is SettingState.UNRESOLVED or setting.value is not None
            if setting.state is wanted and (spoken or not all(map(_is_none, setting.ends))):
                return name, setting
    return "", ABSENT


def _is_none(end: Found) -> bool:
    return isinstance(end.expression, Scalar) and end.expression.value is None


def seen(call: BoundCall, names: Iterable[str]) -> tuple[str, ...]:
    """Say of each setting what is seen of it, and where."""
    return tuple(_shown(name, call.setting(name)) for name in names if name in call.settings)


def _shown(name: str, setting: Setting) -> str:
    where = f" at {setting.at.path}:{setting.at.line}" if setting.at else ""
    match setting.state:
        case SettingState.EXPLICIT:
            return f"{name}={setting.value}{where}"
        case SettingState.UNRESOLVED:
            return f"{name}: not readable{where}"
        case SettingState.ABSENT:
            return f"{name}: not set"
        case _:
            assert_never(setting.state)
