"""Hold the data of one migration target: facts, catalogue, call shapes and thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrator.domain.addition import Addition, Toolset
from migrator.domain.advice import AssistFacts
from migrator.domain.answer import Answers, Question
from migrator.domain.block import Block, RiskFact
from migrator.domain.catalogue import Catalogue
from migrator.domain.finding import Severity, Size
from migrator.domain.remedy import Remedy
from migrator.domain.run import Runs
from migrator.domain.surface import Surface
from migrator.domain.treatment import Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterFact:
    """What the target does with one parameter under one condition.

    `name` is the setting as written in a call (`max_tokens`, `reasoning.effort`); it holds on
    `surfaces`. It applies to an explicit value that is in `values`, or under `under`, or over
    `over`, or not in `accepts`, or a list with a table that says all of `holds`; to any value where
    none of these is given; never to one of `defaults`, nor where the call's effort is literally one
    of `unless_effort`. `severity` is what it does to a site: certain facts block, contested ones
    leave it unsettled. `any_model` says that no model takes the parameter there: where the call
    does not write it itself, it was more likely misread. `remedies` are edits that a program can
    make; none means work by hand.
    """

    rule: str
    slug: str
    name: str
    surfaces: tuple[str, ...]
    values: tuple[str | int | float | bool, ...] = ()
    defaults: tuple[str | int | float | bool, ...] = ()
    unless_effort: tuple[str, ...] = ()
    under: int | None = None
    over: int | None = None
    accepts: tuple[str, ...] = ()
    holds: Mapping[str, str] = field(default_factory=dict)
    severity: Severity
    message: str
    error: str
    clause: str
    size: Size | None
    follow_up: str
    evidence: str
    source: str
    any_model: bool = False
    remedies: tuple[Remedy, ...] = ()

    @property
    def unconditional(self) -> bool:
        """Whether any value that is sent is covered, whatever it is."""
        limits = self.under is not None or self.over is not None
        return not (limits or self.values or self.accepts or self.holds or self.defaults)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptMaker:
    """A callable that makes a prompt, or one message of it, out of what it is given.

    `callables` are dotted names in which `*` stands for anything. `form` is text, messages, file
    (a path of one that holds either), none (its words come while the program runs) or stored (a
    service keeps them). They are in the `arguments` of these names or, where none is given, at
    `position`. `speaker` says them, where the callable tells.
    """

    callables: tuple[str, ...]
    form: str
    arguments: tuple[str, ...] = ()
    position: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A client object on which calls are made.

    `constructors` are dotted callables that make one, `modules` are modules that act as one.
    `transparent` are members that give the same client again, called (`with_options(…)`) or not
    (`with_raw_response`). `host` is openai or azure; `base_url` names the constructor arguments
    that point it elsewhere, `deployment` those that name a deployment. `wraps` names the argument
    that is the client itself, where this one goes around another; `keeps` names arguments that
    tell how it treats requests. `pointed_by` is as in `Library`, where it differs for this one.

    A receiver with a `surface` *holds* a model: its constructor carries model and settings of the
    calls made on it, with arguments by position in `positional`. `passes` names what transparent
    members take by position; what is named `*` is a table of further arguments.
    """

    id: str
    library: str
    constructors: tuple[str, ...]
    modules: tuple[str, ...] = ()
    transparent: tuple[str, ...] = ()
    surface: str | None = None
    positional: tuple[str, ...] = ()
    passes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wraps: str | None = None
    keeps: tuple[str, ...] = ()
    host: str = "openai"
    base_url: tuple[str, ...] = ()
    deployment: tuple[str, ...] = ()
    pointed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallShape:
    """A call that runs a model: members of receivers, or dotted callables of their own.

    `positional` names its arguments by position. `distinct` says that the member path alone is
    telling enough where the receiver cannot be followed: the site is then bound by a likely hop.
    `optional` says that a call which names no model is no site: it runs what others set up; with
    `own` one is none either that leaves the model to the object it is called on.
    Without receivers, members count on anything, where their model is an object that holds one.
    `address` is where the call has to go, by its argument `url`, where its callee says little: only
    that tells which of several shapes a call has. One that stands `beside` another of the same
    callable is a site of its own, for a model that the call takes in elsewhere.
    `runs` tells what it says over an object that it runs; its tables `over` go over those of the
    same name that the object brings.
    """

    id: str
    library: str
    surface: str
    address: str = ""
    receivers: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    callables: tuple[str, ...] = ()
    positional: tuple[str, ...] = ()
    distinct: bool = False
    optional: bool = False
    own: bool = False
    beside: bool = False
    runs: Runs | None = None
    over: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether a call of this shape has no other shape as well."""
        return not self.address and not self.beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What one `surfaces/<library>.toml` brings; `markers` are the import names to look for.

    `redirects` are callables that point all calls of the library elsewhere, wherever they stand;
    `pointed_by` does so where no address is given: variables of the environment, and attributes of
    modules by their dotted names.
    `distribution` is the package, `installed_as` are other names that bring it along. `treatments`
    are what its versions do with a request, `additions` how it adds to an object made earlier,
    `toolsets` the objects that hold several tools.
    """

    id: str
    language: str
    distribution: str
    markers: tuple[str, ...]
    surfaces: tuple[Surface, ...]
    receivers: tuple[Receiver, ...] = ()
    shapes: tuple[CallShape, ...]
    redirects: tuple[str, ...] = ()
    pointed_by: tuple[str, ...] = ()
    installed_as: tuple[str, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    additions: tuple[Addition, ...] = ()
    toolsets: tuple[Toolset, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The figures of the outcome rules: size of a short prompt, tokens of a small output cap.

    With `many_tools` a call is tool-heavy. A prompt gets at most `most_blocks` blocks and
    `most_added_words` words; one block when it has fewer than `one_block_words` words itself, and
    no more than a share of its words, `least_added_words` at the least.
    """

    short_prompt_words: int = 120
    short_prompt_lines: int = 12
    small_output_cap: int = 1024
    many_tools: int = 3
    most_blocks: int = 2
    most_added_words: int = 100
    one_block_words: int = 40
    least_added_words: int = 35
    most_added_share: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A page that facts were read from, with the ISO date of reading."""

    id: str
    title: str
    url: str
    read: str


@dataclass(frozen=True, kw_only=True)
class Playbook:
    """Everything known about one target; `digest` covers all its files.

    `string_only_families` are the source families that may move by string alone. `newer` are the
    ids to mention as newer than the target, `notes` what changes whatever a call sends. `tooling`
    are the globs of files that a tool of the developers reads, not the product. `answers` are the
    project's own, from its configuration.
    `closed_answers` are the signs by which a prompt fixes the form of the answer, `scripts` those
    by which it scripts its steps. `assist` is how a
    model is asked to word blocks, where it may be.
    """

    name: str
    target: str
    digest: str
    sources: tuple[Source, ...]
    thresholds: Thresholds
    catalogue: Catalogue
    parameters: tuple[ParameterFact, ...]
    libraries: tuple[Library, ...]
    string_only_families: tuple[str, ...]
    newer: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tooling: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    closed_answers: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    assist: AssistFacts | None = None
    blocks: tuple[Block, ...] = ()
    makers: tuple[PromptMaker, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: Answers = field(default_factory=Answers)

    @property
    def pointed_by(self) -> tuple[str, ...]:
        """Name all that points the calls of some library elsewhere, sorted."""
        every = {name for library in self.libraries for name in library.pointed_by}
        receivers = (each for library in self.libraries for each in library.receivers)
        return tuple(sorted(every.union(*(each.pointed_by for each in receivers))))

    def surface(self, surface_id: str) -> Surface:
        """Give the surface of that id; raises KeyError for an unknown one."""
        for library in self.libraries:
            for surface in library.surfaces:
                if surface.id == surface_id:
                    return surface
        raise KeyError(surface_id)
