"""Report tool loops on Responses that do not hand the whole state of a turn to the next one.

What it checks
    A Responses call with tools that runs again and again, or whose output items are seen to be
    passed back, and that sends neither `previous_response_id` nor `conversation`. Items that are
    all passed back unchanged are fine, by a library that runs the tools itself as well, unless
    they are neither stored nor encrypted (R20). Items of some types alone (R20) and messages
    written anew without their `phase` (R22) block; where nothing is seen the site is unsettled.

Why
    gpt-5.5 reasons, and wants its reasoning items and each assistant item's `phase` back unchanged.
    A call's item without its reasoning item is refused; a message without its phase may be taken
    for the final answer. Passing them on is work on the code.

Example
    `items += [each for each in response.output if each.type == "function_call"]` in a loop

Source
    https://developers.openai.com/api/docs/guides/reasoning#phase-parameter and, for what is
    refused, https://github.com/cline/cline/issues/12242 of 12 July 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from migrator.domain.expression import Expression, Series, Table, Text
from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.forced import forced_tool
from migrator.domain.playbook import Playbook
from migrator.domain.replay import Replay, Replayed
from migrator.domain.rule import Rule
from migrator.domain.sent import effort, members, possible
from migrator.domain.site import BoundCall, ClassifiedSite
from migrator.domain.source import Place

_SOURCE = "https://developers.openai.com/api/docs/guides/reasoning#phase-parameter"
_REFUSED = "https://github.com/cline/cline/issues/12242"
_LOOPED = "tools are called in a loop"
_UNSEEN = {
    Replayed.REPEATED: "tools are called in a loop of a caller",
    Replayed.OUT_OF_VIEW: "callers out of view get what tools are called for, and bring the input,",
}
_RUN_HERE = frozenset(
    {
        "function",
        "custom",
        "computer",
        "computer_use_preview",
        "local_shell",
        "shell",
        "apply_patch",
    }
)
_ENCRYPTED = "reasoning.encrypted_content"


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Look for tools, for the settings that keep the state at the vendor, and for the replay."""
    call, replay = site.call, site.bound.replay
    if call is None or call.surface.api != "responses" or not _offers_tools(call):
        return
    if call.surface.id != "responses":
        yield from _by_library(site, call)
        return
    if any(name in call.arguments for name in call.surface.state):
        return
    if replay is None:
        if "loop" in site.traits:
            yield _unseen(call, None, playbook.target)
        return
    match replay.what:
        case Replayed.WHOLE:
            yield from _stateless(site, call, replay.at)
        case Replayed.FILTERED:
            yield _filtered(site, call, replay, playbook.target)
        case Replayed.REBUILT:
            yield _rebuilt(replay, playbook.target)
        case Replayed.REPEATED | Replayed.OUT_OF_VIEW:
            if "loop" in site.traits or _answers_tools(call):
                yield _unseen(call, replay, playbook.target)
        case _:
            assert_never(replay.what)


def _offers_tools(call: BoundCall) -> bool:
    tools = [possible(call.setting(name)) for name in call.surface.tools]
    return any(each.sends or each.unread for each in tools)


def _answers_tools(call: BoundCall) -> bool:
    """Whether the code may have to send back what a tool gave: no vendor runs it."""
    shapes = [each for name in call.surface.tools for each in possible(call.setting(name)).shapes]
    return not forced_tool(call) and (not shapes or any(map(_runs_here, shapes)))


def _runs_here(tools: Expression) -> bool:
    if not isinstance(tools, Series):
        return True
    kinds = [_kind(each) for each in tools.items]
    return None in kinds or bool(_RUN_HERE.intersection(filter(None, kinds)))


def _kind(tool: Expression) -> str | None:
    """Give the type that a tool is written with, None where that is not seen."""
    entries = tool.entries if isinstance(tool, Table) else ()
    return next(
        (
            each.value.value
            for each in entries
            if isinstance(each.key, Text) and each.key.value == "type"
            if isinstance(each.value, Text)
        ),
        None,
    )


def _silent(site: ClassifiedSite, call: BoundCall) -> bool:
    """Whether the source model gives no reasoning items here, so that none were ever missed."""
    reference = site.bound.reference
    model = reference.recognised.model if reference else None
    return model is not None and not model.reasons and not effort(call).sends


def _unseen(call: BoundCall, replay: Replay | None, target: str) -> Finding:
    return Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.UNSETTLED,
        message=f"{_UNSEEN[replay.what] if replay else _LOOPED} without `previous_response_id`: "
        "whether reasoning items and `phase` are passed back cannot be told",
        at=replay.at if replay else call.place,
        follow_up=f"Pass every output item back unchanged, or send `previous_response_id`; then "
        f"confirm this call for {target}.",
        source=_SOURCE,
    )


def _filtered(site: ClassifiedSite, call: BoundCall, replay: Replay, target: str) -> Finding:
    certain = _silent(site, call) and not effort(call).unread
    return Finding(
        rule="R20",
        clause="workflow.5.3" if certain else "workflow.5.5",
        severity=Severity.BLOCKS if certain else Severity.UNSETTLED,
        message=f"only some output items are passed back; {target} wants its reasoning items, too",
        at=replay.at,
        size=Size(SizeKind.API, 1) if certain else None,
        follow_up="Pass every item of `output` back unchanged, in order.",
        source=_REFUSED,
    )


def _rebuilt(replay: Replay, target: str) -> Finding:
    return Finding(
        rule=RULE.code,
        clause=RULE.clause,
        severity=Severity.BLOCKS,
        message=f"assistant messages are written anew without the `phase` that {target} gives them",
        at=replay.at,
        size=Size(SizeKind.API, 1),
        follow_up="Pass every item of `output` back unchanged, or keep each message's `phase`.",
        source=_SOURCE,
    )


def _by_library(site: ClassifiedSite, call: BoundCall) -> Iterator[Finding]:
    """Report what a library that runs the tools itself passes back whole, where none is stored."""
    store = call.surface.named.get("store")
    if store is not None:
        yield from _stateless(site, call, call.setting(store).at or call.place)


def _stateless(site: ClassifiedSite, call: BoundCall, at: Place) -> Iterator[Finding]:
    """Report items passed back whole that the vendor neither stores nor encrypts."""
    named = call.surface.named
    asking = named.get("include", "include")
    store = possible(call.setting(named.get("store", "store")))
    if False not in store.literals or not _silent(site, call) or effort(call).always(("none",)):
        return
    include = possible(call.setting(asking))
    asked = [members(each) for each in include.shapes if isinstance(each, Series)]
    if include.unread or None in asked or any(each and _ENCRYPTED in each for each in asked):
        return
    yield Finding(
        rule="R20",
        clause="workflow.5.5",
        severity=Severity.UNSETTLED,
        message="with `store=False` reasoning items come back without their content: whether they "
        "are accepted then cannot be told",
        at=at,
        follow_up=f"Add `{_ENCRYPTED}` to `{asking}`, then pass every item back unchanged.",
        source="https://developers.openai.com/api/docs/guides/deployment-checklist",
    )


RULE = Rule(
    code="R22",
    slug="replay-in-a-loop",
    title="Tool loops that pass items back by hand",
    clause="light.15",
    check=check,
    also=("workflow.5.3", "checklist.7", "scope.13"),
    further=("R20",),
)
