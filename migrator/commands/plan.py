"""Make a plan of a repository, or give again the one that was kept of the same files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from migrator import frontends
from migrator.adapters.bulk_reading import BulkReading
from migrator.adapters.config_file import load_config
from migrator.adapters.facts_reader import FactsReader
from migrator.adapters.own_libraries import OwnLibraries
from migrator.adapters.repository import OpenedTree, open_tree
from migrator.commands._sources import check_servings, check_sources, check_wrappers
from migrator.commands._work import ALONE, Work, kept_or_made
from migrator.commands.options import PlanOptions
from migrator.domain.config import Config, PromptEdits
from migrator.domain.frontend import FrontEnd
from migrator.domain.plan import Plan
from migrator.domain.playbook import Playbook
from migrator.domain.ports import Advisor
from migrator.playbook import load_playbook
from migrator.plugins import plugins
from migrator.stages.serve import with_servings
from migrator.stages.settle import with_shutdowns
from migrator.stages.wrap import with_wrappers


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with what made it, for those who carry it out."""

    plan: Plan
    opened: OpenedTree
    front_ends: tuple[FrontEnd, ...]
    config: Config
    playbook: Playbook


def make_plan(
    path: Path, options: PlanOptions, work: Work = ALONE, advisor: Advisor | None = None
) -> Planned:
    """Plan the repository around `path`, reporting the sites below it.

    An `advisor` may word the blocks that prompts get.

    Raises MigrateError: for a PATH or configuration that cannot be used, a repository that cannot
    be read, and unread files under `strict`.
    """
    opened = open_tree(path, ahead=True)
    config = configure(load_config(path, opened.root), options)
    playbook = load_playbook(config.target)
    check_sources(config, playbook.catalogue)
    check_servings(config, playbook.catalogue)
    check_wrappers(config, playbook)
    known = with_servings(with_shutdowns(playbook.catalogue, config.answers), config.servings)
    playbook = replace(playbook, catalogue=known, answers=config.answers)
    playbook = with_wrappers(playbook, config.wrappers)
    front_ends = plugins(frontends, "FRONT_END", FrontEnd)

    def make(bulk: BulkReading) -> Plan:
        from migrator.commands._pipeline import work_out

        reader = FactsReader(opened.tree, front_ends, bulk, OwnLibraries.of(playbook))
        return work_out(opened, reader, playbook, config, options, advisor)

    asked = "" if options.strict or advisor else repr((config, options))
    plan = kept_or_made(opened, playbook, asked, work, make)
    return Planned(
        plan=plan, opened=opened, front_ends=front_ends, config=config, playbook=playbook
    )


def configure(config: Config, options: PlanOptions) -> Config:
    """Lay the options of the command line over the configuration."""
    everything = ("all",) if options.everything else ()
    confirm = (*config.confirm, *options.confirm, *everything)
    return replace(
        config,
        target=options.target or config.target,
        sources=options.sources or config.sources,
        confirm=tuple(dict.fromkeys(confirm)),
        prompt_edits=PromptEdits(options.prompts) if options.prompts else config.prompt_edits,
        include=(*config.include, *options.include),
        exclude=(*config.exclude, *options.exclude),
    )
