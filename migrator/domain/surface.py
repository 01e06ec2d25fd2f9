"""Say where model, prompts and settings sit in the calls of one API surface of a library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from migrator.domain.finding import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptArgument:
    """An argument that bears a prompt.

    `form` is text (the string itself), messages (a list of role and content), or hosted (a prompt
    object stored at the vendor). `speaker` is who speaks when the form does not say.
    """

    name: str
    form: str
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable:
    """Why the target cannot be called on a surface, and the smallest task that frees it."""

    rule: str
    clause: str
    message: str
    size: Size
    follow_up: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Another API that calls of a surface are sent to, and when.

    It is taken where all hold that are given: one of `settings` is sent with one of `values` (any
    value when empty) or, with `perhaps`, may be; the prefix of the id chooses the API `prefix`, the
    id has the text `written` before it, no prefix chooses an API and the library's version is
    within `versions`. With a `switch` it is taken where that callable is called anywhere with one
    of `values`, or with what cannot be read. `effort` and `named` are as in `Surface`.
    """

    sends: str
    settings: tuple[str, ...] = ()
    values: tuple[str | int | float | bool, ...] = ()
    perhaps: bool = False
    switch: str = ""
    prefix: str = ""
    written: str = ""
    versions: str = ""
    effort: str | None = None
    named: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """An API surface of a library: where model, prompts and settings sit in its calls.

    Settings are named as written, nested keys with dots (`reasoning.effort`). `model` may be such
    a path as well, through tables, lists and constructors; `other_models` are further places that
    count where it is not given, and `pick` an argument that picks, of a list on the way, the tables
    that have the same value under the same name; with `beside` the settings that stand beside the
    model in its table are sent with it. `aliases` map other spellings of an argument to
    the one used here, `spreads` are arguments that hold a table of further arguments, `defaults`
    those with a table of arguments that count where they are not given.
    `default_model` says what the library takes where none is named, `fallbacks` are arguments with
    the models that take over after a failure.

    A library of its own says which API it `sends` to, and under which of its settings a parameter
    of that API is `named`: the facts of the API then hold for it as well. `routes` are the other
    APIs that it may choose. `base_url` names what points the call elsewhere, as an argument or
    beside the model in its table, and `direct_prefixes` the prefixes that mean OpenAI itself here.
    `tools` are sent as such. Those of `listed` are no functions of the request: the library names
    them in the prompt, or the vendor runs them.
    `items` is what the list of output items is called in an answer, where it is not `output`.
    Where an object brings the model, `of` is the surface of that object. `elsewhere` says where the
    prompts are, where they are not among the arguments of the call.
    """

    id: str
    library: str
    label: str
    model: str = "model"
    other_models: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    pick: str = ""
    beside: bool = False
    default_model: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    spreads: tuple[str, ...] = ("extra_body",)
    defaults: tuple[str, ...] = ()
    base_url: tuple[str, ...] = ()
    direct_prefixes: tuple[str, ...] = ()
    prompts: tuple[PromptArgument, ...] = ()
    effort: str | None = None
    tools: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    output_format: tuple[str, ...] = ()
    output_cap: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    items: str = ""
    settings: tuple[str, ...] = ()
    unavailable: Unavailable | None = None
    sends: str | None = None
    named: Mapping[str, str] = field(default_factory=dict)
    routes: tuple[Route, ...] = ()
    of: str = ""
    elsewhere: str = ""

    @property
    def offers(self) -> tuple[str, ...]:
        """All arguments that hold tools, whichever way the model learns of them."""
        return (*self.tools, *self.listed)

    @property
    def api(self) -> str:
        """The API that takes the request: the surface itself, or the one that it sends to."""
        return self.sends or self.id

    def setting_for(self, surfaces: Sequence[str], parameter: str) -> str | None:
        """Give the setting that a fact about `parameter` on `surfaces` speaks of, if any."""
        if self.id in surfaces or self.of in surfaces:
            return parameter
        return self.named.get(parameter) if self.sends in surfaces else None
