"""Work out which file of the repository an expression names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from migrator.domain.expression import Call, Expression, Item, Join, Member, Opaque, Scalar, Text
from migrator.domain.trail import Confidence, Defined, Found, Frame, Hop, Lost, Outside, Trail
from migrator.following.port import Walk

MOST_NESTED = 8
MOST_PATHS = 16
ABOVE = ("parent", "parents")
_SAME = frozenset({"resolve", "absolute", "expanduser", "as_posix", "strip", "absolute_path"})
_WRAPPERS = frozenset(
    {"os.path.abspath", "os.path.realpath", "os.path.normpath", "os.path.expanduser", "os.fspath"}
    | {"str", "os.path.normcase"}
)
_JOINERS = frozenset(
    {"os.path.join", "posixpath.join", "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"}
    | {"pathlib.PurePosixPath", "anyio.Path", "aiopath.AsyncPath", "upath.UPath"}
)
_HERE = frozenset({"pathlib.Path.cwd", "os.getcwd"})
_PACKAGES = frozenset({"importlib.resources.files", "importlib_resources.files"})
_RESOURCES = frozenset(
    {"importlib.resources.path", "importlib_resources.path", "pkg_resources.resource_filename"}
)
# What a module says of itself, and how many names of its path go away then.
_OF_MODULE = {"__file__": 0, "__package__": 1, "__name__": 1}


@dataclass(frozen=True, slots=True)
class Named:
    """A path that an expression can name.

    An `anchored` one counts from the root of the repository, another from wherever the program is
    started: the file that reads it is `near`. It is `alone` where no other file of the repository
    can be meant, wherever that is.
    """

    path: str
    near: str
    anchored: bool = False
    hops: tuple[Hop, ...] = ()
    alone: bool = False

    @property
    def confidence(self) -> Confidence:
        """How sure it is that the file of this path is the one that is read."""
        return Confidence.CERTAIN if self.anchored else Confidence.LIKELY


End: TypeAlias = Named | Lost
Ends: TypeAlias = tuple[End, ...]
File: TypeAlias = tuple[str, Named]


def paths_of(walk: Walk, expression: Expression, frame: Frame, depth: int = 0) -> Ends:
    """Give the paths that an expression can name, and where that cannot be told."""
    at = expression.at.within(frame.path)
    if depth > MOST_NESTED:
        return (Lost("a path is nested too deep", at),)
    match expression:
        case Member(base=base, name="parent"):
            return tuple(_above(each, 1) for each in paths_of(walk, base, frame, depth + 1))
        case Item(base=Member(base=base, name="parents"), key=Scalar(value=int() as number)):
            found = paths_of(walk, base, frame, depth + 1)
            return tuple(_above(each, number + 1) for each in found)
        case Opaque(what="div", inner=inner):
            return _joined(walk, inner, frame, depth, "/")
        case Join(parts=parts):
            return _joined(walk, parts, frame, depth, "")
        case Call():
            found = _of_call(walk, expression, frame, depth)
            if found:
                return found
        case _:
            pass
    return tuple(_of_ends(walk, expression, frame, depth))[:MOST_PATHS]


def files_of(
    walk: Walk, expression: Expression, frame: Frame
) -> Iterator[tuple[str, Named] | Lost]:
    """Give the files of the repository that an expression can name, closest first."""
    for found in paths_of(walk, expression, frame):
        if isinstance(found, Lost):
            yield found
            continue
        near = None if found.anchored else found.near
        files = walk.source.files(found.path, near)
        if not files:
            at = expression.at.within(frame.path)
            yield Lost(f"reads {found.path}, which is not in the repository", at, found.hops)
        else:
            yield files[0], replace(found, alone=len(files) == 1)


def is_path(walk: Walk, expression: Expression, frame: Frame) -> bool:
    """Tell whether an expression names a path that can be worked out."""
    return any(isinstance(each, Named) for each in paths_of(walk, expression, frame, 1))


def _of_ends(
    walk: Walk, expression: Expression, frame: Frame, depth: int
) -> Iterator[Named | Lost]:
    for end in walk.follow(expression, frame):
        match end:
            case Found(expression=Text(value=value), frame=inside):
                yield _written(value, inside, end.hops)
            case Found(expression=found, frame=inside) if found != expression:
                for each in paths_of(walk, found, inside, depth + 1):
                    yield replace(each, hops=(*each.hops, *end.hops))
            case Outside(name=name, at=at) if name in _OF_MODULE:
                here = Named(at.path, at.path, anchored=True, hops=end.hops)
                yield _above(here, _OF_MODULE[name])
            case Lost():
                yield end
            case _:
                yield Lost("a path is computed", expression.at.within(frame.path))


def _written(value: str, frame: Frame, hops: tuple[Hop, ...]) -> Named:
    return Named(value, frame.path, anchored=False, hops=hops)


def _of_call(walk: Walk, call: Call, frame: Frame, depth: int) -> Ends:
    for end in walk.follow(call.callee, frame):
        if isinstance(end, Outside):
            found = _of_known(walk, call, end.name, frame, depth)
            if found:
                return found
    match call.callee:
        case Member(base=base, name="joinpath"):
            return _joined(walk, (base, *call.positional), frame, depth, "/")
        case Member(base=base, name="with_name") if call.positional:
            above = tuple(_above(each, 1) for each in paths_of(walk, base, frame, depth + 1))
            return _with(walk, above, call.positional[:1], frame, depth, "/")
        case Member(base=base, name=name) if name in _SAME and not call.positional:
            return paths_of(walk, base, frame, depth + 1)
        case _:
            return ()


def _of_known(walk: Walk, call: Call, name: str, frame: Frame, depth: int) -> Ends:
    if name in _HERE:
        return (Named("", frame.path),)
    if not call.positional:
        return ()
    first = call.positional[0]
    if name in _WRAPPERS:
        return paths_of(walk, first, frame, depth + 1)
    if name == "os.path.dirname":
        return tuple(_above(each, 1) for each in paths_of(walk, first, frame, depth + 1))
    if name in _JOINERS:
        return _joined(walk, call.positional, frame, depth, "/")
    if name in _PACKAGES:
        return package_folder(walk, first, frame)
    if name in _RESOURCES and len(call.positional) > 1:
        return resource(walk, call, frame)
    return ()


def resource(walk: Walk, call: Call, frame: Frame) -> Ends:
    """Give the path of a file of a package: `read_text("app.prompts", "desk.txt")`."""
    found = package_folder(walk, call.positional[0], frame)
    return _with(walk, found, call.positional[1:], frame, MOST_NESTED - 2, "/")


def package_folder(walk: Walk, package: Expression, frame: Frame) -> Ends:
    """Give the folder of a package that is named, imported or the module's own."""
    at = package.at.within(frame.path)
    ends: list[End] = []
    for end in walk.follow(package, frame):
        path = _package(walk, end, frame)
        if path is None:
            ends.append(Lost("a package is not in the repository", at))
        else:
            ends.append(_above(Named(path, frame.path, anchored=True, hops=end.hops), 1))
    return tuple(ends)


def _package(walk: Walk, end: Trail, frame: Frame) -> str | None:
    match end:
        case Found(expression=Text(value=value)):
            return walk.source.module(value, frame.path)
        case Defined(path=path, symbol=""):
            return path
        case Outside(name="__package__" | "__name__", at=at):
            return at.path
        case _:
            return None


def _joined(
    walk: Walk, parts: Iterable[Expression], frame: Frame, depth: int, between: str
) -> Ends:
    first, *rest = parts
    return _with(walk, paths_of(walk, first, frame, depth + 1), rest, frame, depth, between)


def _with(
    walk: Walk, ends: Ends, parts: Iterable[Expression], frame: Frame, depth: int, between: str
) -> Ends:
    for part in parts:
        behind = paths_of(walk, part, frame, depth + 1)
        ends = tuple(under(a, b, between) for a in ends for b in behind)[:MOST_PATHS]
    return ends


def under(head: End, tail: End, between: str = "/") -> End:
    """Give a path below another, or one behind the other where nothing stands between them."""
    if isinstance(head, Lost) or isinstance(tail, Lost):
        return head if isinstance(head, Lost) else tail
    hops = (*head.hops, *(each for each in tail.hops if each not in head.hops))
    if between and (tail.anchored or tail.path.startswith("/")):
        return replace(tail, hops=hops)
    path = f"{head.path}{between}{tail.path}" if head.path else tail.path
    return replace(head, path=path, hops=hops)


def _above(end: End, levels: int) -> End:
    if isinstance(end, Lost):
        return end
    parts = [each for each in end.path.split("/") if each not in {"", "."}]
    if len(parts) < levels:
        return replace(end, path="/".join((*(".." for _ in range(levels - len(parts))), "")))
    return replace(end, path="/".join(parts[: len(parts) - levels]))
