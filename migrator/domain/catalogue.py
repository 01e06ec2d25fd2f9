"""Recognise model ids by exact grammar: `gpt-4o-mini` is not `gpt-4o` with something behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How large or special a model is, apart from its family."""

    MAINLINE = "mainline"
    SMALL = "small"
    PRO = "pro"
    CODEX = "codex"
    CHAT = "chat"
    NON_TEXT = "non-text"


class Standing(StrEnum):
    """How a recognised id relates to the target of the playbook."""

    SOURCE = "source"  # may be upgraded
    TARGET = "target"
    NEWER = "newer"
    OUT_OF_SCOPE = "out_of_scope"  # non-text, other vendors, open weights
    UNRECOGNISED = "unrecognised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One catalogue entry.

    `snapshot_of` is the id that this dated snapshot belongs to; `alias` is true for a moving name
    (`-latest`, `-preview`, `chatgpt-*`). `efforts` are the accepted reasoning efforts, empty when
    the model does not reason; `effort_default` is None then, or where sources disagree. Prices are
    USD per million tokens in, out; `shutdown` and `read` are ISO dates.
    """

    id: str
    family: str
    tier: Tier
    kind: str
    standing: Standing
    snapshot_of: str | None = None
    alias: bool = False
    exists: bool = True
    efforts: tuple[str, ...] = ()
    effort_default: str | None = None
    shutdown: str | None = None
    replacement: str | None = None
    price: tuple[float, float] | None = None
    blocked: str | None = None
    source: str = ""
    read: str = ""

    @property
    def reasons(self) -> bool:
        """Whether the model reasons when a call sets no effort."""
        return bool(self.efforts) and self.effort_default not in {None, "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """What stands before an id and names who serves it, such as `openai/`.

    `route` is direct (the id is OpenAI's own), gateway (availability not in the repository),
    deployment (a name made by the team or the host) or foreign. `api` is the API surface that the
    prefix chooses, where it does.
    """

    text: str
    provider: str
    route: str
    api: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A piece of text read as a model id: `prefix + id + suffix` is the text."""

    text: str
    prefix: str
    id: str
    suffix: str
    standing: Standing
    model: Model | None
    provider: Prefix | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """The textual shapes of ids.

    `shapes` are regular expressions of our ids, `quoted_shapes` those that count only as a whole
    quoted string (`o1`), `foreign` those of other vendors. `suffix` matches a routing suffix such
    as `:online`. All are free of groups and case-sensitive.
    """

    shapes: tuple[str, ...]
    quoted_shapes: tuple[str, ...]
    foreign: tuple[str, ...]
    suffix: str


@dataclass(frozen=True)
class Catalogue:
    """All known models and prefixes of a playbook, with the grammar that finds them."""

    models: Mapping[str, Model]
    prefixes: tuple[Prefix, ...]
    grammar: Grammar
    target: str
    fine_tuned: str = "ft:"

    def recognise(self, text: str) -> Recognised | None:
        """Read a whole string as a model id; None when it has no id's shape."""
        provider = next((each for each in self._by_length() if text.startswith(each.text)), None)
        prefix = provider.text if provider else ""
        rest = text[len(prefix) :]
        known = self._known(text, prefix, rest, "", provider)
        if known:
            return known
        cut = re.search(f"(?:{self.grammar.suffix})$", rest)
        if cut and not rest.startswith(self.fine_tuned):
            known = self._known(text, prefix, rest[: cut.start()], cut.group(), provider)
            if known:
                return known
        if rest.startswith(self.fine_tuned):
            return Recognised(text, prefix, rest, "", Standing.SOURCE, None, provider)
        if any(re.fullmatch(shape, rest) for shape in self.grammar.foreign):
            return Recognised(text, prefix, rest, "", Standing.OUT_OF_SCOPE, None, provider)
        shapes = (*self.grammar.shapes, *self.grammar.quoted_shapes)
        if any(re.fullmatch(f"(?:{shape})[A-Za-z0-9._-]*", rest) for shape in shapes):
            return Recognised(text, prefix, rest, "", Standing.UNRECOGNISED, None, provider)
        return None

    def _known(
        self, text: str, prefix: str, bare: str, suffix: str, provider: Prefix | None
    ) -> Recognised | None:
        model = self.models.get(bare)
        if model is None:
            return None
        foreign = provider is not None and provider.route == "foreign"
        standing = Standing.OUT_OF_SCOPE if foreign else model.standing
        return Recognised(text, prefix, bare, suffix, standing, model, provider)

    def _by_length(self) -> Iterator[Prefix]:
        return iter(sorted(self.prefixes, key=lambda each: -len(each.text)))
