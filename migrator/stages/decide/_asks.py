"""Ask a person what the guide does not let a tool decide «posture.3»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from migrator.domain.catalogue import Tier
from migrator.domain.config import Config, Decide, Decision, Role
from migrator.domain.site import Ask, ClassifiedSite, JudgedSite
from migrator.domain.source import Place

CLAUSES = ("posture.3",)

_ALL = "all"  # lifts every question but the two that have to be named


def open_asks(site: ClassifiedSite, config: Config) -> tuple[Ask, ...]:
    """Give the questions that neither the configuration nor a decision on this site answers."""
    return tuple(ask for ask in _asks(site) if not _lifted(ask, site, config))


def question(asks: tuple[Ask, ...], judged: JudgedSite) -> str:
    """Put the questions into one line."""
    return "; ".join(_reason(ask, judged.classified) for ask in asks)


def _asks(site: ClassifiedSite) -> Iterator[Ask]:
    by_role = _role_ask(site.role)
    if by_role:
        yield by_role
    reference = site.bound.reference
    model = reference.recognised.model if reference else None
    if model is not None:
        if model.tier is Tier.SMALL:
            yield Ask.SMALL
        if model.tier is Tier.PRO:
            yield Ask.PRO
        if model.snapshot_of is not None:
            yield Ask.SNAPSHOT
        if model.alias:
            yield Ask.ALIAS
    if site.remark is not None:
        yield Ask.REMARK
    if site.call is None:
        yield Ask.UNBOUND


def _role_ask(role: Role) -> Ask | None:
    return None if role is Role.PRODUCTION else Ask(role.value)


def _lifted(ask: Ask, site: ClassifiedSite, config: Config) -> bool:
    if ask.value in config.confirm:
        return True
    if site.decision is not None and site.decision.decide is Decide.CONFIRM:
        return ask is not Ask.UNBOUND or _names_this_site(site.decision, site)
    asserts = ask is Ask.TEST and "asserts_id" in site.traits
    return _ALL in config.confirm and ask is not Ask.UNBOUND and not asserts


def _names_this_site(decision: Decision, site: ClassifiedSite) -> bool:
    """Whether a decision is on this very site or line; one on a model's id speaks of many."""
    reference = site.bound.reference
    if reference is None:
        return True
    return decision.on not in {reference.recognised.id, reference.recognised.text}


def _reason(ask: Ask, site: ClassifiedSite) -> str:
    reference = site.bound.reference
    model = f"`{reference.recognised.id}`" if reference else "the model"
    match ask:
        case Ask.TEST | Ask.EXAMPLE | Ask.DOCS | Ask.EVAL | Ask.COMPARISON:
            return f"{ask.value}, not production ({site.why_role})"
        case Ask.FALLBACK:
            return f"a fallback may keep its own model on purpose ({site.why_role})"
        case Ask.SMALL:
            return f"{model} is of the small tier, which the target has no equal of"
        case Ask.PRO:
            return f"{model} is of the pro tier, above the target"
        case Ask.SNAPSHOT:
            return f"{model} is a dated snapshot, pinned perhaps on purpose"
        case Ask.ALIAS:
            return f"{model} is a moving name"
        case Ask.REMARK:
            return f"words beside it ask to leave {model} as it is ({_place(site.remark)})"
        case Ask.UNBOUND:
            return f"{model} reaches no call that can be seen"
        case other:
            assert_never(other)


def _place(at: Place | None) -> str:
    return f"{at.path}:{at.line}" if at else ""
