"""Classify a paired site: its role, its family and tier, and what a person decided of it."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.config import Config
from migrator.domain.site import ClassifiedSite, PairedSite
from migrator.stages.classify._asserted import asserted_at, asserts_itself
from migrator.stages.classify._decision import decision_on
from migrator.stages.classify._evidence import Evidence, gather
from migrator.stages.classify._remarks import asked_to_stay
from migrator.stages.classify._role import role_of

CLAUSES = (
    "workflow.3",
    "workflow.3.1",
)

__all__ = ["Evidence", "classify", "gather"]

UNCLEAR = "unclear"


def classify(paired: PairedSite, evidence: Evidence, config: Config) -> ClassifiedSite:
    """Give a site its role with the reason, its family and tier, and a person's decision on it.

    `evidence` is what `gather` made of the files that were read. A model that the catalogue does
    not know has the family and tier `unclear` «workflow.3.1». Traits are `asserted_at` (lines
    `path:line` of assertions on this id), `asserts_id` (this very test does) and `loop`.
    """
    role, why = role_of(paired.bound, evidence, config)
    reference = paired.bound.reference
    model = reference.recognised.model if reference else None
    return ClassifiedSite(
        paired=paired,
        role=role,
        why_role=why,
        family=model.family if model else UNCLEAR,
        tier=model.tier.value if model else UNCLEAR,
        traits=dict(_traits(paired, evidence)),
        decision=decision_on(paired.bound, evidence, config),
        remark=asked_to_stay(paired.bound, evidence),
    )


def _traits(paired: PairedSite, evidence: Evidence) -> Iterator[tuple[str, str]]:
    bound = paired.bound
    places = asserted_at(bound, evidence)
    if places:
        yield "asserted_at", "\n".join(f"{each.path}:{each.line}" for each in places)
    if asserts_itself(bound, evidence):
        yield "asserts_id", "yes"
    if bound.call is None:
        return
    if bound.call.invocation.loops:
        yield "loop", "around the call"
    elif any(evidence.loops(each.caller.path, each.call) for each in bound.call.frame.callers):
        yield "loop", "around a caller"
