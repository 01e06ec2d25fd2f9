"""Decide what becomes of each prompt: choose the words, find their place, and write them there."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from migrator.adapters.facts_reader import FactsReader
from migrator.commands._advise import advised
from migrator.commands._strangers import used_elsewhere
from migrator.commands._words import write_words
from migrator.domain.advice import Advised
from migrator.domain.config import Config, PromptEdits
from migrator.domain.plan import FollowUp
from migrator.domain.plan_site import PromptEdit
from migrator.domain.playbook import Playbook
from migrator.domain.ports import Advisor
from migrator.domain.rewrite import Choice, Chosen, Considered, Fate, OwnChecks, Rewrite
from migrator.domain.site import DecidedSite, Group, Hold, Outcome
from migrator.domain.source import Place
from migrator.stages.choose import choose
from migrator.stages.group import group_sites, has_a_say
from migrator.stages.own_checks import own_checks

_FORK = "shared-prompt"
_KEPT = "prompts are kept as they are, as asked (--prompts keep)"


@dataclass(frozen=True, slots=True)
class Rewrites:
    """What becomes of each site's prompt, the prompts that get words, and the files read for it."""

    choices: Mapping[str, Choice]
    prompts: tuple[Rewrite, ...]
    consulted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reworded:
    """What becomes of the prompts, the groups as they then are, and the forks that free some.

    `advised` tells of each prompt that a model was asked about.
    """

    choices: Mapping[str, Choice]
    prompts: tuple[Rewrite, ...]
    consulted: tuple[str, ...]
    groups: Sequence[Group]
    advised: tuple[Advised, ...]
    forks: tuple[FollowUp, ...]
    regroup: Callable[[Sequence[DecidedSite]], Sequence[Group]]


def reword(
    sites: Sequence[DecidedSite],
    playbook: Playbook,
    reader: FactsReader,
    config: Config,
    as_of: str,
    advisor: Advisor | None = None,
) -> Reworded:
    """Choose the words of all prompts, and group the sites by what they then share.

    An `advisor` may word what was chosen; it has no say in the choice.
    """
    keep = config.prompt_edits is PromptEdits.KEEP
    chosen = choose_rewrites(sites, playbook, reader, keep=keep)
    apart = group_sites(sites, config, as_of=as_of)
    rewrites, forks = held_rewrites(chosen, sites, apart)
    heard: tuple[Advised, ...] = ()
    if advisor is not None:
        prompts, heard = advised(rewrites.prompts, advisor, playbook, reader)
        rewrites = replace(rewrites, prompts=prompts)
    regroup = partial(group_sites, config=config, as_of=as_of, rewrites=rewrites.prompts)
    return Reworded(
        choices=rewrites.choices,
        prompts=rewrites.prompts,
        consulted=rewrites.consulted,
        groups=regroup(sites) if rewrites.prompts else apart,
        advised=heard,
        forks=forks,
        regroup=regroup,
    )


def choose_rewrites(
    sites: Sequence[DecidedSite], playbook: Playbook, reader: FactsReader, *, keep: bool
) -> Rewrites:
    """Choose the words for every site that is a light rewrite and may move, and write them.

    A prompt that several sites share gets the same words for all of them. Words that cannot be
    written to their place are given up, with the reason. With `keep` all are.
    """
    checks = own_checks(reader.tree)
    every = {
        each.bound.id: choose(each.judged, playbook, checks) for each in sites if each.bound.call
    }
    movers = {each.bound.id for each in sites if _may_move(each)}
    choices = {site: each for site, each in every.items() if site in movers}
    if keep:
        return Rewrites({site: _given_up(each, _KEPT) for site, each in choices.items()}, ())
    rewrites: list[Rewrite] = []
    for place, own in _by_prompt(choices.values()).items():
        users = [each for each in sites if _uses(each, place)]
        made = _rewritten(own, users, every, reader)
        if isinstance(made, Rewrite):
            rewrites.append(made)
        else:
            choices |= {each.site: _given_up(each, made) for each in own}
    consulted = checks.paths if any(_names(each, checks) for each in rewrites) else ()
    return Rewrites(choices, tuple(rewrites), consulted)


def _may_move(site: DecidedSite) -> bool:
    return site.outcome is Outcome.LIGHT_REWRITE and site.hold in {Hold.MOVES, Hold.HOLDS}


def held_rewrites(
    rewrites: Rewrites, sites: Sequence[DecidedSite], groups: Sequence[Group]
) -> tuple[Rewrites, tuple[FollowUp, ...]]:
    """Hold the prompts that also steer a site that stays, and name the fork that helps.

    Whoever waits for such words waits with its model edit as well: without them its call is not
    upgraded as the guide asks. `groups` are those that no prompt ties together.
    """
    moving = {site for group in groups if group.moves for site in group.sites}
    asked = {each.bound.id: each for each in sites if has_a_say(each)}
    choices = dict(rewrites.choices)
    forks: list[FollowUp] = []
    for each in rewrites.prompts:
        staying = [asked[site] for site in each.sites if site in asked and site not in moving]
        if not staying:
            continue
        place = staying[0].bound.place
        why = f"its prompt also steers {place.path}:{place.line}, which stays"
        going = tuple(site for site in each.movers if site in moving)
        for site in each.movers:
            choices[site] = _held(choices[site], why if site in going else "its model edit is held")
        forks += [_fork(each, going)] if going else []
    return replace(rewrites, choices=choices), tuple(forks)


def _by_prompt(choices: Iterable[Choice]) -> Mapping[Place, list[Choice]]:
    found: defaultdict[Place, list[Choice]] = defaultdict(list)
    for each in choices:
        if each.surface is not None:
            found[each.surface.at.within(each.surface.path)].append(each)
    return found


def _uses(site: DecidedSite, place: Place) -> bool:
    surfaces = (link.surface for link in site.judged.classified.paired.prompts)
    return any(each is not None and each.at.within(each.path) == place for each in surfaces)


def _rewritten(
    own: Sequence[Choice],
    users: Sequence[DecidedSite],
    every: Mapping[str, Choice],
    reader: FactsReader,
) -> Rewrite | str:
    """Write the words of all choices for one prompt; the reason where that cannot be done."""
    surface = own[0].surface
    if surface is None:
        return "it has no text"
    elsewhere = used_elsewhere(surface, users, reader)
    if elsewhere:
        return elsewhere
    chosen = _wanted_by_all(users, every)
    if isinstance(chosen, str):
        return chosen
    written = write_words(surface, chosen, reader)
    if isinstance(written, str):
        return written
    return Rewrite(
        surface=surface,
        chosen=chosen,
        change=written.change,
        splice=written.splice,
        words=written.words,
        sites=tuple(each.bound.id for each in users),
        movers=tuple(each.site for each in own),
    )


def _wanted_by_all(
    users: Sequence[DecidedSite], every: Mapping[str, Choice]
) -> tuple[Chosen, ...] | str:
    """Give the points that every call of a prompt wants; the call that wants none of them.

    Words that only one of several calls needs would be noise to the others. A test takes a prompt
    as it comes.
    """
    asked = [each for each in users if each.hold is not Hold.FOLLOWS and each.bound.id in every]
    kept = every[asked[0].bound.id].chosen
    for site in asked:
        chosen = every[site.bound.id].chosen
        kept = _shared_by(kept, chosen)
        if not kept and chosen:
            return f"{_at(asked[0])} and {_at(site)}, which it steers, ask for different words"
        if not kept:
            return f"the prompt also steers {_at(site)}, where nothing asks for these words"
    return kept


def _at(site: DecidedSite) -> str:
    return f"{site.bound.place.path}:{site.bound.place.line}"


def _shared_by(ours: Sequence[Chosen], theirs: Sequence[Chosen]) -> tuple[Chosen, ...]:
    points = {(each.block.id, point.id) for each in theirs for point in each.points}
    found: list[Chosen] = []
    for each in ours:
        shared = tuple(point for point in each.points if (each.block.id, point.id) in points)
        if shared:
            found.append(Chosen(block=each.block, points=shared))
    return tuple(found)


def _names(rewrite: Rewrite, checks: OwnChecks) -> bool:
    return any(command in rewrite.change.addition for command in checks.commands)


def _given_up(choice: Choice, why: str) -> Choice:
    """Leave a prompt as it is for a reason that lies in it, not in what was observed."""
    if choice.state is not PromptEdit.EDITED:
        return choice
    blocks = tuple(_nowhere(each, why) for each in choice.considered)
    state = PromptEdit.NO_BLOCK
    return Choice(site=choice.site, state=state, why=f"{choice.why}, but {why}", considered=blocks)


def _nowhere(considered: Considered, why: str) -> Considered:
    return replace(considered, fate=Fate.NOWHERE, why=why) if _is_added(considered) else considered


def _is_added(considered: Considered) -> bool:
    return considered.fate is Fate.ADDED


def _held(choice: Choice, why: str) -> Choice:
    return replace(choice, state=PromptEdit.HELD, why=f"{choice.why}, but {why}")


def _fork(rewrite: Rewrite, going: tuple[str, ...]) -> FollowUp:
    place = f"{rewrite.place.path}:{rewrite.place.line}"
    return FollowUp(
        id=hashlib.sha256(f"{_FORK}\n{place}".encode()).hexdigest()[:12],
        task=f"{place}: Give the calls that move a copy of this prompt, then plan again: it lacks "
        f"{_ids(rewrite)}.",
        rule=_FORK,
        clause="posture.2",
        why="the prompt lacks words for its workflow, and also steers calls that stay",
        place=place,
        shows_at=(),
        keep="the words that the other calls send",
        size=None,
        sites=going,
        frees=going,
        acceptance=f"migrate follow-ups --check {_FORK}:{rewrite.place.path}",
    )


def _ids(rewrite: Rewrite) -> str:
    return " and ".join(f"the block `{each.block.id}`" for each in rewrite.chosen)
