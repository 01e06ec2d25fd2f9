"""Read what the flow around a call says: how many tools, loops, streams, and formats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.domain.block import Origin, Risk, RiskEvidence, Strength
from migrator.domain.playbook import Thresholds
from migrator.domain.prompt import STEERING, Speaker
from migrator.domain.sent import possible
from migrator.domain.site import BoundCall, ClassifiedSite, SettingState
from migrator.domain.source import Place
from migrator.stages.risks._tools import Toolbox

# A request for a format that a program reads, and words or signs that state its shape.
STRICT = re.compile(
    r"\b(return|respond|reply|output|answer|produce|format|give|generate|provide|write)\b"
    r"[^.]{0,60}\b(JSON|XML|YAML|CSV)\b",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"[\"']\w+[\"']\s*:|\{\s*[\"']|</\w+>|```|"
    r"\b(keys?|fields?|propert(y|ies)|schema|columns?|attributes?|structure|following format"
    r"|example|array|list|objects?|elements?|tags?|header|with (the|these) following)\b",
    re.IGNORECASE,
)


def of_flow(
    site: ClassifiedSite, call: BoundCall, toolbox: Toolbox, limits: Thresholds
) -> Iterator[RiskEvidence]:
    """Give the evidence that no single name or word holds."""
    yield from _of_tools(site, call, toolbox, limits)
    yield from _of_agents(toolbox)
    yield from _of_format(site, call)


def _of_tools(
    site: ClassifiedSite, call: BoundCall, toolbox: Toolbox, limits: Thresholds
) -> Iterator[RiskEvidence]:
    chosen = toolbox.chosen()
    at = chosen[0].at if chosen else call.place
    loop = site.traits.get("loop")
    if len(chosen) >= limits.many_tools:
        what = f"the call offers {len(chosen)} tools"
        yield _strong(Risk.TOOL_HEAVY, Origin.TOOLS, what, at)
    elif chosen and loop:
        what = f"it offers tools, and a loop stands {loop}"
        yield _strong(Risk.TOOL_HEAVY, Origin.TOOLS, what, at)
    elif chosen or toolbox.unread:
        what = "the call offers tools" if chosen else "the call offers tools that cannot be read"
        yield _weak(Risk.TOOL_HEAVY, Origin.TOOLS, what, at)
    stream = call.setting("stream")
    streams = call.text.rpartition(".")[2] == "stream"
    if chosen and (streams or possible(stream).literals == (True,)):
        what = "its answer is streamed while it may call tools"
        yield _strong(Risk.STREAMED_TOOLS, Origin.TOOLS, what, stream.at or call.place)
    background = call.setting("background")
    if chosen and possible(background).literals == (True,):
        what = "it runs in the background, with tools"
        yield _strong(Risk.LONG_HORIZON, Origin.TOOLS, what, background.at or call.place)


def _of_agents(toolbox: Toolbox) -> Iterator[RiskEvidence]:
    for tool in toolbox.tools:
        if tool.kind == "handoff":
            what = f"it may hand over to `{tool.name}`"
            yield _strong(Risk.MULTI_AGENT, Origin.FLOW, what, tool.at)
            return
    agents = [each for each in toolbox.tools if each.kind == "agent"]
    if agents:
        what = f"it calls the agent `{agents[0].name}` as a tool"
        yield _strong(Risk.MULTI_AGENT, Origin.FLOW, what, agents[0].at)


def _of_format(site: ClassifiedSite, call: BoundCall) -> Iterator[RiskEvidence]:
    stated = any(
        call.setting(each).state is not SettingState.ABSENT for each in call.surface.output_format
    )
    surfaces = [
        each.surface
        for each in site.paired.prompts
        if each.surface is not None and each.speaker in {*STEERING, Speaker.USER}
    ]
    text = " ".join(" ".join(each.text for each in surfaces).split())
    asked = STRICT.search(text)
    if stated or asked is None:
        return
    found = asked[2].upper()
    first = next(each for each in surfaces if found.lower() in each.text.lower())
    at = first.at.within(first.path)
    if _SHAPE.search(text):
        what = f"the prompt asks for {found} and states its shape"
        yield _weak(Risk.STRICT_FORMAT, Origin.PROMPT, what, at)
    else:
        what = f"the prompt asks for {found}; neither it nor the call states the shape"
        yield _strong(Risk.STRICT_FORMAT, Origin.PROMPT, what, at)


def _strong(risk: Risk, origin: Origin, what: str, at: Place) -> RiskEvidence:
    return RiskEvidence(risk=risk, strength=Strength.STRONG, origin=origin, what=what, at=at)


def _weak(risk: Risk, origin: Origin, what: str, at: Place) -> RiskEvidence:
    return RiskEvidence(risk=risk, strength=Strength.WEAK, origin=origin, what=what, at=at)
