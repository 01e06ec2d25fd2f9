"""Look up which version of a package is installed around a file: nearest statement upwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from migrator.domain.distribution import Distribution
from migrator.domain.ports import Tree
from migrator.domain.source import Place, SourceFile
from migrator.domain.version import range_of, version_of

_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock")
_DECLARED = ("pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "environment.yml")
_REQUIREMENTS = re.compile(r"(?:requirements|constraints)[^/]*\.(?:txt|in|lock)$")
_SPECIFIER = r"""(?P<range>[<>=!~^][^;#"'\\\n]*)?"""
_PIN = re.compile(r"===?\s*[\d.]+(?:\s|$)")
_NAMED = r"(?:\[[^\]]*\])?\s*"


@dataclass
class Manifests:
    """The files of a project that state versions, read when they are asked."""

    tree: Tree
    folders: dict[str, list[str]] | None = None
    known: dict[tuple[str, str], Distribution | None] = field(default_factory=dict)

    def find(self, names: Iterable[str], near: str) -> Distribution:
        """Give the version of a package for a file: an exact one that is near, else a range.

        `names` are the names that it is installed under; the first stands for it where nothing
        names it.
        """
        names = tuple(names)
        loose: Distribution | None = None
        for folder in _upwards(near):
            for path in self._of(folder):
                for name in names:
                    found = self._read(path, name)
                    if found is not None and found.exact:
                        return replace(found, against=self._against(found, folder))
                    loose = loose or found
        return loose or Distribution(name=names[0])

    def _against(self, locked: Distribution, folder: str) -> Distribution | None:
        """Give what the project asks for beside a lock file whose version is not one of those."""
        version = version_of(locked.written)
        if locked.at is None or not _is_lock(locked.at.path) or version is None:
            return None
        for path in self._of(folder):
            asked = None if _is_lock(path) else self._read(path, locked.name)
            allowed = range_of(asked.written) if asked else None
            if allowed is not None and not allowed.holds(version):
                return asked
        return None

    def _of(self, folder: str) -> list[str]:
        if self.folders is None:
            self.folders = {}
            for path in self.tree.paths():
                home, _, name = path.rpartition("/")
                if name in _LOCKS or name in _DECLARED or _REQUIREMENTS.search(name):
                    self.folders.setdefault(home, []).append(path)
                elif home.rpartition("/")[2] == "requirements" and name.endswith((".txt", ".in")):
                    above = home.rpartition("/")[0]
                    self.folders.setdefault(above, []).append(path)
            for paths in self.folders.values():
                paths.sort(key=_rank)
        return self.folders.get(folder, [])

    def _read(self, path: str, name: str) -> Distribution | None:
        key = (path, name)
        if key not in self.known:
            source = self.tree.read_made(path)
            text = (
                source.content.decode("utf-8", "replace") if isinstance(source, SourceFile) else ""
            )
            self.known[key] = _stated(path, text, name)
        return self.known[key]


def _rank(path: str) -> tuple[int, str]:
    name = path.rpartition("/")[2]
    return (_LOCKS.index(name) if name in _LOCKS else len(_LOCKS), path)


def _is_lock(path: str) -> bool:
    return path.rpartition("/")[2] in _LOCKS


def _upwards(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _stated(path: str, text: str, name: str) -> Distribution | None:
    """Read what a file says of a package; None when it does not name it."""
    locked = _is_lock(path)
    for pattern in _patterns(path.rpartition("/")[2], name):
        found = pattern.search(text)
        if found is not None:
            written = (found["range"] or "").strip().rstrip(",").strip()
            exact = bool(written) and (locked or bool(_PIN.match(written)))
            at = Place(path, text.count("\n", 0, found.start("name")) + 1)
            return Distribution(name=name, written=written, exact=exact, at=at)
    return None


def _patterns(file: str, name: str) -> Iterator[re.Pattern[str]]:
    """Give the expressions that find a package in a file of this kind."""
    word = f"(?P<name>{re.sub(r'[-_.]+', '[-_.]+', name)})"
    flags = re.IGNORECASE | re.MULTILINE
    if file == "Pipfile.lock":
        yield re.compile(rf'"{word}"\s*:\s*\{{[^{{}}]*?"version"\s*:\s*"(?P<range>[^"]*)"', flags)
    elif file in _LOCKS:
        yield re.compile(rf'^name = "{word}"\s*\nversion = "(?P<range>[^"]*)"', flags)
    elif file.endswith((".txt", ".in", ".lock", ".cfg", ".yml")):
        yield re.compile(rf"^[ \t-]*{word}{_NAMED}{_SPECIFIER}(?:[;#\\].*)?$", flags)
    else:
        yield re.compile(rf"""["']{word}{_NAMED}{_SPECIFIER}["';]""", flags)
        table = r"""\s*=\s*(?:\{.*?\bversion\s*=\s*)?["'](?P<range>[^"']*)"""
        yield re.compile(rf"""^\s*["']?{word}["']?{table}""", flags)
