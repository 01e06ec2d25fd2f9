"""Record the path along which a value was followed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from migrator.domain.expression import Call, Expression
from migrator.domain.source import Location, Place


class Confidence(StrEnum):
    """How sure a hop or a pairing is; `weak` is for pairings alone."""

    CERTAIN = "certain"
    LIKELY = "likely"
    WEAK = "weak"


class HopKind(StrEnum):
    """One step from a reference to a call."""

    ASSIGNMENT = "assignment"
    IMPORT = "import"
    DEFAULT_PARAMETER = "default parameter"
    ARGUMENT = "wrapper parameter"
    DECORATOR = "decorator"
    ENVIRONMENT = "environment default"
    OPTION = "option of the command line"
    PROCESS = "process argument"
    REQUEST = "request to the project's own route"
    FIELD = "settings field"
    KEY = "key"
    CONFIG_KEY = "config key"
    TRANSFORM = "transform"
    LOADED = "loaded by name"
    CHOICE = "choice"
    RETURN = "return value"
    FILE = "file"
    RECEIVER = "receiver by its method name"
    SPLAT = "splatted table"
    MIRROR = "mirror"
    STORED = "stored value"
    INSTANCE = "one of several instances"


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop with its place; `detail` names what was passed (a name, a variable, a key)."""

    at: Place
    kind: HopKind
    confidence: Confidence = Confidence.CERTAIN
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an expression stands: a scope of a file, and the callers it was entered through.

    `callers` are the calls that bind the parameters of the functions around it, innermost first,
    each with the frame in which its arguments are read. `own` are the calls one of which made the
    object that the method around is called on, where that is known although its callers are not.
    `depth` is the longest way in, in calls. `key` stands for all of it, so that frames are compared
    without walking into their callers.
    """

    path: str = field(compare=False)
    symbol: str = field(compare=False)
    callers: tuple[Entered, ...] = field(default=(), compare=False)
    own: tuple[Entered, ...] = field(default=(), compare=False)
    depth: int = field(init=False, compare=False, repr=False)
    key: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out what is asked of a frame again and again; most have no callers."""
        if not (self.callers or self.own):
            object.__setattr__(self, "key", f"{self.path}\0{self.symbol}".encode())
            object.__setattr__(self, "depth", 0)
            return
        parts = [self.path.encode(), self.symbol.encode()]
        for each in self.callers:
            parts += (each.symbol.encode(), b"%d" % each.at.start, each.caller.key)
        for each in self.own:
            parts += (b"own", each.symbol.encode(), b"%d" % each.at.start, each.caller.key)
        digest = hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()
        depth = 1 + max((each.caller.depth for each in self.callers), default=-1)
        object.__setattr__(self, "key", digest)
        object.__setattr__(self, "depth", depth)

    def inside(self, symbol: str) -> Frame:
        """Give the frame of another scope around or in this one; the module knows no callers."""
        known = (self.callers, self.own) if symbol else ()
        return Frame(self.path, symbol, *known)


@dataclass(frozen=True, slots=True)
class Entered:
    """A function entered from one known call, which its file and location tell from any other."""

    path: str
    symbol: str
    at: Location
    caller: Frame
    call: Call = field(compare=False)

    def __hash__(self) -> int:
        """Hash by the place of the call: the whole call is costly, and walks hash frames a lot."""
        return hash((self.path, self.symbol, self.call.at.start, self.caller.path))


@dataclass(frozen=True, slots=True)
class Found:
    """Following ended at an expression that stands for itself.

    `entered` tells through which call the frame that following began in was entered, where that
    mattered: the argument of that call is what was found.
    """

    expression: Expression
    frame: Frame
    hops: tuple[Hop, ...] = ()
    entered: Entered | None = None


@dataclass(frozen=True, slots=True)
class Defined:
    """Following ended at a function or class of the repository."""

    path: str
    symbol: str
    hops: tuple[Hop, ...] = ()
    entered: Entered | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """Following left the repository: `name` is the dotted name of what was imported.

    Of a member of an object of a library, `of` is the call that made the object.
    """

    name: str
    at: Place
    hops: tuple[Hop, ...] = ()
    entered: Entered | None = None
    of: Found | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """What a bound left out: the ends of those ways, and whether tests alone go them."""

    ends: tuple[Trail, ...]
    of_tests: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """Following ended without a value: why, and where that happened.

    `caller` is true when only a caller that is not in view could tell. `cut` is what was left out
    since there are too many ways; None where that is not why.
    """

    reason: str
    at: Place
    hops: tuple[Hop, ...] = ()
    caller: bool = False
    entered: Entered | None = None
    cut: Cut | None = None


Trail: TypeAlias = Found | Defined | Outside | Lost
