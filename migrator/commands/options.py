"""Say what a plan is asked for."""

from __future__ import annotations

from dataclasses import dataclass


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
