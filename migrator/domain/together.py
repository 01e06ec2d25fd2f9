"""Say what a plan leaves alone although it belongs together with what moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from migrator.domain.plan import Plan, SyncKind
from migrator.domain.wording import listed


def together(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Map a sentence on each set and kind to the `path:line` places that it is true of.

    What wins over a default is told as such already.
    """
    told = {(each.path, each.line) for each in plan.overrides}
    homes = {group.id: group.references for group in plan.groups}
    found: dict[str, dict[str, None]] = {}
    for each in plan.sync_sets:
        home = listed(homes.get(each.group, ()), 2)
        for member in each.members:
            if (member.path, member.line) not in told:
                sentence = _sentence(member.kind, listed(each.models, 3), home, plan.target)
                found.setdefault(sentence, {})[f"{member.path}:{member.line}"] = None
    return {sentence: tuple(places) for sentence, places in found.items()}


def _sentence(kind: SyncKind, models: str, home: str, target: str) -> str:
    match kind:
        case SyncKind.COPY:
            return f"{models} of {home} has copies by the same name, which stay:"
        case SyncKind.LISTED:
            return f"{models} is offered where {target} is not:"
        case _:
            assert_never(kind)
