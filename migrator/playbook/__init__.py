"""Find the playbooks and load one, checked to the last key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import tomli

from migrator.domain.clause import Clause
from migrator.domain.errors import PlaybookError
from migrator.domain.playbook import Library, ParameterFact, Playbook, Source, Thresholds
from migrator.domain.surface import Surface
from migrator.playbook._assist import FILE as ASSIST
from migrator.playbook._assist import read_assist
from migrator.playbook._blocks import read_blocks
from migrator.playbook._catalogue import ModelsFile, build_catalogue
from migrator.playbook._clauses import FILE as CLAUSES
from migrator.playbook._clauses import cited_clauses, read_clauses
from migrator.playbook._decode import Decoder, Key, nearest
from migrator.playbook._makers import FOLDER as MAKERS
from migrator.playbook._makers import read_makers
from migrator.playbook._patterns import check_patterns
from migrator.playbook._questions import read_question
from migrator.playbook._risks import RisksFile, check_risks
from migrator.playbook._surfaces import check_libraries, check_parameters
from migrator.playbook._texts import Cited, check_date

_HEAD = "playbook.toml"
_MODELS = "models.toml"
_PARAMETERS = "parameters.toml"
_RISKS = "risks.toml"
_SURFACES = "surfaces/"
_QUESTIONS = "questions/"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    target: str
    string_only_families: tuple[str, ...]
    newer: tuple[str, ...] = ()
    notes: tuple[_Note, ...] = ()
    tooling: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    thresholds: Thresholds
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parameters:
    facts: tuple[ParameterFact, ...]


def find_playbooks(directory: Path | None = None) -> tuple[str, ...]:
    """List the targets that there is a playbook for, sorted.

    `directory` holds one folder per target; without it, the playbooks shipped with the tool.
    """
    root = directory or _shipped()
    if not root.is_dir():
        return ()
    return tuple(sorted(each.parent.name for each in root.glob(f"*/{_HEAD}")))


def load_playbook(target: str, directory: Path | None = None) -> Playbook:
    """Load the playbook of a target, such as `gpt-5.5`.

    `directory` is as in `find_playbooks`. Raises PlaybookError, naming file and key, when there is
    none or when anything in it is misspelt, missing, ill-typed or points to nothing.
    """
    return _load(target, directory) if directory else _load_shipped(target)


@cache
def _load_shipped(target: str) -> Playbook:
    """Load what is part of the tool itself, which does not change while it runs."""
    return _load(target, None)


def _load(target: str, directory: Path | None) -> Playbook:
    root = directory or _shipped()
    known = find_playbooks(directory)
    if target not in known:
        listed = ", ".join(known) or "none"
        raise PlaybookError(
            f"{_HEAD}: target: there is no playbook for `{target}`{nearest(target, list(known))}",
            f"Choose one with --target; known here: {listed}.",
        )
    playbook = _assemble(target, _read_all(root / target))
    if directory is not None:
        # those of the shipped ones are tried by the tests: it takes as long as all the rest
        check_patterns(playbook)
    return playbook


def load_clauses(
    target: str, directory: Path | None = None
) -> tuple[tuple[Clause, ...], Mapping[str, tuple[str, ...]]]:
    """Give the clauses of the target's guide, and by mark the files of its playbook that name it.

    `directory` and PlaybookError are as in `load_playbook`.
    """
    files = _read_all((directory or _shipped()) / target)
    return read_clauses(_toml(files, CLAUSES)), cited_clauses(files)


def _shipped() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "_playbooks"
    return installed if installed.is_dir() else package.parent / "playbooks"


def _read_all(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file())
    try:
        return {each.relative_to(folder).as_posix(): each.read_bytes() for each in files}
    except OSError as error:
        name = Path(str(error.filename)).name
        raise Key(name).refuse(f"cannot be read: {error.strerror}") from error


def _digest(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def _toml(files: Mapping[str, bytes], name: str) -> dict[str, object]:
    if name not in files:
        raise Key(name).refuse("is missing", f"Add {name} to the playbook, then run again.")
    try:
        return tomli.loads(files[name].decode())
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Key(name).refuse(f"is not TOML: {error}") from error


def _assemble(name: str, files: Mapping[str, bytes]) -> Playbook:
    read = Decoder().decode
    head = read(_Head, _toml(files, _HEAD), Key(_HEAD))
    cited = _cite(head)
    entries = read(ModelsFile, _toml(files, _MODELS), Key(_MODELS))
    catalogue = build_catalogue(entries, head.target, cited, Key(_MODELS))
    libraries = tuple(_library(files, each, cited) for each in sorted(files) if _is_surface(each))
    check_libraries(libraries)
    facts = read(_Parameters, _toml(files, _PARAMETERS), Key(_PARAMETERS)).facts
    at = Key(_PARAMETERS, "facts")
    check_parameters(facts, libraries, at)
    risks = read(RisksFile, _toml(files, _RISKS), Key(_RISKS))
    families = {each.family for each in entries.models}
    _check_known(head.string_only_families, families, Key(_HEAD, "string_only_families"))
    _check_known(head.newer, set(catalogue.models), Key(_HEAD, "newer"))
    return Playbook(
        name=name,
        target=head.target,
        digest=_digest(files),
        sources=head.sources,
        thresholds=head.thresholds,
        catalogue=catalogue,
        parameters=tuple(
            replace(each, source=cited.text(each.source, at.item(index).child("source")))
            for index, each in enumerate(facts)
        ),
        libraries=libraries,
        string_only_families=head.string_only_families,
        newer=head.newer,
        notes=tuple(_notes(head)),
        tooling=head.tooling,
        rules_off=head.rules_off,
        risks=check_risks(risks.risks, cited, Key(_RISKS, "risks")),
        closed_answers=risks.closed_answers,
        scripts=risks.scripts,
        assist=read_assist(_toml(files, ASSIST), cited) if ASSIST in files else None,
        blocks=read_blocks(files, cited),
        makers=read_makers({each: _toml(files, each) for each in sorted(files) if _makes(each)}),
        questions=tuple(read_question(files[each], each, cited) for each in _asked(files)),
    )


def _notes(head: _Head) -> Iterator[str]:
    read = {each.id: each.read for each in head.sources}
    for index, each in enumerate(head.notes):
        _check_known((each.source,), set(read), Key(_HEAD, "notes").item(index).child("source"))
        yield f"{each.text} (read {read[each.source]})"


def _cite(head: _Head) -> Cited:
    at = Key(_HEAD, "sources")
    seen: dict[str, Source] = {}
    for index, each in enumerate(head.sources):
        check_date(each.read, at.item(index).child("read"))
        if each.id in seen:
            raise at.item(index).child("id").refuse(f"`{each.id}` is there twice")
        seen[each.id] = each
    return Cited(seen)


def _check_known(names: tuple[str, ...], known: set[str], at: Key) -> None:
    for index, name in enumerate(names):
        if name not in known:
            close = nearest(name, sorted(known))
            raise at.item(index).refuse(f"{_MODELS} knows no `{name}`{close}")


def _makes(name: str) -> bool:
    return name.startswith(MAKERS) and name.endswith(".toml")


def _asked(files: Mapping[str, bytes]) -> tuple[str, ...]:
    return tuple(each for each in sorted(files) if each.startswith(_QUESTIONS))


def _is_surface(name: str) -> bool:
    return name.startswith(_SURFACES) and name.endswith(".toml")


def _library(files: Mapping[str, bytes], name: str, cited: Cited) -> Library:
    raw = _toml(files, name)
    library = Decoder({"library": raw.get("id")}).decode(Library, raw, Key(name))
    at = Key(name, "surfaces")
    surfaces = tuple(
        _cite_surface(each, cited, at.item(index)) for index, each in enumerate(library.surfaces)
    )
    at = Key(name, "treatments")
    treatments = tuple(
        replace(each, source=cited.text(each.source, at.item(index).child("source")))
        for index, each in enumerate(library.treatments)
    )
    return replace(library, surfaces=surfaces, treatments=treatments)


def _cite_surface(surface: Surface, cited: Cited, at: Key) -> Surface:
    why = surface.unavailable
    if why is None:
        return surface
    text = cited.text(why.source, at.child("unavailable").child("source"))
    return replace(surface, unavailable=replace(why, source=text))
