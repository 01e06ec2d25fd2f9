"""Write down what stands beside the verdicts: remarks, mentions, and the files they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from migrator.adapters.facts_reader import FactsReader
from migrator.commands._read import Reading
from migrator.domain.config import Decide
from migrator.domain.facts import FileFacts
from migrator.domain.mention import Bucket
from migrator.domain.plan_site import PlanMention
from migrator.domain.playbook import Playbook
from migrator.domain.ports import Tree
from migrator.domain.route import files_on_route
from migrator.domain.site import ABSENT, DecidedSite
from migrator.domain.source import Skipped, SourceFile
from migrator.stages.account import Accounted
from migrator.stages.assemble import SiteNotes
from migrator.stages.checklist import answer_checklist, assess
from migrator.stages.counterfactual import Again, counterfactuals
from migrator.stages.effort import recommend_effort
from migrator.stages.propose import find_checks, propose_validation


@dataclass(frozen=True, slots=True)
class Around:
    """The tree that sites stand in, and what decides a site anew, to find what it turns on."""

    tree: Tree
    again: Again


def notes_on(
    sites: Sequence[DecidedSite], playbook: Playbook, files: Iterable[FileFacts], around: Around
) -> Mapping[str, SiteNotes]:
    """Give the remarks on each site, with what stands around them."""
    modules = {each.path: each.module for each in files}
    checks = find_checks(sites, modules, around.tree)
    return {
        each.bound.id: _notes(
            each, playbook, propose_validation(each, checks, modules), around.again
        )
        for each in sites
    }


def mentions_of(reading: Reading, sites: Iterable[DecidedSite]) -> tuple[PlanMention, ...]:
    """List every mention with its bucket; what a person said to ignore is counted as such."""
    by_place: dict[tuple[str, int, int], list[DecidedSite]] = {}
    for site in sites:
        reference = site.bound.reference
        for each in reference.written if reference else ():
            key = (each.path, each.place.line, each.place.column)
            by_place.setdefault(key, []).append(site)
    return tuple(_mention(each, by_place.get(each.anchor, ())) for each in reading.accounted)


def digests_of(
    sites: Iterable[DecidedSite], reader: FactsReader, consulted: Iterable[str] = ()
) -> Mapping[str, str]:
    """Give the digest of every file that a verdict read, and of those `consulted` beside them."""
    paths = {path for site in sites for path in _paths(site)}.union(consulted)
    read = {path: _whatever_wrote_it(reader, path) for path in paths}
    return {path: each.digest for path, each in read.items() if isinstance(each, SourceFile)}


def _whatever_wrote_it(reader: FactsReader, path: str) -> SourceFile | Skipped:
    found = reader.tree.read(path)
    return found if isinstance(found, SourceFile) else reader.tree.read_made(path)


def _notes(
    site: DecidedSite, playbook: Playbook, validation: tuple[str, ...], again: Again
) -> SiteNotes:
    bound = site.bound
    model = bound.reference.recognised.model if bound.reference else None
    name = bound.call.surface.effort if bound.call else None
    setting = bound.call.setting(name) if bound.call else ABSENT
    target = playbook.catalogue.models[playbook.target]
    treated = bound.call.given_by_library("reasoning.effort") if bound.call else None
    given = f"{treated.treatment.message}: {treated.distribution}" if treated else ""
    return SiteNotes(
        effort=recommend_effort(name, setting, model, target, given),
        checklist=answer_checklist(site.judged),
        assessments=assess(site.judged),
        validation=validation,
        counterfactuals=counterfactuals(site, again),
    )


def _mention(accounted: Accounted, sites: Sequence[DecidedSite]) -> PlanMention:
    bucket, why = accounted.bucket, accounted.why
    decisions = [each.judged.classified.decision for each in sites]
    ignored = [each for each in decisions if each and each.decide is Decide.IGNORE]
    if ignored and len(ignored) == len(sites):
        bucket, why = Bucket.IGNORED, ignored[0].reason or "ignored"
    return PlanMention(
        path=accounted.mention.path,
        line=accounted.mention.at.line,
        column=accounted.mention.at.column,
        text=accounted.mention.recognised.text,
        bucket=bucket,
        why=why,
        sites=tuple(each.bound.id for each in sites),
        name=accounted.name,
    )


def _paths(site: DecidedSite) -> Iterator[str]:
    bound = site.bound
    yield from files_on_route(bound)
    yield from bound.consulted
    if bound.call:
        yield from (each.at.path for each in bound.call.settings.values() if each.at)
    for link in site.judged.classified.paired.prompts:
        yield link.path
        yield from (hop.at.path for hop in link.via)
    yield from (finding.at.path for finding in site.judged.findings)
