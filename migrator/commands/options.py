"""Say what a plan is asked for."""

from __future__ import annotations

from dataclasses import dataclass

MOST_DOLLARS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """What the command line asks for; empty means what the configuration says.

    `everything` is the explicit request to upgrade all model usage «posture.3». `unblock` asks
    for edits outside the guide, `sampling` says how those deal with sampling parameters.
    `prompts` is edit or keep.
    """

    target: str = ""
    sources: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    everything: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False
    prompts: str = ""
    unblock: bool = False
    sampling: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistOptions:
    """How a model may be asked: `yes` asks no question first, `most_dollars` caps the spending.

    `seconds` bounds each try, `retries` how many follow the first, `at_once` how many are under
    way.
    """

    yes: bool = False
    most_dollars: float = MOST_DOLLARS
    seconds: float = 60.0
    retries: int = 4
    at_once: int = 8
