"""Keep what was worked out in the user's cache folder, by a key of all that it came from.

Nothing here may change what a plan says: what is missing, cut short, altered or of another user
is worked out anew, and what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_MARK = b"migrate cache 1\n"
_NAME = "migrate-openai-models"
_DIGEST = 32
_LARGEST_ENTRY = 256 * 1024 * 1024
LARGEST = 512 * 1024 * 1024
_KEPT_WHEN_FULL = 0.75


def open_cache() -> CacheFolder | None:
    """Open the cache of this user; None where there is none that this user alone can write."""
    place = _place()
    if place is None:
        return None
    folder = place / _NAME
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        status = folder.stat()
    except OSError:
        return None
    ours = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o22)
    return CacheFolder(folder) if ours else None


def _place() -> Path | None:
    """Give the folder for caches, as the system has it."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if named and Path(named).is_absolute():
        return Path(named)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"


class CacheFolder:
    """Entries of bytes, a file each, that any number of processes may read and write."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which exists."""
        self._folder = folder

    def get(self, kind: str, key: str) -> bytes | None:
        """Give what was kept under a key; None when nothing whole is."""
        place = self._file(kind, key)
        try:
            entry = place.read_bytes()
        except OSError:
            return None
        packed = entry[len(_MARK) + _DIGEST :]
        if not entry.startswith(_MARK + hashlib.sha256(packed).digest()):
            return None
        unpacking = zlib.decompressobj()
        try:
            content = unpacking.decompress(packed, _LARGEST_ENTRY)
        except zlib.error:
            return None
        return content if unpacking.eof else None

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Keep bytes under a key; a reader sees all of them or none."""
        if len(content) >= _LARGEST_ENTRY:
            return
        packed = zlib.compress(content, 1)
        place = self._file(kind, key)
        fresh = place.with_name(f"{place.name}.{os.urandom(8).hex()}.tmp")
        try:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh.write_bytes(_MARK + hashlib.sha256(packed).digest() + packed)
            fresh.replace(place)
        except OSError:
            _remove(fresh)

    def prune(self, largest: int = LARGEST) -> None:
        """Remove the oldest entries when all together are larger than `largest` bytes."""
        entries = sorted(_entries(self._folder))
        total = sum(size for _, size, _ in entries)
        if total <= largest:
            return
        for _, size, place in entries:
            if total <= largest * _KEPT_WHEN_FULL:
                return
            total -= size
            _remove(place)

    def _file(self, kind: str, key: str) -> Path:
        return self._folder / kind / key[:2] / key


def _entries(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Give the time, the size and the place of every file, those of broken writes too."""
    for place in _files(folder):
        try:
            status = place.lstat()
        except OSError:
            continue
        yield status.st_mtime_ns, status.st_size, place


def _files(folder: Path) -> Iterable[Path]:
    for within, _, names in os.walk(folder):
        yield from (Path(within) / name for name in names)


def _remove(place: Path) -> None:
    try:
        place.unlink()
    except OSError:
        return  # it is not there, or another process holds it open
