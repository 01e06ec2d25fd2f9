"""Choose the smallest words for the risks that were observed, or none «light.8, validation.5»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from migrator.domain.block import Block, Point, RiskEvidence, Strength, words_in
from migrator.domain.finding import Severity
from migrator.domain.plan_site import PromptEdit
from migrator.domain.playbook import Playbook, Thresholds
from migrator.domain.rewrite import Choice, Chosen, Considered, Fate, OwnChecks
from migrator.domain.site import JudgedSite
from migrator.stages.choose._alone import choose_alone
from migrator.stages.choose._fit import lacking, unmet
from migrator.stages.choose._home import Home, NoHome, home_of
from migrator.stages.choose._said import contradiction, covering
from migrator.stages.choose._words import filled, is_english, room_in, variables_for

__all__ = ["choose", "choose_alone"]

_NONE = "no risk was observed that a block answers"


@dataclass(frozen=True, slots=True)
class _Offer:
    block: Block
    points: tuple[Point, ...]
    because: str
    covered: Mapping[str, str] = field(default_factory=dict)


def choose(judged: JudgedSite, playbook: Playbook, checks: OwnChecks) -> Choice:
    """Give the words for a site's prompt, with the reason for each block taken or left.

    At most two blocks, by rank, and of each only the points that the prompt does not make yet;
    none that the prompt contradicts, none where a part of the prompt cannot be seen, and none in
    another language than the prompt's.
    """
    site = judged.classified.bound.id
    risks = _active(judged, playbook)
    if not risks:
        return Choice(site=site, state=PromptEdit.NONE_OBSERVED, why=_NONE)
    home = home_of(judged.classified.paired.prompts)
    if isinstance(home, NoHome):
        return Choice(site=site, state=PromptEdit.NO_BLOCK, why=f"{_named(risks)}; {home.why}")
    if not is_english(home.whole):
        why = (
            f"{_named(risks)}; the prompt is not in English{_abroad(judged, home, risks, playbook)}"
        )
        return Choice(site=site, state=PromptEdit.NO_BLOCK, why=why)
    seen = tuple(_weighed(judged, home, risks, playbook, checks))
    offers = [each for each in seen if isinstance(each, _Offer)]
    chosen, rest = _bounded(offers, home, playbook.thresholds)
    considered = tuple(each for each in (*seen, *rest) if isinstance(each, Considered))
    if not chosen:
        return _nothing(site, risks, considered)
    added = tuple(_added(each, offers) for each in chosen)
    ids = " and ".join(f"`{each.block.id}`" for each in chosen)
    return Choice(
        site=site,
        state=PromptEdit.EDITED,
        why=f"{_because(chosen, offers)}; {ids} answers it in {_count(chosen)} words",
        considered=(*added, *considered),
        surface=home.surface,
        chosen=chosen,
    )


def _active(judged: JudgedSite, playbook: Playbook) -> tuple[RiskEvidence, ...]:
    """Give the strong evidence, without that of risks that a person accepted."""
    messages = [each.message for each in judged.findings if each.severity is Severity.RISK]
    standing = {
        fact.id
        for fact in playbook.risks
        if any(message.startswith(fact.message) for message in messages)
    }
    return tuple(
        each
        for each in judged.classified.risks
        if each.strength is Strength.STRONG and each.risk in standing
    )


def _weighed(
    judged: JudgedSite,
    home: Home,
    risks: tuple[RiskEvidence, ...],
    playbook: Playbook,
    checks: OwnChecks,
) -> Iterator[_Offer | Considered]:
    site = judged.classified
    for block in playbook.blocks:
        own = [each for each in risks if each.risk in block.risks]
        if not own:
            continue
        missing = unmet(block, site, home.whole, own, playbook)
        if missing:
            yield Considered(block=block.id, fate=Fate.UNFIT, why=missing)
            continue
        covered = {each.id: covering(each, home.whole) for each in block.points}
        unfit = {
            each.id: unmet(each, site, home.whole, own, playbook) or contradiction(each, home.whole)
            for each in block.points
        }
        left = [each for each in block.points if not covered[each.id] and not unfit[each.id]]
        against = contradiction(block, home.whole)
        if against and not all(covered.values()):
            yield Considered(block=block.id, fate=Fate.CONTRADICTED, why=against)
        elif left:
            values = variables_for(block, home.whole, checks.name, checks.commands)
            worded = tuple(replace(each, text=filled(each.text, values)) for each in left)
            yield _Offer(block, worded, own[0].what, covered)
        else:
            said = _said(covered)
            rest = [why for name, why in unfit.items() if not covered[name]]
            fate = Fate.COVERED if said else Fate.UNFIT
            why = "; ".join(dict.fromkeys(filter(None, (said, *rest))))
            yield Considered(block=block.id, fate=fate, why=why)


def _bounded(
    offers: list[_Offer], home: Home, limits: Thresholds
) -> tuple[tuple[Chosen, ...], list[Considered]]:
    """Take blocks by rank while there is room for them."""
    most = limits.most_blocks if home.words >= limits.one_block_words else 1
    chosen: list[Chosen] = []
    rest: list[Considered] = []
    left = room_in(home.words, limits)
    for each in offers:
        points: list[Point] = []
        for point in each.points if len(chosen) < most else ():
            if words_in(point.text) <= left:
                points.append(point)
                left -= words_in(point.text)
        if points:
            chosen.append(Chosen(block=each.block, points=tuple(points)))
        else:
            why = "more would be noise in a prompt of this size" if most == 1 else "two are enough"
            rest.append(Considered(block=each.block.id, fate=Fate.OUTRANKED, why=why))
    return tuple(chosen), rest


def _added(chosen: Chosen, offers: list[_Offer]) -> Considered:
    offer = next(each for each in offers if each.block is chosen.block)
    said = _said(offer.covered)
    return Considered(
        block=chosen.block.id,
        fate=Fate.ADDED,
        why=offer.because + (f"; for the rest {said}" if said else ""),
        points=tuple(each.id for each in chosen.points),
    )


def _nothing(
    site: str, risks: tuple[RiskEvidence, ...], considered: tuple[Considered, ...]
) -> Choice:
    """Say why nothing is added: the prompt covers it, or no block fits."""
    covered = [each for each in considered if each.fate is Fate.COVERED]
    reasons = "; ".join(f"`{each.block}`: {each.why}" for each in considered)
    state = PromptEdit.ALREADY_COVERED if covered else PromptEdit.NO_BLOCK
    return Choice(site=site, state=state, why=f"{_named(risks)}; {reasons}", considered=considered)


def _said(covered: Mapping[str, str]) -> str:
    told = dict.fromkeys(f"`{words}`" for words in covered.values() if words)
    return f"the prompt says {' and '.join(told)}" if told else ""


def _because(chosen: tuple[Chosen, ...], offers: list[_Offer]) -> str:
    """Give what was observed that the first of the chosen blocks answers."""
    return next(each.because for each in offers if each.block is chosen[0].block)


def _abroad(
    judged: JudgedSite, home: Home, risks: tuple[RiskEvidence, ...], playbook: Playbook
) -> str:
    """Advise on a prompt of which no pattern can tell what it says: a person has to read it."""
    for block in playbook.blocks:
        own = [each for each in risks if each.risk in block.risks]
        if own and not lacking(block, judged.classified, home.whole, own, playbook):
            return f"; see that it says in its own language what `{block.id}` says in English"
    return ", and no block is"


def _named(risks: tuple[RiskEvidence, ...]) -> str:
    return risks[0].what


def _count(chosen: tuple[Chosen, ...]) -> int:
    return sum(words_in(point.text) for each in chosen for point in each.points)
