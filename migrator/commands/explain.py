"""Explain what was asked about: a rule, a prompt block, or a site of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from migrator import rules
from migrator.adapters.config_file import load_config
from migrator.adapters.plan_file import load_plan
from migrator.adapters.repository import open_tree
from migrator.adapters.terminal import terminal_colour, terminal_width, write_result
from migrator.commands._work import USUAL
from migrator.commands.explain_block import rows_on_block
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.errors import UsageError
from migrator.domain.layout import BLANK, Row, draw
from migrator.domain.plan import Plan
from migrator.domain.plan_site import PlanSite
from migrator.domain.rule import Rule
from migrator.domain.summary import ordered, place
from migrator.domain.wording import closest
from migrator.explanations.block import block_called
from migrator.explanations.rule import explain_rule, names_of_rules, rules_called
from migrator.explanations.site import explain_site
from migrator.playbook import load_playbook
from migrator.plugins import plugins

PLAN_SUFFIX = ".json"


def explain(name: str, source: Path, on: Path | None = None) -> int:
    """Write why a rule reports, what a block is for or how a site got its verdict.

    `name` is a rule's code or slug, a block's id, a site's id or a `path:line` of its call or
    reference; `source` is a saved plan, or the folder to plan. With `on`, a block is tried on that
    file. Gives the exit code. Raises UsageError for a name that is none of these, and for `on`
    without a block.
    """
    known = plugins(rules, "RULE", Rule)
    saved = source.suffix == PLAN_SUFFIX and source.is_file()
    target = load_plan(source).target if saved else _target(source)
    playbook = load_playbook(target)
    block = block_called(name, playbook)
    if block is not None:
        _show(rows_on_block(block, playbook, Path() if saved else source, on))
        return 0
    if on is not None:
        known_blocks = [each.id for each in playbook.blocks]
        raise UsageError(
            f"--on needs a prompt block, and {name!r} is none{closest(name, known_blocks)}",
            f"the blocks are {', '.join(known_blocks)}",
        )
    codes = rules_called(name, known, playbook)
    if codes:
        _show(row for code in codes for row in explain_rule(code, known, playbook))
        return 0
    plan = load_plan(source) if saved else make_plan(source, PlanOptions(), USUAL).plan
    sites = _sites_called(name, plan)
    if not sites:
        blocks = [each.id for each in playbook.blocks]
        names = (*names_of_rules(known, playbook), *blocks, *map(place, plan.sites))
        raise UsageError(
            f"there is no rule, block or site {name!r}{closest(name, names)}",
            "name a rule (R10), a block (research), a site's id or path:line; "
            "`migrate plan -v` lists the sites",
        )
    _show(row for site in sites for row in (*explain_site(plan, site), BLANK))
    return 0


def _target(folder: Path) -> str:
    return load_config(folder, open_tree(folder).root).target


def _sites_called(name: str, plan: Plan) -> tuple[PlanSite, ...]:
    """Give the sites of an id, or else those whose call or reference stands at `path:line`."""
    own = [each for each in plan.sites if each.id == name]
    return tuple(own) or ordered(each for each in plan.sites if name in _places(each))


def _places(site: PlanSite) -> set[str]:
    references = {f"{each.path}:{each.line}" for each in site.references}
    return {place(site)} | references


def _show(rows: Iterable[Row]) -> None:
    write_result(draw(rows, terminal_width(), colour=terminal_colour()))
