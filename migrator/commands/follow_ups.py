"""Write what would free the sites that cannot move, as tasks; or check that one is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from migrator.adapters.plan_file import load_plan
from migrator.adapters.terminal import tell, write_result
from migrator.commands._work import USUAL
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.errors import UsageError
from migrator.domain.plan import FollowUp, Plan
from migrator.domain.wording import closest
from migrator.explanations.tasks import write_tasks

NOT_DONE = 1
PLAN_SUFFIX = ".json"
FORMATS = ("markdown", "json")


def show_follow_ups(source: Path, *, task: str, check: str, written: str) -> int:
    """Write the tasks of a saved plan or a folder and give the exit code.

    `task` narrows to one task's id or to a rule; `check` (`RULE:PATH`) writes nothing and fails
    while such a task stands. Raises UsageError for a task, check or format that there is not.
    """
    if written not in FORMATS:
        raise UsageError(f"there is no format {written!r}", f"choose: {', '.join(FORMATS)}")
    rule, _, path = check.partition(":")
    if check and not (rule and path):
        raise UsageError(f"--check {check} names no place", "write it as RULE:PATH")
    plan = _plan(source)
    if check:
        return _checked(rule, path, plan)
    chosen = _chosen(task, plan)
    if written == "json":
        told = [{**asdict(each), "together": _together(each, plan)} for each in chosen]
        write_result(json.dumps(told, indent=2) + "\n", exact=True)
    else:
        write_result(write_tasks(plan, chosen), exact=True)
    return 0


def _plan(source: Path) -> Plan:
    if source.suffix == PLAN_SUFFIX and source.is_file():
        return load_plan(source)
    return make_plan(source, PlanOptions(), USUAL).plan


def _chosen(task: str, plan: Plan) -> Sequence[FollowUp]:
    if not task:
        return plan.follow_ups
    chosen = [each for each in plan.follow_ups if task in {each.id, each.rule}]
    if not chosen:
        names = [name for each in plan.follow_ups for name in (each.id, each.rule)]
        raise UsageError(
            f"there is no task {task!r}{closest(task, names)}",
            "`migrate follow-ups` without --task lists them all",
        )
    return chosen


def _together(task: FollowUp, plan: Plan) -> list[dict[str, object]]:
    """Give the sets of tasks, this one among them, that free sites only together."""
    return [asdict(each) for each in plan.joint_follow_ups if task.id in each.tasks]


def _checked(rule: str, path: str, plan: Plan) -> int:
    left = [
        each
        for each in plan.follow_ups
        if each.rule == rule and each.place.rpartition(":")[0] == path
    ]
    for each in left:
        tell(f"migrate: still to do: {each.task}")
    return NOT_DONE if left else 0
