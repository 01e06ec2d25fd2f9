"""Recognise model ids by exact grammar: `gpt-4o-mini` is not `gpt-4o` with something behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from migrator.domain.grammar import Grammar
from migrator.domain.serving import Serving


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
    the model does not reason, or by itself alone (`fixed_effort`); `effort_default` is None then,
    or where sources disagree. Prices are USD per million tokens in, out; `shutdown` and `read` are
    ISO dates. `serving` is the team's own name by which the model is called, where it is not called
    by its id.
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
    fixed_effort: bool = False
    shutdown: str | None = None
    replacement: str | None = None
    price: tuple[float, float] | None = None
    blocked: str | None = None
    source: str = ""
    read: str = ""
    serving: Serving | None = None

    @property
    def reasons(self) -> bool:
        """Whether the model reasons when a call sets no effort."""
        by_default = bool(self.efforts) and self.effort_default not in {None, "none"}
        return self.fixed_effort or by_default


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

    def becomes(self, target: str) -> str:
        """Give the bare id after the upgrade: the target's, or the team's own name for it."""
        serving = self.model.serving if self.model else None
        return serving.becomes if serving else target


LONGEST_ID = 200
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_TAIL = r"[A-Za-z0-9._@-]*"
_NOTHING = "(?!)"


def _any(shapes: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(shapes)})" if shapes else _NOTHING


@dataclass(frozen=True)
class Catalogue:
    """All known models and prefixes of a playbook, with the grammar that finds them."""

    models: Mapping[str, Model]
    prefixes: tuple[Prefix, ...]
    grammar: Grammar
    target: str
    fine_tuned: str = "ft:"

    def recognise(self, text: str) -> Recognised | None:
        """Read a whole string as a model id; None when it has no id's shape.

        A name of somebody's own around an id (`my-gpt-4o`, `team/gpt-4o`) is unrecognised; two ids
        in one string (`gpt-4o/gpt-4.1`), a URL, a path from the root and a display name (`GPT-4o`)
        are no id.
        """
        if len(text) > LONGEST_ID or not self._plain.fullmatch(text):
            return None
        provider = self._provider(text)
        prefix = provider.text if provider else ""
        found = self._read(text, prefix, text[len(prefix) :], provider)
        return found or self._wrapped(text, provider)

    def needs_quotes(self, text: str) -> bool:
        """Whether a text is an id only between quotation marks or after a prefix."""
        return bool(self._quoted.fullmatch(text))

    def starts(self, text: str) -> list[int]:
        """List, in order, where in a text an id may start: its shape, at the start of a word.

        A shape that stands for other things as well is listed after a quotation mark or after a
        character that may end a prefix; whether it is an id there is for the caller to find out.
        """
        found = {
            match.start()
            for literal, pattern in self._searches
            if literal in text
            for match in pattern.finditer(text)
            if _begins_word(text, match.start())
        }
        found.update(match.start() for match in self._quotable.finditer(text))
        return sorted(found)

    def _read(
        self, text: str, prefix: str, rest: str, provider: Prefix | None
    ) -> Recognised | None:
        known = self._known(text, prefix, rest, "", provider)
        if known:
            return known
        if self._tuned.fullmatch(rest):
            return Recognised(text, prefix, rest, "", Standing.SOURCE, None, provider)
        cut = self._suffix.search(rest)
        if cut:
            known = self._known(text, prefix, rest[: cut.start()], cut.group(), provider)
            if known:
                return known
        if self._foreign.fullmatch(rest):
            return Recognised(text, prefix, rest, "", Standing.OUT_OF_SCOPE, None, provider)
        if self._ours.fullmatch(rest):
            newer = self._newer.match(rest)
            standing = Standing.NEWER if newer else Standing.UNRECOGNISED
            return Recognised(text, prefix, rest, "", standing, None, provider)
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

    def _wrapped(self, text: str, provider: Prefix | None) -> Recognised | None:
        """Read an id or a deployment in a longer name; one part between `/` and `:` may hold it."""
        deployed = provider if provider is not None and provider.route == "deployment" else None
        parts = re.split("[/:]", text)
        ours = sum(bool(self._core.search(part)) for part in parts)
        if ours == 1:
            return Recognised(text, "", text, "", Standing.UNRECOGNISED, None, deployed)
        if ours == 0 and self._foreign.fullmatch(parts[-1]):
            return Recognised(text, "", text, "", Standing.OUT_OF_SCOPE, None, None)
        return None

    def _provider(self, text: str) -> Prefix | None:
        found = self._prefixed.match(text)
        return self._by_text[found.group()] if found else None

    @cached_property
    def _by_text(self) -> Mapping[str, Prefix]:
        return {each.text: each for each in self.prefixes}

    @cached_property
    def _prefixed(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_text, key=lambda text: (-len(text), text))
        return re.compile(_any(tuple(map(re.escape, longest_first))))

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return re.compile(r"(?!.*://)[A-Za-z0-9_][A-Za-z0-9_.@:/-]*", re.ASCII)

    @cached_property
    def _ours(self) -> re.Pattern[str]:
        return re.compile(f"{_any(self.grammar.shapes)}{_TAIL}|{_any(self.grammar.quoted_shapes)}")

    @cached_property
    def _core(self) -> re.Pattern[str]:
        return re.compile(f"(?<![A-Za-z0-9]){_any(self.grammar.shapes)}")

    @cached_property
    def _tuned(self) -> re.Pattern[str]:
        own = re.escape(self.fine_tuned)
        return re.compile(f"{own}{_any(self.grammar.shapes)}{_TAIL}(?::{_TAIL})*")

    @cached_property
    def _newer(self) -> re.Pattern[str]:
        return re.compile(_any(self.grammar.newer))

    @cached_property
    def _foreign(self) -> re.Pattern[str]:
        return re.compile(_any(self.grammar.foreign))

    @cached_property
    def _searches(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        shapes = (*self.grammar.shapes, *self.grammar.foreign)
        return tuple((_literal(shape), re.compile(shape)) for shape in shapes)

    @cached_property
    def _quoted(self) -> re.Pattern[str]:
        return re.compile(_any(self.grammar.quoted_shapes))

    @cached_property
    def _quotable(self) -> re.Pattern[str]:
        shapes = _any(self.grammar.quoted_shapes)
        return re.compile(f"(?<=[\"'`/:.]){shapes}(?![A-Za-z0-9_.-])")

    @cached_property
    def _suffix(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self.grammar.suffix})$")


def _literal(shape: str) -> str:
    """Give the plain text that every match of a shape begins with."""
    head = re.match(r"(?:[A-Za-z0-9-]|\\\.)*", shape)
    plain = head.group() if head else ""
    if shape[len(plain) : len(plain) + 1] in {"?", "*", "{"}:
        plain = plain[:-1]
    return plain.replace("\\", "")


def _begins_word(text: str, at: int) -> bool:
    if at == 0 or text[at - 1] not in _WORD:
        return True
    return at > 1 and text[at - 2] == "\\" and text[at - 1] in "nrt"
