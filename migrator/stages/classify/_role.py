"""Tell the role of a site from the configuration, its paths, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.domain.config import Config, Role
from migrator.domain.globs import matches
from migrator.domain.site import BoundSite
from migrator.domain.trail import HopKind
from migrator.stages.classify import _words
from migrator.stages.classify._evidence import Evidence
from migrator.stages.classify._paths import role_of_path
from migrator.stages.classify._remarks import remark_beside

# What these hops detail is a way of choosing, not a name that somebody gave to a model.
_NAMELESS = frozenset({HopKind.CHOICE, HopKind.TRANSFORM})


def role_of(bound: BoundSite, evidence: Evidence, config: Config) -> tuple[Role, str]:
    """Give the role of a site and the evidence for it in a few words.

    The configuration's globs come first; then, around call, callers and reference, what a test tool
    collects, what runs as a part of the product, and the path below the scope «posture.3»; last
    control flow and names. Production is what nothing speaks against.
    """
    spots = tuple(dict.fromkeys(_spots(bound)))
    for path in spots:
        for glob, role in config.roles.items():
            if matches(path, glob):
                return role, f"`{glob}` in the configuration"
    for path in spots:
        found = _by_file(path, evidence)
        if found:
            return found
    return (
        _by_purpose(spots, evidence)
        or _by_flow(bound, evidence)
        or _by_remark(bound, evidence)
        or _by_names(bound)
        or _product(spots, evidence)
    )


def _by_file(path: str, evidence: Evidence) -> tuple[Role, str] | None:
    found = role_of_path(evidence.below_scope(path))
    if path in evidence.test_files and (found is None or found[0] is not Role.TEST):
        return Role.TEST, "a test tool collects what is in this file"
    return None if path in evidence.live else found


def _by_purpose(spots: Sequence[str], evidence: Evidence) -> tuple[Role, str] | None:
    why = next((evidence.measuring[path] for path in spots if path in evidence.measuring), "")
    return (Role.EVAL, why) if why else None


def _product(spots: Sequence[str], evidence: Evidence) -> tuple[Role, str]:
    why = next((evidence.live[path] for path in spots if path in evidence.live), "")
    if not why and evidence.app and any(each.startswith(f"{evidence.app}/") for each in spots):
        why = f"the only application here is in {evidence.app}/"
    return Role.PRODUCTION, why or "nothing says otherwise"


def _spots(bound: BoundSite) -> Iterator[str]:
    """Give the paths of everything that makes the site: call, callers, reference."""
    yield bound.place.path
    if bound.call is not None:
        yield bound.call.place.path
        for entered in bound.call.frame.callers:
            yield entered.caller.path
    if bound.reference is not None:
        yield bound.reference.path


def _by_flow(bound: BoundSite, evidence: Evidence) -> tuple[Role, str] | None:
    why = evidence.routes.get(bound.id)
    if why:
        return Role.FALLBACK, why
    compared = evidence.arms.get(bound.id)
    return (Role.COMPARISON, compared) if compared else None


def _by_remark(bound: BoundSite, evidence: Evidence) -> tuple[Role, str] | None:
    at = remark_beside(bound, evidence, "cheap")
    return (Role.FALLBACK, f"a comment speaks of a cheaper way: line {at.line}") if at else None


def _by_names(bound: BoundSite) -> tuple[Role, str] | None:
    """Read what its names say of a site; a guardrail or a router is a part of the product."""
    names = tuple(_given_names(bound))
    around = (
        *names,
        *bound.symbol.split("."),
        bound.place.path.rpartition("/")[2].partition(".")[0],
    )
    for name in names:
        if _words.is_fallback(name):
            return Role.FALLBACK, f"called {name}"
        if _words.compares_models(name):
            return Role.COMPARISON, f"called {name}"
    for name in around:
        if _words.is_judge(name):
            return Role.EVAL, f"called {name}: what it measures shifts with its model"
    for name in around:
        duty = _words.duty(name)
        if duty:
            return Role.PRODUCTION, f"a {duty}, called {name}"
    if bound.call and any(each.name == "handoffs" for each in bound.call.invocation.call.keywords):
        return Role.PRODUCTION, "a router: it hands over to others"
    return None


def _given_names(bound: BoundSite) -> Iterator[str]:
    yield bound.symbol.rpartition(".")[2]
    if bound.call is not None:
        yield bound.call.invocation.scope.rpartition(".")[2]
        yield bound.call.invocation.result or ""
    if bound.reference is not None:
        hops = bound.reference.via
        nameless = {hop.detail for hop in hops if hop.kind in _NAMELESS}
        names = (bound.reference.symbol.rpartition(".")[2], *(hop.detail for hop in hops))
        yield from (name for name in names if name not in nameless)
