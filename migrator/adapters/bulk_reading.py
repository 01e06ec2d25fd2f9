"""Read many files into facts at once: from the cache, or several side by side."""

from __future__ import annotations

import gc
import hashlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pickle import PicklingError
from typing import TypeAlias

from migrator.adapters.cache_folder import CacheFolder
from migrator.adapters.codec import Codec
from migrator.adapters.own_code import code_stamp
from migrator.domain import expression, facts, source
from migrator.domain.facts import FileFacts
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import Skipped, SourceFile

Wanted: TypeAlias = tuple[FrontEnd, SourceFile]
MANY = 100  # files from which starting processes, and keeping facts, costs less than it saves
MOST_JOBS = 8
_KIND = "facts"
FACTS: Codec[FileFacts | Skipped] = Codec((FileFacts, Skipped), (source, expression, facts))
_CHUNK_FILES = 16
_CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class BulkReading:
    """How to read many files: by `jobs` processes (0: one for each core), and with which cache."""

    jobs: int = 1
    cache: CacheFolder | None = None

    def read(self, wanted: Sequence[Wanted]) -> list[FileFacts | Skipped]:
        """Give what the front-ends give, in the order asked for."""
        if len(wanted) < MANY:
            return [front_end.read(source) for front_end, source in wanted]
        cache, jobs = self.cache, self.jobs or min(os.cpu_count() or 1, MOST_JOBS)
        found = {n: kept for n, each in enumerate(wanted) if (kept := _kept(cache, each))}
        missing = [n for n in range(len(wanted)) if n not in found]
        fresh: Iterator[FileFacts | Skipped]
        if len(missing) >= MANY and jobs > 1:
            fresh = _side_by_side([wanted[n] for n in missing], jobs, cache)
        else:
            keeping = cache if len(missing) < MANY else None
            fresh = (_read(wanted[n], keeping) for n in missing)
        found.update(zip(missing, fresh, strict=True))
        return [found[n] for n in range(len(wanted))]


def _side_by_side(
    wanted: Sequence[Wanted], jobs: int, cache: CacheFolder | None
) -> Iterator[FileFacts | Skipped]:
    """Read in processes, which give bytes back; in this one what they could not."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A copy of this process starts at once; elsewhere than on Linux that is not safe.
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    chunks = list(_chunks(wanted))
    done = 0
    try:
        with ProcessPoolExecutor(jobs, context, _begin) as pool:
            tasks = [pool.submit(_read_chunk, chunk, cache) for chunk in chunks]
            try:
                for chunk, task in zip(chunks, tasks, strict=True):
                    answers = task.result()
                    for each, answer in zip(chunk, answers, strict=True):
                        yield FACTS.decode(answer) or _read(each, None)
                    done += len(chunk)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except (BrokenProcessPool, OSError):
        yield from (_read(each, None) for each in wanted[done:])


def _begin() -> None:
    """Make ready in a worker: the starting process alone answers to signals."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _chunks(wanted: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    """Give runs of files that are about as much work each."""
    chunk: list[Wanted] = []
    size = 0
    for each in wanted:
        chunk.append(each)
        size += len(each[1].content)
        if len(chunk) == _CHUNK_FILES or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _read_chunk(chunk: Sequence[Wanted], cache: CacheFolder | None) -> list[bytes]:
    """Read files in a worker, keep their facts and give them as bytes, empty where that fails."""
    return [_encoded(each, each[0].read(each[1]), cache) for each in chunk]


def _read(wanted: Wanted, cache: CacheFolder | None) -> FileFacts | Skipped:
    front_end, source = wanted
    read = front_end.read(source)
    if cache:
        _encoded(wanted, read, cache)
    return read


def _encoded(wanted: Wanted, read: FileFacts | Skipped, cache: CacheFolder | None) -> bytes:
    try:
        content = FACTS.encode(read)
    except (RecursionError, PicklingError):
        return b""
    if cache:
        cache.put(_KIND, _key(wanted), content)
    return content


def _kept(cache: CacheFolder | None, wanted: Wanted) -> FileFacts | Skipped | None:
    content = cache.get(_KIND, _key(wanted)) if cache else None
    return FACTS.decode(content) if content else None


def _key(wanted: Wanted) -> str:
    """Name all that facts come from: this code, the file's name and its bytes."""
    front_end, source = wanted
    parts = (code_stamp(), front_end.language, source.path, source.digest)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
