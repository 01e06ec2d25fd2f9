"""Hold a project's own configuration of the tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from migrator.domain.answer import Answers
from migrator.domain.serving import Serving
from migrator.domain.wrapper import Wrapper


class Role(StrEnum):
    """What part of a repository a site belongs to."""

    PRODUCTION = "production"
    TEST = "test"
    EXAMPLE = "example"
    DOCS = "docs"
    EVAL = "eval"
    FALLBACK = "fallback"
    COMPARISON = "comparison"


class PromptEdits(StrEnum):
    """Whether prompts may be edited."""

    EDIT = "edit"
    KEEP = "keep"


class Decide(StrEnum):
    """What a person decided."""

    CONFIRM = "confirm"
    PIN = "pin"
    IGNORE = "ignore"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A recorded answer to a question of the plan.

    `on` is a site id, a group id, a model id or `path:line`; `text` is the reference text that the
    decision was made for: it lapses when that no longer matches. `expiry` is an ISO date.
    """

    on: str
    decide: Decide
    reason: str
    owner: str = ""
    expiry: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptPlace:
    """Where the prompt of a site stands, said by the project: `site` is an id or a path glob."""

    site: str
    path: str
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The merged wishes of configuration file and command line; `path` is empty without a file.

    `confirm` lists the confirmation reasons that are lifted, `sources` the ids or families that
    may move (empty means all). `servings` are the declared deployments and aliases. `fail_on` names
    outcomes; `commit_per` is group or all. `validate`, `setup` and `link` are commands and paths,
    meant from the folder of the file; `time_limit` is in seconds.
    """

    path: str = ""
    target: str = "gpt-5.5"
    sources: tuple[str, ...] = ()
    confirm: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)
    prompts: tuple[PromptPlace, ...] = ()
    prompt_edits: PromptEdits = PromptEdits.EDIT
    wrappers: tuple[Wrapper, ...] = ()
    decisions: tuple[Decision, ...] = ()
    servings: tuple[Serving, ...] = ()
    answers: Answers = field(default_factory=Answers)
    fail_on: tuple[str, ...] = ()
    commit_per: str = "group"
    validate: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    time_limit: int | None = None
    digest: str = ""
