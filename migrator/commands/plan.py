"""Make a plan: read, follow, judge and group, then write down what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migrator import __version__, frontends, rules
from migrator.adapters.config_file import load_config
from migrator.adapters.facts_reader import FactsReader
from migrator.adapters.repository import OpenedTree, open_tree
from migrator.commands._read import Reading, facts_of, read_project
from migrator.domain.config import Config
from migrator.domain.errors import UnreadFilesError
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.plan import Plan, RepositoryStamp
from migrator.domain.plan_site import PlanMention
from migrator.domain.playbook import Playbook
from migrator.domain.rule import Rule
from migrator.domain.site import ABSENT, BoundSite, DecidedSite, Group
from migrator.domain.source import Skipped, SourceFile
from migrator.playbook import load_playbook
from migrator.plugins import plugins
from migrator.stages.assemble import Drafted, SiteNotes, Stamps, Verdicts, assemble
from migrator.stages.checklist import answer_checklist, assess
from migrator.stages.classify import Evidence, classify, gather
from migrator.stages.decide import decide
from migrator.stages.draft import draft
from migrator.stages.effort import recommend_effort
from migrator.stages.exclude import leave_out
from migrator.stages.follow_up import follow_ups, releases
from migrator.stages.gate import judge
from migrator.stages.gates import find_gates
from migrator.stages.group import group_sites, moves_with
from migrator.stages.link import read_again
from migrator.stages.overrides import find_overrides
from migrator.stages.pair import pair
from migrator.stages.propose import propose_validation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """What the command line asks for; empty means what the configuration says.

    `everything` is the explicit request to upgrade all model usage «posture.3».
    """

    target: str = ""
    sources: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    everything: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with what made it, for those who carry it out."""

    plan: Plan
    opened: OpenedTree
    front_ends: tuple[FrontEnd, ...]
    config: Config
    playbook: Playbook


def make_plan(path: Path, options: PlanOptions) -> Planned:
    """Plan the repository around `path`, reporting the sites below it.

    Raises MigrateError: for a PATH or configuration that cannot be used, a repository that cannot
    be read, and unread files under `strict`.
    """
    opened = open_tree(path)
    config = configure(load_config(path, opened.root), options)
    playbook = load_playbook(config.target)
    front_ends = plugins(frontends, "FRONT_END", FrontEnd)
    reader = FactsReader(opened.tree, front_ends)
    reading = read_project(opened, reader, playbook, config)
    if options.strict:
        _refuse_unread(reading.skipped)
    plan = _judged(reading, opened, reader, playbook, config)
    return Planned(
        plan=plan, opened=opened, front_ends=front_ends, config=config, playbook=playbook
    )


def words(text: str) -> tuple[str, ...]:
    """Split a comma-separated option."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def configure(config: Config, options: PlanOptions) -> Config:
    """Lay the options of the command line over the configuration."""
    everything = ("all",) if options.everything else ()
    confirm = (*config.confirm, *options.confirm, *everything)
    return replace(
        config,
        target=options.target or config.target,
        sources=options.sources or config.sources,
        confirm=tuple(dict.fromkeys(confirm)),
        include=(*config.include, *options.include),
        exclude=(*config.exclude, *options.exclude),
    )


def _refuse_unread(skipped: Iterable[Skipped]) -> None:
    unread = [each for each in skipped if each.unread]
    if unread:
        listed = "; ".join(f"{each.path}: {each.reason}" for each in unread[:5])
        raise UnreadFilesError(
            f"{len(unread)} files could not be read: {listed}",
            "mend or exclude them, or plan without --strict",
        )


def _judged(
    reading: Reading,
    opened: OpenedTree,
    reader: FactsReader,
    playbook: Playbook,
    config: Config,
) -> Plan:
    files = facts_of(reader)
    evidence = gather(files, scope=opened.scope, as_of=opened.committed_on)
    decided = [
        _decided(bound, reading, playbook, config, evidence, opened)
        for bound in _gated(reading, files, playbook)
    ]
    every = group_sites(decided, config, as_of=opened.committed_on)
    sites, shown = _in_scope(decided, every, reading)
    groups, drafted, notices = _drafted(shown, sites, reader, config)
    verdicts = Verdicts(
        sites=sites,
        groups=groups,
        releases=releases(groups, sites),
        moves_with=moves_with(groups, sites),
        drafted=drafted,
        notes={each.bound.id: _notes(each, playbook, files) for each in sites},
        mentions=_mentions(reading, sites),
        follow_ups=follow_ups(sites),
        overrides=find_overrides([each.bound for each in sites], opened.tree),
        skipped=reading.skipped,
        notices=(*reading.notices, *notices),
    )
    stamps = Stamps(
        tool=__version__,
        playbook=playbook,
        config=config,
        repository=RepositoryStamp(commit=opened.commit, dirty=opened.dirty, scope=opened.scope),
        digests=_digests(sites, reader),
    )
    return assemble(verdicts, stamps)


def _gated(reading: Reading, files: Sequence[FileFacts], playbook: Playbook) -> Iterator[BoundSite]:
    """Give each site with its gates, its settings as they are with the target."""
    gated = find_gates(reading.sites, reading.walk, files, playbook.target)
    for site in reading.sites:
        found = gated.get(site.id)
        if found is None:
            yield site
            continue
        again = read_again(found.after, site)
        yield replace(again, gates=found.gates, consulted=found.paths)


def _decided(
    bound: BoundSite,
    reading: Reading,
    playbook: Playbook,
    config: Config,
    evidence: Evidence,
    opened: OpenedTree,
) -> DecidedSite:
    paired = pair(bound, reading.walk, config, opened.tree)
    classified = leave_out(classify(paired, evidence, config), config)
    judged = judge(classified, _rules(), playbook, evidence.pragmas)
    return decide(judged, playbook, config)


def _rules() -> tuple[Rule, ...]:
    return plugins(rules, "RULE", Rule)


def _in_scope(
    sites: Iterable[DecidedSite], groups: Iterable[Group], reading: Reading
) -> tuple[list[DecidedSite], list[Group]]:
    """Keep the sites below PATH, and those outside that can only move together with them."""
    within = {each.bound.id for each in sites if reading.reports(each.bound.place.path)}
    kept = [group for group in groups if within.intersection(group.sites)]
    shown = within.union(site for group in kept for site in group.sites)
    return [each for each in sites if each.bound.id in shown], kept


def _drafted(
    groups: Iterable[Group],
    sites: Iterable[DecidedSite],
    reader: FactsReader,
    config: Config,
) -> tuple[list[Group], list[Drafted], list[str]]:
    """Lower the changes of moving groups; a change that cannot be lowered stops its group."""
    groups, sites = list(groups), list(sites)
    home = {place: group.id for group in groups for place in group.references}
    places = {
        (each.bound.reference.path, each.bound.reference.at): each.bound.reference.place
        for each in sites
        if each.bound.reference
    }
    drafted: list[Drafted] = []
    stuck: dict[str, str] = {}
    for change in draft(groups, sites, config.target):
        group = home[places[change.path, change.at]]
        source = reader.tree.read(change.path)
        front_end = next((f for f in reader.front_ends if change.path.endswith(f.suffixes)), None)
        splice = (
            front_end.lower(source, change)
            if front_end and isinstance(source, SourceFile)
            else None
        )
        if splice is None:
            place = f"{change.path}:{change.at.line}"
            stuck[group] = f"{place}: the id is not written there in one piece; its group stays"
        else:
            drafted.append(Drafted(change=change, splice=splice, group=group))
    moving = [replace(g, moves=False) if g.id in stuck else g for g in groups]
    kept = [each for each in drafted if each.group not in stuck]
    return moving, kept, list(stuck.values())


def _notes(site: DecidedSite, playbook: Playbook, files: Iterable[FileFacts]) -> SiteNotes:
    bound = site.bound
    model = bound.reference.recognised.model if bound.reference else None
    name = bound.call.surface.effort if bound.call else None
    setting = bound.call.setting(name) if bound.call else ABSENT
    target = playbook.catalogue.models[playbook.target]
    return SiteNotes(
        effort=recommend_effort(name, setting, model, target),
        checklist=answer_checklist(site.judged),
        assessments=assess(site.judged),
        validation=propose_validation(site, files),
    )


def _mentions(reading: Reading, sites: Iterable[DecidedSite]) -> tuple[PlanMention, ...]:
    by_place: dict[tuple[str, int, int], list[str]] = {}
    for site in sites:
        reference = site.bound.reference
        if reference:
            key = (reference.path, reference.place.line, reference.place.column)
            by_place.setdefault(key, []).append(site.bound.id)
    return tuple(
        PlanMention(
            path=each.mention.path,
            line=each.mention.at.line,
            column=each.mention.at.column,
            text=each.mention.recognised.text,
            bucket=each.bucket,
            why=each.why,
            sites=tuple(by_place.get(each.anchor, ())),
        )
        for each in reading.accounted
    )


def _digests(sites: Iterable[DecidedSite], reader: FactsReader) -> Mapping[str, str]:
    """Give the digest of every file that a verdict read."""
    paths: set[str] = set()
    for site in sites:
        bound = site.bound
        paths |= {bound.place.path, *bound.consulted}
        if bound.call:
            paths.add(bound.call.frame.path)
            paths |= {s.at.path for s in bound.call.settings.values() if s.at}
        if bound.reference:
            paths.add(bound.reference.path)
            paths |= {hop.at.path for hop in bound.reference.via}
        for link in site.judged.classified.paired.prompts:
            paths |= {link.path, *(hop.at.path for hop in link.via)}
        paths |= {finding.at.path for finding in site.judged.findings}
    read = {path: reader.tree.read(path) for path in paths}
    return {path: each.digest for path, each in read.items() if isinstance(each, SourceFile)}
