"""Follow what is read from files of the repository: texts, and the data in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from migrator.domain.expression import Call, Expression, Join, Member, Text
from migrator.domain.source import locate
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind, Lost, Outside, Trail
from migrator.following.paths import File, Named, files_of, is_path, resource
from migrator.following.port import Walk

_OPENERS = frozenset({"open", "io.open", "codecs.open", "aiofiles.open", "anyio.open_file"})
_TEXT_METHODS = frozenset({"read_text", "read_bytes"})
_RESOURCES = frozenset(
    {"importlib.resources.read_text", "importlib_resources.read_text", "pkgutil.get_data"}
    | {"importlib.resources.read_binary", "pkg_resources.resource_string"}
)
_RESOURCE_OPENERS = frozenset(
    {"importlib.resources.open_text", "importlib.resources.open_binary"}
    | {"importlib_resources.open_text"}
)
_JSON, _YAML, _TOML = ("json",), ("yaml", "json"), ("toml",)
# What parses an open file or a text, by the languages that it reads.
_PARSERS = {
    **dict.fromkeys(
        ("json.load", "json.loads", "orjson.loads", "ujson.load", "ujson.loads"), _JSON
    ),
    **dict.fromkeys(("yaml.safe_load", "yaml.load", "yaml.full_load", "yaml.unsafe_load"), _YAML),
    **dict.fromkeys(("yaml.safe_load_all", "yaml.load_all", "oyaml.safe_load"), _YAML),
    **dict.fromkeys(("tomllib.load", "tomllib.loads", "tomli.load", "tomli.loads"), _TOML),
    **dict.fromkeys(("toml.load", "toml.loads", "tomlkit.load", "tomlkit.parse"), _TOML),
}
# What opens the file of a path by itself, and parses it.
_LOADERS = {
    "toml.load": _TOML,
    "omegaconf.OmegaConf.load": _YAML,
    "srsly.read_yaml": _YAML,
    "srsly.read_json": _JSON,
}


def read_by_method(walk: Walk, call: Call, callee: Member, frame: Frame) -> tuple[Trail, ...]:
    """Give the text that `path.read_text()` or `opened.read()` reads; none for other calls."""
    if callee.name in _TEXT_METHODS:
        if not is_path(walk, callee.base, frame):
            return ()
        return tuple(_texts(walk, call, files_of(walk, callee.base, frame), frame))
    if callee.name == "read" and not call.positional:
        opened = tuple(_opened_resources(walk, call, callee.base, frame))
        return opened or tuple(
            trail
            for opened, inside in _opened(walk, callee.base, frame)
            for trail in _texts(walk, call, files_of(walk, opened, inside), frame)
        )
    if callee.name == "decode":
        ends = walk.follow(callee.base, frame)
        return ends if any(_is_read(each) for each in ends) else ()
    return ()


def _opened_resources(walk: Walk, call: Call, opened: Expression, frame: Frame) -> Iterator[Trail]:
    for end in walk.follow(opened, frame):
        if not isinstance(end, Found) or not isinstance(end.expression, Call):
            continue
        made, inside = end.expression, end.frame
        names = {e.name for e in walk.follow(made.callee, inside) if isinstance(e, Outside)}
        if names & _RESOURCE_OPENERS and len(made.positional) > 1:
            files = (
                f for each in resource(walk, made, inside) for f in _file(walk, each, made, inside)
            )
            yield from _texts(walk, call, files, frame)


def read_by_name(walk: Walk, call: Call, name: str, frame: Frame) -> tuple[Trail, ...]:
    """Give what a known function reads: a resource of a package, or the data of a file."""
    if name in _RESOURCES and len(call.positional) > 1:
        found = resource(walk, call, frame)
        files = (each for end in found for each in _file(walk, end, call, frame))
        return tuple(_texts(walk, call, files, frame))
    if name in _PARSERS or name in _LOADERS:
        languages = (*_PARSERS.get(name, ()), *_LOADERS.get(name, ()))
        return tuple(_documents(walk, call, languages, frame, by_path=name in _LOADERS))
    return ()


def document_of(walk: Walk, path: Expression, frame: Frame) -> tuple[Trail, ...]:
    """Give what the file of a path holds, in whatever format."""
    ends: list[Trail] = []
    for each in files_of(walk, path, frame):
        if isinstance(each, Lost):
            ends.append(each)
            continue
        found, named = each
        hop = Hop(path.at.within(frame.path), HopKind.FILE, named.confidence, found)
        ends.append(held_by(walk, found, (*named.hops, hop)))
    return tuple(ends)


def held_by(walk: Walk, path: str, hops: tuple[Hop, ...]) -> Found | Lost:
    """Give what a file holds: its document, or its text where no front-end knows one."""
    facts = walk.file(path)
    document = (facts.document if facts else None) or _text(walk, path)
    if document is None:
        return Lost(f"{path} cannot be read", hops[-1].at, hops)
    return Found(document, Frame(path, ""), hops)


def _file(walk: Walk, end: Named | Lost, call: Call, frame: Frame) -> Iterator[File | Lost]:
    if isinstance(end, Lost):
        yield end
        return
    path = next(iter(walk.source.files(end.path, None)), None)
    at = call.at.within(frame.path)
    yield (path, end) if path else Lost(f"reads {end.path}, which is not in the repository", at)


def _texts(walk: Walk, call: Call, files: Iterator[File | Lost], frame: Frame) -> Iterator[Trail]:
    for each in files:
        if isinstance(each, Lost):
            yield each
            continue
        path, named = each
        hop = _hop(call, path, named, frame)
        text = _text(walk, path)
        if text is None:
            yield Lost(f"{path} cannot be read", hop.at, (*named.hops, hop))
        else:
            yield Found(text, Frame(path, ""), (*named.hops, hop))


def _text(walk: Walk, path: str) -> Expression | None:
    """Give a file as one text, whatever its format; a template as its words and fields."""
    facts = walk.file(path)
    if facts is not None and isinstance(facts.document, Text | Join):
        whole = facts.document.at
        if whole.end == len(walk.source.content(path)):
            return facts.document
    content = walk.source.content(path)
    if not content:
        return None
    return Text(locate(content, 0, len(content)), content.decode("utf-8", "replace"))


def _documents(
    walk: Walk, call: Call, languages: tuple[str, ...], frame: Frame, *, by_path: bool
) -> Iterator[Trail]:
    if not call.positional:
        return
    source = call.positional[0]
    for path, hops in _sources(walk, call, source, frame, by_path=by_path):
        facts = walk.file(path)
        if facts is not None and facts.document is not None and facts.language in languages:
            yield Found(facts.document, Frame(path, ""), hops)
        else:
            reason = f"{path} cannot be read as {languages[0].upper()}"
            yield Lost(reason, call.at.within(frame.path), hops)


def _sources(
    walk: Walk, call: Call, source: Expression, frame: Frame, *, by_path: bool
) -> Iterator[tuple[str, tuple[Hop, ...]]]:
    """Give the files whose content a parser is given, opened or as text."""
    opened = list(_opened(walk, source, frame))
    for expression, inside in opened:
        for each in files_of(walk, expression, inside):
            if not isinstance(each, Lost):
                yield each[0], (*each[1].hops, _parsed_hop(call, *each, frame))
    if opened:
        return
    for end in walk.follow(source, frame):
        if isinstance(end, Found) and _is_read(end):
            yield end.frame.path, end.hops
    if by_path and is_path(walk, source, frame):
        for each in files_of(walk, source, frame):
            if not isinstance(each, Lost):
                yield each[0], (*each[1].hops, _parsed_hop(call, *each, frame))


def _opened(walk: Walk, source: Expression, frame: Frame) -> Iterator[tuple[Expression, Frame]]:
    """Give the paths of the files that an expression can be, opened."""
    for end in walk.follow(source, frame):
        if not (isinstance(end, Found) and isinstance(end.expression, Call)):
            continue
        call, inside = end.expression, end.frame
        path = call.positional[0] if call.positional else None
        names = {e.name for e in walk.follow(call.callee, inside) if isinstance(e, Outside)}
        if path is not None and names & _OPENERS:
            yield path, inside
            continue
        match call.callee:
            case Member(base=base, name="open") if is_path(walk, base, inside):
                yield base, inside
            case _:
                pass


def _is_read(end: Trail) -> bool:
    """Whether an end is the whole text of a file."""
    return isinstance(end, Found) and any(
        hop.kind is HopKind.FILE and hop.detail == end.frame.path for hop in end.hops
    )


def _hop(call: Call, path: str, named: Named, frame: Frame) -> Hop:
    return Hop(call.at.within(frame.path), HopKind.FILE, named.confidence, path)


def _parsed_hop(call: Call, path: str, named: Named, frame: Frame) -> Hop:
    """Take the only file of its path for the one that is read."""
    hop = _hop(call, path, named, frame)
    return replace(hop, confidence=Confidence.CERTAIN) if named.alone else hop
