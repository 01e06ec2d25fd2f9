"""Report function tools sent through Chat Completions.

What it checks
    Calls that are sent to Chat Completions with function tools, old or new style. An effort other
    than `none` blocks (R01); a literal `none` is noted (R02); an absent or unread effort leaves
    the site unsettled (R03). Tools that a library adds
    by itself count as well. Custom tools alone, an empty list and `None` are no finding.

Why
    Since GPT-5.4, function tools beside a reasoning effort are refused on Chat Completions.
    gpt-5.5 reasons at medium when no effort is sent; for that case the documentation and reports
    from the field contradict each other, and a single request tells.

Example
    `client.chat.completions.create(…, tools=TOOLS, reasoning_effort="low")` is refused.

Source
    https://developers.openai.com/api/docs/guides/migrate-to-responses
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Expression, Series, Spread, Table, Text
from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.hosting import served_elsewhere
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.sent import Possible, effort, hidden, possible
from migrator.domain.site import BoundCall, ClassifiedSite

_SOURCE = "https://developers.openai.com/api/docs/guides/migrate-to-responses"
_QUESTION = "function-tools-without-effort"
_PROBE = (
    "Run `migrate probe`, or send one request with one function tool and no effort yourself;"
    " if it is refused, set the effort to `none` or move the call to the Responses API."
)


def check(site: ClassifiedSite, playbook: Playbook) -> Iterator[Finding]:
    """Judge the effort of a call that sends function tools on Chat Completions."""
    call = site.call
    if call is None or call.surface.api != "chat_completions":
        return
    added = call.given_by_library("tools")
    if added is not None and call.surface.tools:
        finding = _judge(call, call.surface.tools[0], playbook.target, certain=True)
        finding = replace(finding, message=f"{added.treatment.message}: {finding.message}")
        yield _elsewhere(finding) if served_elsewhere(site) else finding
        return
    for name in call.surface.tools:
        if hidden(call, name):
            continue
        tools = possible(call.setting(name))
        certain = any(_holds_function(each) for each in tools.shapes)
        if certain or tools.unread or any(_takes_in_more(each) for each in tools.shapes):
            finding = _judge(call, name, playbook.target, certain=certain)
            yield _elsewhere(finding) if served_elsewhere(site) else finding
            return


def _elsewhere(finding: Finding) -> Finding:
    """Weaken what blocks: a host in between may call the Responses API by itself."""
    if finding.severity is not Severity.BLOCKS:
        return finding
    return replace(
        finding,
        rule="R03",
        clause="workflow.5.5",
        severity=Severity.UNSETTLED,
        size=None,
        message=f"{finding.message}; whether the host in between does so as well is not known",
    )


def _holds_function(shape: Expression) -> bool:
    if not isinstance(shape, Series):
        return True
    return any(not (isinstance(item, Spread) or _is_custom(item)) for item in shape.items)


def _takes_in_more(shape: Expression) -> bool:
    return isinstance(shape, Series) and any(isinstance(item, Spread) for item in shape.items)


def _is_custom(item: Expression) -> bool:
    if not isinstance(item, Table):
        return False
    return any(
        isinstance(entry.key, Text)
        and entry.key.value == "type"
        and isinstance(entry.value, Text)
        and entry.value.value == "custom"
        for entry in item.entries
    )


def _judge(call: BoundCall, name: str, target: str, *, certain: bool) -> Finding:
    sent = effort(call)
    place = call.setting(name).at or call.place
    if sent.always(("none",)):
        return Finding(
            rule="R02",
            clause="checklist.3",
            severity=Severity.NOTES,
            message="function tools on Chat Completions stay accepted, as the effort is `none`",
            at=place,
            source=_SOURCE,
        )
    if certain and _reasons(sent):
        return Finding(
            rule="R01",
            clause="blocked.1",
            severity=Severity.BLOCKS,
            message=f"{target} refuses function tools on Chat Completions with this effort",
            at=call.setting(call.surface.effort).at or place,
            size=Size(SizeKind.PARAMETER, 1),
            follow_up="Set the effort of this call to `none`, or move it to the Responses API.",
            source=_SOURCE,
        )
    return Finding(
        rule="R03",
        clause="workflow.5.5",
        severity=Severity.UNSETTLED,
        message=_contested(sent, name, target, certain=certain),
        at=place,
        follow_up=_PROBE,
        source=_SOURCE,
        question=_QUESTION if certain and not sent.unread else "",
    )


def _reasons(sent: Possible) -> bool:
    return any(each != "none" for each in sent.literals)


def _contested(sent: Possible, name: str, target: str, *, certain: bool) -> str:
    if not certain:
        return f"`{name}` cannot be read, and {target} may refuse function tools here"
    if sent.unread:
        return f"the effort cannot be read, and {target} refuses function tools with most efforts"
    return f"whether {target} accepts function tools here without an effort is contested"


RULE = Rule(
    code="R01",
    slug="function-tools-on-chat-completions",
    title="Function tools on Chat Completions",
    clause="blocked.1",
    check=check,
    further=("R02", "R03"),
)
