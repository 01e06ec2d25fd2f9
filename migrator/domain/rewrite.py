"""Say which words a prompt gets, which it does not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.block import Block, Point
from migrator.domain.edit import InsertPrompt, Splice
from migrator.domain.plan_site import PromptEdit
from migrator.domain.prompt import PromptSurface
from migrator.domain.source import Place


class Fate(StrEnum):
    """What became of a block at a prompt."""

    ADDED = "added"
    COVERED = "covered"  # the prompt says it already
    CONTRADICTED = "contradicted"  # the prompt says otherwise
    UNFIT = "unfit"  # it needs something that this site does not have
    OUTRANKED = "outranked"  # other blocks come first, and enough is enough
    NOWHERE = "nowhere"  # no place in the prompt could be found for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """One block that answers an observed risk: its fate, the reason, and the points it adds."""

    block: str
    fate: Fate
    why: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A block with the points that are added, in the words that they are added in."""

    block: Block
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is to happen to the prompt of one site.

    `surface` is the part that gets the words of `chosen`; both are empty where nothing is added.
    """

    site: str
    state: PromptEdit
    why: str
    considered: tuple[Considered, ...] = ()
    surface: PromptSurface | None = None
    chosen: tuple[Chosen, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnChecks:
    """A repository's name, the commands of its checks, and the files that say so."""

    name: str = ""
    commands: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """The words that one prompt gets, for all `sites` that it steers.

    `movers` are those among them for whose sake it gets them. `splice` is what they become.
    `worded_by` is the model that put them so; empty for the block's own words.
    """

    surface: PromptSurface
    chosen: tuple[Chosen, ...]
    change: InsertPrompt
    splice: Splice
    words: int
    sites: tuple[str, ...]
    movers: tuple[str, ...]
    worded_by: str = ""

    @property
    def place(self) -> Place:
        """Where the prompt stands."""
        return self.surface.at.within(self.surface.path)
