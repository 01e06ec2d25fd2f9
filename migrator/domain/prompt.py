"""Describe prompt surfaces and how a site is tied to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from migrator.domain.source import Location
from migrator.domain.trail import Confidence, Hop


class PromptKind(StrEnum):
    """Where the words of a prompt live."""

    INLINE = "inline"
    CONSTANT = "constant"
    FILE = "file"
    TEMPLATE = "template"
    FUNCTION = "function"
    HOSTED = "hosted"
    RUNTIME = "runtime"  # the caller brings the text; there is none to edit
    NONE = "none"  # the call takes no prompt
    UNKNOWN = "unknown"  # there is one, and it could not be followed


class Speaker(StrEnum):
    """Who speaks in a part of the prompt."""

    SYSTEM = "system"
    DEVELOPER = "developer"
    INSTRUCTIONS = "instructions"
    USER = "user"
    ASSISTANT = "assistant"
    UNKNOWN = "unknown"


# Those whose words may steer the model; whoever is not known may be one of them.
STEERING = frozenset({Speaker.SYSTEM, Speaker.DEVELOPER, Speaker.INSTRUCTIONS, Speaker.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptSurface:
    """Literal text in the repository that steers a model.

    `text` holds its words with placeholders as `{…}`; `words` and `lines` are counted over it.
    `language` is the front-end of its file, empty where none reads it. `pieces` are the places of
    its literals or scalars in the order in which they are read: one, unless it is put together.
    """

    id: str
    path: str
    at: Location
    end_line: int
    kind: PromptKind
    speaker: Speaker
    text: str
    editable: bool
    words: int
    lines: int
    language: str = ""
    pieces: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptLink:
    """A site's tie to one part of its prompt.

    `part` numbers the parts in the order they are sent; `alternative` numbers mutually exclusive
    texts of the same part, 0 when there is only one. `surface` is None for runtime, none, hosted
    and unknown parts, of which `reason` tells more.
    """

    surface: PromptSurface | None
    path: str
    line: int
    kind: PromptKind
    speaker: Speaker
    confidence: Confidence
    part: int = 0
    alternative: int = 0
    via: tuple[Hop, ...] = ()
    reason: str = ""
