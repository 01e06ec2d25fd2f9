"""Work a plan out, or give again the one that was made of the same files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from migrator.adapters.bulk_reading import BulkReading
from migrator.adapters.cache_folder import open_cache
from migrator.adapters.kept_plans import kept_plans, rests_on_same_bytes
from migrator.adapters.repository import OpenedTree
from migrator.domain.plan import Plan
from migrator.domain.playbook import Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How a plan is worked out, which changes nothing of what it says.

    `jobs` is how many processes may read files at once, 0 for as many as the machine has cores.
    `cache` lets what was worked out before be taken again, and kept for the next time.
    """

    jobs: int = 1
    cache: bool = False


ALONE = Work()
USUAL = Work(jobs=0, cache=True)


def kept_or_made(
    opened: OpenedTree,
    playbook: Playbook,
    asked: str,
    work: Work,
    make: Callable[[BulkReading], Plan],
) -> Plan:
    """Give the plan that was kept of this state of a tree, else make it and keep it.

    `asked` says everything that was asked for; without it no plan is kept.
    """
    cache = open_cache() if work.cache else None
    kept = kept_plans(cache, opened, playbook.digest, asked) if cache and asked else None
    plan = kept.get() if kept else None
    if plan is not None and rests_on_same_bytes(plan, opened):
        return plan
    plan = make(BulkReading(work.jobs, cache))
    if kept:
        kept.put(plan)
    if cache:
        cache.prune()
    return plan
