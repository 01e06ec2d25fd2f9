"""Define prompt blocks, the workflow risks they answer, and the evidence for a risk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from migrator.domain.source import Place

WORD = re.compile(r"[^\W\d_][\w'-]*")
# No quotation, escape or template language gives a meaning to any of these, so that words made of
# them mean the same wherever they are put.
PLAIN = re.compile(r"[A-Za-z0-9 \n.,;:?!()/_=<>#*`+&-]*")


def words_in(text: str) -> int:
    """Count the words of a text."""
    return len(WORD.findall(text))


class Risk(StrEnum):
    """What a workflow leans on that a change of model may upset."""

    SIDE_EFFECTS = "side-effects"
    MULTI_AGENT = "multi-agent"
    CODING = "coding"
    RESEARCH = "research"
    TOOL_HEAVY = "tool-heavy"
    LONG_HORIZON = "long-horizon"
    STRICT_FORMAT = "strict-format"
    BATCH = "batch"
    VERBOSE = "verbose"
    STREAMED_TOOLS = "streamed-tools"


class Strength(StrEnum):
    """How far a piece of evidence carries; weak evidence never moves a verdict."""

    STRONG = "strong"
    WEAK = "weak"


class Origin(StrEnum):
    """Where a piece of evidence was seen."""

    TOOLS = "tools"
    NAMES = "names"
    PROMPT = "prompt"
    FLOW = "flow"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEvidence:
    """One thing seen at a site that speaks for a risk, in words that a reader can check."""

    risk: Risk
    strength: Strength
    origin: Origin
    what: str
    at: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """How a risk is told, and what is reported of it.

    `signs` says in words what the strong evidence is. `hosted` are types and constructors of tools
    that run at the vendor. All other signs are regular expressions, searched for without regard to
    case: `tool_names` in the names of tools, `prompt` in the words that steer, `names` in the names
    around the call. `weak_prompt` and `names` are weak evidence.
    """

    id: Risk
    rule: str
    slug: str
    clause: str
    message: str
    signs: str
    source: str
    hosted: tuple[str, ...] = ()
    tool_names: tuple[str, ...] = ()
    prompt: tuple[str, ...] = ()
    weak_prompt: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Need(StrEnum):
    """What has to be true of a site before words make sense there."""

    TOOLS = "tools"  # the model decides on calls of tools
    FREE_TEXT = "free-text"  # the answer is prose, not a format that is parsed
    LOOKS_ONLY = "looks-only"  # no tool acts on the world
    OWN_STEPS = "own-steps"  # the prompt leaves its steps to the model
    PHASE_KEPT = "phase-kept"  # several messages of one answer are told apart


class Joining(StrEnum):
    """How the words of a block join those of a prompt."""

    RULES = "rules"  # they go on with the prompt's own last list of rules, where there is one
    SECTION = "section"  # they get a section of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Words of a prompt that a block would contradict, and why."""

    pattern: str
    why: str


class Where(StrEnum):
    """What a sign is looked for in."""

    PROMPT = "prompt"
    EVIDENCE = "evidence"  # what was seen of the risks that the block answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A sign that has to be there before words make sense, and what its absence says."""

    pattern: str
    where: Where
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that a block says.

    `covered_by` are regular expressions, searched for in the whole prompt without regard to case:
    where one is found, the point is said already. `unless` names words that the point would
    contradict, while others of its block may do. `{name}` in `text` stands for a variable.
    """

    id: str
    text: str
    covered_by: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    only_if: tuple[Requirement, ...] = ()
    unless: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Words that answer a risk; only the points that a prompt does not make yet are added.

    `rank` orders the blocks that compete for a prompt, the lowest first. `budget` bounds the words
    of all points together. `superfluous` says in a sentence what makes the block needless.
    `section` is the section of the guide `source` that it rests on. `defaults` are the values of
    its variables where nothing better is known. `second_heading` is for a prompt that has a section
    under the `heading` already.
    """

    id: str
    title: str
    heading: str
    rank: int
    risks: tuple[Risk, ...]
    joining: Joining
    clause: str
    section: str
    source: str
    budget: int
    superfluous: str
    second_heading: str = ""
    needs: tuple[Need, ...] = ()
    only_if: tuple[Requirement, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    unless: tuple[Contradiction, ...] = ()
    points: tuple[Point, ...] = ()
