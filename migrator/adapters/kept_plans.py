"""Keep plans, to give them again while nothing that they came from has changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from migrator.adapters.cache_folder import CacheFolder
from migrator.adapters.codec import Codec
from migrator.adapters.own_code import code_stamp
from migrator.adapters.repository import OpenedTree
from migrator.domain import (
    advice,
    block,
    config,
    edit,
    finding,
    mention,
    plan_site,
    prompt,
    rewrite,
    site,
    trail,
)
from migrator.domain import plan as plans
from migrator.domain.plan import Plan
from migrator.domain.source import SourceFile

_KIND = "plans"
PLANS = Codec(
    (Plan,),
    (advice, block, config, edit, finding, mention, plan_site, plans, prompt, rewrite, site, trail),
)


@dataclass(frozen=True, slots=True)
class KeptPlans:
    """The plans of one state of a tree, under one playbook and configuration."""

    cache: CacheFolder
    key: str

    def get(self) -> Plan | None:
        """Give the plan that was kept; None when there is none that can be trusted."""
        content = self.cache.get(_KIND, self.key)
        return None if content is None else PLANS.decode(content)

    def put(self, plan: Plan) -> None:
        """Keep a plan."""
        self.cache.put(_KIND, self.key, PLANS.encode(plan))


def kept_plans(
    cache: CacheFolder | None, opened: OpenedTree, playbook: str, asked: str
) -> KeptPlans | None:
    """Find the place of the plan of a tree; None where no plan can be kept.

    `playbook` is the digest of the playbook, `asked` says all that was asked for.
    """
    stamp = opened.stamp() if cache else ""
    if cache is None or not stamp:
        return None
    parts = (code_stamp(), playbook, asked, opened.scope, opened.commit, stamp)
    return KeptPlans(cache, hashlib.sha256(json.dumps(parts).encode()).hexdigest())


def rests_on_same_bytes(plan: Plan, opened: OpenedTree) -> bool:
    """Tell whether every file that a verdict read holds the bytes that it held then."""
    found = ((each, opened.tree.read(each.path)) for each in plan.files)
    return all(isinstance(now, SourceFile) and now.digest == was.sha256 for was, now in found)
