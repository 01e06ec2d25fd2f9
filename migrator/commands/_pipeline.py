"""Work a plan out: read, follow, judge and group, then write down what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from migrator import __version__, rules
from migrator.adapters.facts_reader import FactsReader
from migrator.adapters.overlaid_tree import OverlaidTree
from migrator.adapters.repository import OpenedTree
from migrator.commands._draft import lower_changes
from migrator.commands._read import Reading, facts_of, read_project, refuse_unread
from migrator.commands._record import Around, digests_of, mentions_of, notes_on
from migrator.commands._rewrite import reword
from migrator.commands._surroundings import surrounded
from migrator.commands._unblocking import foresee, unblock, with_layer
from migrator.commands.options import PlanOptions
from migrator.domain.config import Config
from migrator.domain.facts import FileFacts
from migrator.domain.plan import Plan, RepositoryStamp, Unblocking
from migrator.domain.playbook import Playbook
from migrator.domain.ports import Advisor, Tree
from migrator.domain.remedy import CLIENT
from migrator.domain.rule import Rule
from migrator.domain.site import Ask, ClassifiedSite, DecidedSite, Group, JudgedSite, PairedSite
from migrator.domain.unblock import Sampling
from migrator.plugins import plugins
from migrator.stages.assemble import Stamps, Verdicts, assemble
from migrator.stages.classify import Evidence, classify, gather
from migrator.stages.decide import decide
from migrator.stages.exclude import leave_out
from migrator.stages.follow_up import follow_ups, joint_follow_ups, releases
from migrator.stages.gate import judge
from migrator.stages.group import moves_with
from migrator.stages.installed import Manifests
from migrator.stages.lapse import lapsed_decisions, unused_pragmas
from migrator.stages.overrides import find_overrides
from migrator.stages.pair import Pairing
from migrator.stages.risks import find_risks
from migrator.stages.serve import look_behind
from migrator.stages.settle import settle
from migrator.stages.sync_sets import sync_sets
from migrator.stages.unblock import Again, InstalledFor, Verdict


def work_out(
    opened: OpenedTree,
    reader: FactsReader,
    playbook: Playbook,
    config: Config,
    options: PlanOptions,
    advisor: Advisor | None,
) -> Plan:
    """Work out the plan of an opened tree; arguments and MigrateError as in `make_plan`."""
    reading = _read(opened, reader, playbook, config)
    if options.strict:
        refuse_unread(reading.skipped)
    judged = _judged(reading, opened, reader, playbook, config, advisor)
    layer = _unblocking(judged, opened, reader, playbook, config, options)
    return with_layer(judged.plan, layer, opened.tree)


def _read(opened: OpenedTree, reader: FactsReader, playbook: Playbook, config: Config) -> Reading:
    """Read a project; the names of deployments and aliases stand for what is declared of them."""
    reading = read_project(opened, reader, playbook, config)
    models = playbook.catalogue.models
    sites = tuple(look_behind(each, config.servings, models) for each in reading.sites)
    return replace(reading, sites=sites) if config.servings else reading


def _unblocking(
    judged: _Judged,
    opened: OpenedTree,
    reader: FactsReader,
    playbook: Playbook,
    config: Config,
    options: PlanOptions,
) -> Unblocking:
    """Give the edits outside the guide when asked for, else what they would free."""
    if not options.unblock:
        return foresee(judged.verdict)

    def replan(edited: Mapping[str, bytes]) -> Plan:
        tree = OverlaidTree(opened.tree, edited)
        as_edited, read = (
            replace(opened, tree=tree),
            FactsReader(tree, reader.front_ends, libraries=reader.libraries),
        )
        reading = _read(as_edited, read, playbook, config)
        return _judged(reading, as_edited, read, playbook, config).plan

    return unblock(judged.verdict, Sampling(options.sampling or Sampling.NONE), reader, replan)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A plan with the verdicts that it writes down, for whoever has to decide again."""

    plan: Plan
    verdict: Verdict


def _judged(
    reading: Reading,
    opened: OpenedTree,
    reader: FactsReader,
    playbook: Playbook,
    config: Config,
    advisor: Advisor | None = None,
) -> _Judged:
    files = facts_of(reader)
    evidence = _gathered(reading, files, opened)
    pairing = Pairing(reading.walk, config, playbook.makers)
    decided = [
        _decided(pairing.pair(bound), reading, playbook, config, evidence)
        for bound in surrounded(reading, files, playbook, opened)
    ]
    reworded = reword(decided, playbook, reader, config, opened.committed_on, advisor)
    sites, shown = _in_scope(decided, reworded.groups, reading)
    unheeded = _unheeded(reading, evidence, decided, reworded.groups, config, opened.committed_on)
    groups, drafted, stopped = lower_changes(shown, sites, reworded.prompts, reader, config.target)

    again = partial(_decided_with, playbook, config)
    mentions = mentions_of(reading, sites)
    verdicts = Verdicts(
        sites=sites,
        groups=groups,
        releases=releases(groups, sites),
        moves_with=moves_with(groups, sites),
        drafted=drafted,
        choices=reworded.choices,
        notes=notes_on(sites, playbook, files, Around(opened.tree, again)),
        mentions=mentions,
        follow_ups=(*follow_ups(sites, groups, again), *reworded.forks),
        joint_follow_ups=joint_follow_ups(sites, groups, again),
        overrides=find_overrides([each.bound for each in sites], opened.tree, opened.scope),
        sync_sets=sync_sets(groups, sites, mentions, config.target),
        skipped=reading.skipped,
        notices=(*reading.notices, *stopped, *unheeded),
        advised=reworded.advised,
    )
    digests = digests_of(sites, reader, reworded.consulted)
    verdict = Verdict(
        sites=sites,
        groups=groups,
        again=_deciding_again(playbook, config, evidence),
        regroup=reworded.regroup,
        walk=reading.walk,
        installed=_installed(opened.tree),
    )
    return _Judged(assemble(verdicts, _stamps(opened, playbook, config, digests)), verdict)


def _decided_with(
    playbook: Playbook, config: Config, judged: JudgedSite, answered: Iterable[Ask] = ()
) -> DecidedSite:
    answers = tuple(each.value for each in answered)
    return decide(judged, playbook, replace(config, confirm=(*config.confirm, *answers)))


def _unheeded(
    reading: Reading,
    evidence: Evidence,
    sites: Sequence[DecidedSite],
    groups: Sequence[Group],
    config: Config,
    as_of: str,
) -> tuple[str, ...]:
    """Tell of pragmas and decisions that have no effect any more."""
    pragmas = {path: each for path, each in evidence.pragmas.items() if reading.reports(path)}
    return (*unused_pragmas(pragmas, sites), *lapsed_decisions(config, sites, groups, as_of))


def _stamps(
    opened: OpenedTree, playbook: Playbook, config: Config, digests: Mapping[str, str]
) -> Stamps:
    return Stamps(
        tool=__version__,
        playbook=playbook,
        config=config,
        repository=RepositoryStamp(
            commit=opened.commit, dirty=bool(opened.modified()), scope=opened.scope
        ),
        digests=digests,
    )


def _gathered(reading: Reading, files: Sequence[FileFacts], opened: OpenedTree) -> Evidence:
    return gather(
        files,
        sites=reading.sites,
        tree=opened.tree,
        scope=opened.scope,
        as_of=opened.committed_on,
    )


def _deciding_again(playbook: Playbook, config: Config, evidence: Evidence) -> Again:
    def again(classified: ClassifiedSite) -> DecidedSite:
        return decide(judge(classified, _rules(), playbook, evidence.pragmas), playbook, config)

    return again


def _installed(tree: Tree) -> InstalledFor:
    manifests = Manifests(tree)
    return lambda path: manifests.find((CLIENT,), path)


def _decided(
    paired: PairedSite,
    reading: Reading,
    playbook: Playbook,
    config: Config,
    evidence: Evidence,
) -> DecidedSite:
    classified = leave_out(classify(paired, evidence, config), config)
    classified = find_risks(classified, reading.walk, playbook)
    judged = judge(classified, _rules(), playbook, evidence.pragmas)
    return decide(settle(judged, playbook), playbook, config)


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
