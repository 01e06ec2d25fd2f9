"""Explain a prompt block, and what it would do to the prompts of one file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from migrator import frontends
from migrator.adapters.repository import open_tree
from migrator.commands._work import USUAL
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.block import Block, Strength, words_in
from migrator.domain.errors import UsageError
from migrator.domain.expression import Expression, Join, Text
from migrator.domain.frontend import FrontEnd
from migrator.domain.layout import BLANK, Row, heading
from migrator.domain.parts import parts
from migrator.domain.plan import Plan
from migrator.domain.plan_site import PlanSite
from migrator.domain.playbook import Playbook
from migrator.domain.rewrite import Considered
from migrator.domain.source import Skipped, SourceFile
from migrator.domain.summary import place
from migrator.domain.wording import plural, printable
from migrator.explanations.block import explain_block
from migrator.frontends import text as plain
from migrator.plugins import plugins
from migrator.stages.choose import choose_alone
from migrator.stages.compose import Nowhere, compose

_HOLE = "{…}"
_LEAST = 4  # words; less is a value among others and no prompt
_MOST = 12  # texts of one file


def rows_on_block(block: Block, playbook: Playbook, source: Path, on: Path | None) -> Iterator[Row]:
    """Give the rows on a block, and with `on` what the prompts of that file would get of it.

    The file's own repository is planned, or `source` within it. Raises UsageError for a file that
    cannot be read or holds no prompt.
    """
    yield from explain_block(block, playbook)
    if on is not None:
        content = _content(on)
        folder = _folder_for(on, source)
        planned = make_plan(folder, PlanOptions(), USUAL) if folder else None
        path = _relative(on, planned.opened.root) if planned else ""
        seen = list(_as_planned(block, planned.plan, path)) if planned else []
        alone = list(_alone(block, playbook, SourceFile(on.name, content)))
        if not seen and not alone:
            raise UsageError(
                f"{on} holds no prompt of a call in view, and is no text by itself",
                "Name a file with a prompt: `migrate plan -v` lists the prompts of each site.",
            )
        yield from (BLANK, heading(f"On {path or on}"), *seen, *alone)


def _folder_for(on: Path, source: Path) -> Path | None:
    """Give the folder to plan: `source` where it belongs to the file's own repository, else that.

    What lies around several repositories is no project, and says nothing true of any of them. A
    file that belongs to none, and does not lie in `source`, is a text by itself.
    """
    own = open_tree(on.parent)
    if own.versioned:
        return source if source.resolve().is_relative_to(own.root) else own.root
    return source if on.resolve().is_relative_to(source.resolve()) else None


def _content(on: Path) -> bytes:
    try:
        return on.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot read {on}: {reason}", "Name a file with a prompt.") from error


def _relative(on: Path, root: Path) -> str:
    full = on.resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else ""


def _as_planned(block: Block, plan: Plan, path: str) -> Iterator[Row]:
    """Say of each site with a prompt in a file what became of the block there."""
    held = {each.id for each in plan.prompts if each.path == path}
    for site in plan.sites:
        if held & {each.prompt for each in site.prompts}:
            yield Row(
                f"{place(site)} {site.call or 'reference'}, {site.outcome}: {_fate(block, site)}"
            )
            for edit in plan.edits:
                if edit.id in site.edits and block.id in edit.blocks:
                    yield Row(
                        f"adds at {edit.path}:{edit.line}: {printable(edit.after.strip())}", 4
                    )


def _fate(block: Block, site: PlanSite) -> str:
    for each in site.blocks:
        if each.block == block.id:
            return f"{each.fate}: {printable(each.why)}"
    if site.prompt_edit is None:
        return "nothing, since this site does not move as a light rewrite"
    strong = {each.risk for each in site.risks if each.strength is Strength.STRONG}
    if strong.intersection(block.risks):
        return f"nothing: {printable(site.prompt_why)}"
    return f"nothing: no sign of {' or '.join(block.risks)} was seen"


def _alone(block: Block, playbook: Playbook, source: SourceFile) -> Iterator[Row]:
    """Say what the texts of a file would get if their workflow called for the block."""
    showed = f"if its workflow showed {' or '.join(block.risks)}"
    for line, text in islice(_texts(source), _MOST):
        yield Row(f"The text at line {line} by itself, {showed}:")
        yield from _grown(block, playbook, line, text)


def _grown(block: Block, playbook: Playbook, start: int, text: str) -> Iterator[Row]:
    chosen = choose_alone(block, text, playbook)
    if isinstance(chosen, Considered):
        yield Row(f"nothing, {chosen.fate}: {printable(chosen.why)}", 4)
        return
    composed = compose(text, (chosen,))
    if isinstance(composed, Nowhere):
        yield Row(f"nothing: {composed.why}", 4)
        return
    line = start + text.count("\n", 0, composed.position)
    words = sum(words_in(each.text) for each in chosen.points)
    yield Row(f"{plural(words, 'word')} behind line {line}:", 4)
    for each in composed.addition.strip("\n").split("\n"):
        yield Row(printable(each) or " ", 6)


def _texts(source: SourceFile) -> Iterator[tuple[int, str]]:
    """Give the texts of a file that is no program, each with its line; short ones are values."""
    known = plugins(frontends, "FRONT_END", FrontEnd)
    fitting = [each for each in known if source.path.endswith(each.suffixes)]
    if any(each.program for each in fitting):
        return
    facts = (fitting[0] if fitting else plain.FRONT_END).read(source)
    if isinstance(facts, Skipped) or facts.document is None:
        return
    whole = isinstance(facts.document, Text | Join)
    for each in _within(facts.document):
        words = "".join(e.value if isinstance(e, Text) else _HOLE for e in each)
        if whole or words_in(words) >= _LEAST:
            yield each[0].at.line, words


def _within(document: Expression) -> Iterator[tuple[Expression, ...]]:
    """Give each text of a document, as the words and fields that it is made of."""
    match document:
        case Text():
            yield (document,)
        case Join(parts=inner):
            yield inner
        case _:
            for each in parts(document):
                yield from _within(each)
