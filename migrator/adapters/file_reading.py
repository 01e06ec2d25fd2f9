"""Read one file of a tree, or say why it is left out."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from migrator.domain.source import Skipped, SourceFile

LARGEST = 1024 * 1024
_SNIFFED = 8 * 1024
_VENDORED = frozenset(
    {
        ".venv",
        "_vendor",
        "bower_components",
        "dist-packages",
        "node_modules",
        "site-packages",
        "third-party",
        "third_party",
        "vendor",
        "vendored",
        "venv",
    }
)
_LOCK_FILES = frozenset(
    {"bun.lockb", "go.sum", "npm-shrinkwrap.json", "package-lock.json", "packages.lock.json"}
    | {"pnpm-lock.yaml", "gradle.lockfile", "conda-lock.yml", ".pnp.cjs"}
)
_GENERATED_ENDS = (".lock", ".min.js", ".min.mjs", ".min.css", ".js.map", ".css.map", ".pb.go")
_GENERATED_PYTHON = ("_pb2.py", "_pb2.pyi", "_pb2_grpc.py")
_COMMENT = rb"^[ \t]*(?:#|//|/?\*|--|<!--|;|%|\"\"\"|''')"
_MARKER = re.compile(
    _COMMENT + rb".*@generated\b"
    rb"|" + _COMMENT + rb"?[ \t]*code generated\b.*\bdo not edit\b"
    rb"|" + _COMMENT + rb".*\b(?:auto-?)?generated\b.*\bdo not (?:edit|modify)\b",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST_LINES = 20
# A plan, a result and a summary; a user keeps them where they like, also among the sources.
_OWN = re.compile(rb'\{\s*"schema": "migrate\.(?:plan|result)/|<!-- migrate: ')
_LFS = b"version https://git-lfs.github.com/spec/"


def left_out_by_name(path: str) -> str | None:
    """Say why a path alone rules a file out; None when it does not."""
    *folders, name = path.split("/")
    vendored = next((each for each in folders if each.lower() in _VENDORED), None)
    if vendored:
        return f"vendored: lies under {vendored}/"
    if name in _LOCK_FILES or name.endswith(_GENERATED_ENDS + _GENERATED_PYTHON):
        return f"generated: {name} is written by a tool"
    return None


class FilesBelow:
    """The files below a folder, read without following a symbolic link."""

    def __init__(self, root: Path) -> None:
        """Take the folder; nothing is read before it is asked for."""
        self._root = os.path.realpath(root)
        self._inside: dict[str, bool] = {}

    def read(self, path: str, *, made: bool = False) -> SourceFile | Skipped:
        """Give the bytes of the file at `path` from the folder, or why it is left out.

        With `made`, a file that a tool wrote is given as well, however large it is.
        """
        reason = None if made else left_out_by_name(path)
        if reason:
            return Skipped(path, reason)
        try:
            return self._read(path, made=made)
        except FileNotFoundError:
            return Skipped(path, "not in the working tree: deleted or not checked out")
        except OSError as error:
            return unread(path, error)

    def _read(self, path: str, *, made: bool) -> SourceFile | Skipped:
        place = f"{self._root}/{path}"
        status = os.lstat(place)
        if stat.S_ISLNK(status.st_mode):
            return Skipped(path, "symbolic link, not followed")
        if not stat.S_ISREG(status.st_mode):
            return Skipped(path, "not a regular file")
        if not self._stays_inside(path.rpartition("/")[0]):
            return Skipped(path, "lies behind a symbolic link that leaves the tree")
        if status.st_size > LARGEST and not made:
            return Skipped(path, f"larger than {LARGEST // 1024} KiB")
        with open(place, "rb", buffering=0) as opened:  # noqa: PTH123 - a third of Path's time
            content = opened.read()
        reason = None if made else _left_out_by_content(content)
        return Skipped(path, reason) if reason else SourceFile(path, content)

    def _stays_inside(self, folder: str) -> bool:
        """Tell whether a folder lies where its name says; asked once for each."""
        if folder not in self._inside:
            place = os.path.realpath(f"{self._root}/{folder}")
            self._inside[folder] = Path(place).is_relative_to(self._root)
        return self._inside[folder]


def is_own(place: Path) -> bool:
    """Tell whether this tool wrote a file; False when it cannot be read."""
    try:
        with place.open("rb") as opened:
            return _OWN.match(opened.read(_SNIFFED)) is not None
    except OSError:
        return False


def unread(path: str, error: OSError) -> Skipped:
    """Say that a file could not be read, and what the system answered."""
    return Skipped(path, f"cannot be read: {error.strerror or error}", unread=True)


def _left_out_by_content(content: bytes) -> str | None:
    if b"\0" in content[:_SNIFFED]:
        return "binary"
    if _OWN.match(content):
        return "generated: migrate wrote it"
    if content.startswith(_LFS):
        return "git-lfs pointer: the file itself is stored elsewhere"
    head = b"\n".join(content[:_SNIFFED].split(b"\n", _FIRST_LINES)[:_FIRST_LINES])
    if _MARKER.search(head):
        return "generated: its first lines say so"
    return None
