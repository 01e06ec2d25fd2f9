"""Write follow-up tasks as Markdown, ready to paste as an issue or to give to a coding agent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.domain.plan import FollowUp, JointFollowUps, Plan
from migrator.domain.plan_site import PlanSite
from migrator.domain.summary import model_id, place
from migrator.domain.wording import agrees, listed, plural, printable

_MOST = 12


def write_tasks(plan: Plan, tasks: Sequence[FollowUp]) -> str:
    """Give one section per kind of remedy, those that free most first; empty without tasks."""
    if not tasks:
        return "Nothing is left to do before the sites of this plan can move.\n"
    sites = {each.id: each for each in plan.sites}
    kinds = _by_remedy(tasks)
    total = len({site for task in tasks for site in task.sites})
    title = f"# What keeps {plural(total, 'site')} from {plan.target}\n\n"
    sections = (_section(tuple(each), sites, plan) for each in kinds.values())
    return title + _altogether(plan, tasks) + "\n".join(sections)


def _altogether(plan: Plan, tasks: Sequence[FollowUp]) -> str:
    """Say what all these tasks free, and how many sites need more than one of them."""
    ids = {each.id for each in tasks}
    joint = {
        site for each in plan.joint_follow_ups if ids.issuperset(each.tasks) for site in each.frees
    }
    alone = {site for each in tasks for site in each.frees}
    if not joint - alone:
        return ""
    freed = f"Done together, these steps free {plural(len(joint | alone), 'site')}"
    need = agrees(len(joint - alone), "needs", "need")
    return f"{freed}; {plural(len(joint - alone), 'site')} of them {need} more than one step.\n\n"


def _by_remedy(tasks: Iterable[FollowUp]) -> Mapping[tuple[str, str], list[FollowUp]]:
    """Put together the same remedy at several places, in the order in which kinds first come."""
    kinds: dict[tuple[str, str], list[FollowUp]] = {}
    for task in tasks:
        kinds.setdefault((task.rule, _remedy(task)), []).append(task)
    freeing = sorted(kinds.items(), key=lambda item: -sum(len(each.frees) for each in item[1]))
    return dict(freeing)


def _remedy(task: FollowUp) -> str:
    return task.task.removeprefix(f"{task.place}: ")


def _section(tasks: Sequence[FollowUp], sites: Mapping[str, PlanSite], plan: Plan) -> str:
    first = tasks[0]
    lines = [f"## {printable(_remedy(first))}", "", *_why(first), "", "Places:", ""]
    for task in tasks:
        lines += _place(task, sites, plan.joint_follow_ups)
    own = {each.id for each in tasks}
    joint = [each for each in plan.joint_follow_ups if own.issuperset(each.tasks)]
    frees = {each for task in tasks for each in task.frees} | {
        each for tied in joint for each in tied.frees
    }
    lines += [
        "",
        f"Do not touch {first.keep}.",
        "",
        _then(len(frees), plan.target),
        "",
        "Done when these exit with 0:",
        "",
        "```sh",
        *dict.fromkeys(each.acceptance for each in tasks),
        "```",
        "",
    ]
    return "\n".join(lines)


def _then(frees: int, target: str) -> str:
    if not frees:
        return (
            "None of these steps frees a site by itself: each site also waits for another step"
            " of this list, or for your yes (`migrate plan --confirm`)."
        )
    moves = agrees(frees, "moves", "move")
    return f"{plural(frees, 'site')} then {moves} to {target} with the next plan."


def _why(task: FollowUp) -> Iterator[str]:
    size = f", size: {task.size.kind}" if task.size else ""
    yield f"Why: {printable(task.why)} ({task.rule}, clause «{task.clause}»{size})."
    if task.source:
        yield f"Source: {task.source}"


def _place(
    task: FollowUp, sites: Mapping[str, PlanSite], joint: Iterable[JointFollowUps]
) -> Iterator[str]:
    frees = f"frees {len(task.frees)}" if task.frees else "frees none alone"
    yield f"- [ ] `{task.place}`: {plural(len(task.sites), 'site')}, {frees} (task {task.id})"
    for each in joint:
        others = tuple(other for other in each.tasks if other != task.id)
        if task.id in each.tasks:
            with_others = listed(others, _MOST)
            yield f"  - frees {len(each.frees)} together with {with_others}"
    if task.shows_at:
        yield f"  - shows at {listed([f'`{each}`' for each in task.shows_at], _MOST)}"
    known = [sites[each] for each in task.sites if each in sites]
    calls = dict.fromkeys(f"`{place(each)}` ({model_id(each)})" for each in known)
    if tuple(calls) and any(place(each) != task.place for each in known):
        yield f"  - calls: {listed(tuple(calls), _MOST)}"
