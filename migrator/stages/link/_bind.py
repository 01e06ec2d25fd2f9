"""Turn a matched call into its sites: one for each model id that can reach it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.catalogue import Catalogue, Recognised, Standing
from migrator.domain.expression import Scalar, Text
from migrator.domain.facts import FileFacts
from migrator.domain.site import BoundCall, BoundSite, Reference, SettingState
from migrator.domain.source import Location, locate
from migrator.domain.trail import Entered, Found, Frame, Hop, HopKind, Lost, Outside, Trail
from migrator.following.port import Walk
from migrator.stages.link._match import Matched
from migrator.stages.link._settings import collect_arguments, positions, read_settings


def bind_call(
    walk: Walk, facts: FileFacts, matched: Matched, catalogue: Catalogue
) -> list[BoundSite]:
    """Give the sites of one call; none when every id that reaches it is out of scope."""
    call = matched.invocation.call
    frame = Frame(facts.path, matched.invocation.scope)
    arguments, lost = collect_arguments(walk, call, frame, positions(matched.surface))
    argument = arguments.get(matched.surface.model)
    if argument is None:
        reason = lost[0].reason if lost else "the call names no model"
        return [_unresolved(walk, facts, matched, frame, reason)]
    trails = walk.follow(argument.expression, argument.frame)
    sites: list[BoundSite] = []
    foreign = False
    for trail in trails:
        reference = _reference(walk, trail, catalogue)
        if reference is None:
            continue
        if _is_foreign(reference, matched):
            foreign = True
            continue
        entered = trail.entered if argument.frame == frame else None
        inside = Frame(frame.path, frame.symbol, (entered,)) if entered else frame
        sites.append(_site(walk, facts, matched, inside, reference))
    if sites or foreign:
        return sites
    return [_unresolved(walk, facts, matched, frame, _why(trails))]


def _site(
    walk: Walk, facts: FileFacts, matched: Matched, frame: Frame, reference: Reference | None
) -> BoundSite:
    call = _bound_call(walk, facts, matched, frame)
    outer = _outermost(frame)
    return BoundSite(
        id="",
        place=call.place,
        symbol=outer.caller.symbol if outer else matched.invocation.scope,
        language=facts.language,
        call=call,
        reference=reference,
    )


def _unresolved(
    walk: Walk, facts: FileFacts, matched: Matched, frame: Frame, reason: str
) -> BoundSite:
    return BoundSite(
        id="",
        place=matched.invocation.call.at.within(facts.path),
        symbol=matched.invocation.scope,
        language=facts.language,
        call=_bound_call(walk, facts, matched, frame),
        reference=None,
        unresolved=reason,
    )


def _bound_call(walk: Walk, facts: FileFacts, matched: Matched, frame: Frame) -> BoundCall:
    call = matched.invocation.call
    arguments, lost = collect_arguments(walk, call, frame, positions(matched.surface))
    outer = _outermost(frame)
    shown, path = (outer.call, outer.caller.path) if outer else (call, facts.path)
    content = walk.source.content(path)
    return BoundCall(
        place=shown.at.within(path),
        end_line=locate(content, shown.at.end, shown.at.end).line,
        text=_one_line(content[shown.callee.at.start : shown.callee.at.end]),
        frame=frame,
        invocation=matched.invocation,
        shape=matched.shape,
        surface=matched.surface,
        receiver=matched.receiver,
        client=matched.client,
        settings=read_settings(walk, matched.surface, arguments, lost),
        arguments=arguments,
        confidence=matched.confidence,
    )


def read_again(walk: Walk, site: BoundSite) -> BoundSite:
    """Give a site with the arguments and settings of its call as another walk reads them."""
    call = site.call
    if call is None:
        return site
    written = call.invocation.call
    arguments, lost = collect_arguments(walk, written, call.frame, positions(call.surface))
    settings = read_settings(walk, call.surface, arguments, lost)
    return replace(site, call=replace(call, arguments=arguments, settings=settings))


def _outermost(frame: Frame) -> Entered | None:
    """Give the call through which a wrapper was entered from the outside."""
    entered: Entered | None = None
    while frame.callers:
        entered = frame.callers[-1]
        frame = entered.caller
    return entered


def _one_line(source: bytes) -> str:
    return "".join(source.decode("utf-8", "replace").split())


def _reference(walk: Walk, trail: Trail, catalogue: Catalogue) -> Reference | None:
    if not isinstance(trail, Found) or not isinstance(trail.expression, Text):
        return None
    text, path = trail.expression, trail.frame.path
    recognised = catalogue.recognise(text.value) or Recognised(
        text.value, "", text.value, "", Standing.UNRECOGNISED, None, None
    )
    named = next((hop.detail for hop in trail.hops if hop.at.path == path and _names(hop)), "")
    return Reference(
        path=path,
        place=text.at.within(path),
        at=_bytes_of(walk.source.content(path), text.at, recognised),
        symbol=".".join(part for part in (trail.frame.symbol, named) if part),
        recognised=recognised,
        via=trail.hops,
    )


def _names(hop: Hop) -> bool:
    return bool(hop.detail) and hop.kind is not HopKind.CHOICE


def _bytes_of(content: bytes, literal: Location, recognised: Recognised) -> Location | None:
    """Find the bare id inside its literal; None when it is not there once, in one piece."""
    written = recognised.text.encode()
    source = content[literal.start : literal.end]
    if source.count(written) != 1:
        return None
    start = literal.start + source.index(written) + len(recognised.prefix.encode())
    return locate(content, start, start + len(recognised.id.encode()))


def _is_foreign(reference: Reference, matched: Matched) -> bool:
    """Whether an id belongs to somebody else: another vendor's, or unknown to another host."""
    standing = reference.recognised.standing
    if standing is Standing.OUT_OF_SCOPE:
        return True
    if standing is not Standing.UNRECOGNISED or matched.receiver is None:
        return False
    pointed = (matched.client.get(name) for name in matched.receiver.base_url)
    return matched.receiver.host == "openai" and any(
        each is not None and each.state is SettingState.EXPLICIT for each in pointed
    )


def _why(trails: Iterable[Trail]) -> str:
    for trail in trails:
        match trail:
            case Lost(reason=reason):
                return reason
            case Outside(name=name):
                return f"comes from {name}, outside the repository"
            case Found(expression=Scalar()):
                continue
            case Found(expression=expression):
                line = expression.at.line
                return f"is computed at {trail.frame.path}:{line}"
            case _:
                continue
    return "no value in view reaches it"
