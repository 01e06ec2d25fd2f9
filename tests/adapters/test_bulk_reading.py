"""Many files give the same facts however they are read."""

from __future__ import annotations

import multiprocessing
import os

import pytest

from migrator import frontends
from migrator.adapters.bulk_reading import MANY, BulkReading
from migrator.adapters.cache_folder import CacheFolder
from migrator.domain.frontend import FrontEnd
from migrator.domain.source import SourceFile
from migrator.plugins import plugins

PYTHON = next(
    each for each in plugins(frontends, "FRONT_END", FrontEnd) if each.language == "python"
)


def text(number):
    if number % 40 == 7:
        return b"def broken(:\n"
    return b"MODEL = 'gpt-4.1'\n" + b"def ask(q, model=MODEL):\n    return q\n" * (number % 9)


WANTED = [(PYTHON, SourceFile(f"desk/m{n}.py", text(n))) for n in range(MANY + 30)]
FACTS = [PYTHON.read(source) for _, source in WANTED]


def entries(folder):
    return sum(each.is_file() for each in folder.rglob("*"))


def test_processes_give_what_one_gives():
    assert BulkReading(jobs=1).read(WANTED) == FACTS
    assert BulkReading(jobs=3).read(WANTED) == FACTS


def test_the_cache_gives_what_was_read(tmp_path):
    cache = CacheFolder(tmp_path)
    assert BulkReading(2, cache).read(WANTED) == FACTS
    assert entries(tmp_path) == len(WANTED)
    kept = BulkReading(2, cache).read([(unreadable(), source) for _, source in WANTED])
    assert kept == FACTS


def test_only_changed_files_are_read_again(tmp_path):
    cache = CacheFolder(tmp_path)
    BulkReading(2, cache).read(WANTED)
    changed = [*WANTED[:5], (PYTHON, SourceFile("desk/m5.py", b"x = 1\n")), *WANTED[6:]]
    read = BulkReading(2, cache).read(changed)
    assert read == [*FACTS[:5], PYTHON.read(changed[5][1]), *FACTS[6:]]
    assert entries(tmp_path) == len(WANTED) + 1


def test_the_same_bytes_under_another_name_are_other_facts(tmp_path):
    cache = CacheFolder(tmp_path)
    BulkReading(2, cache).read(WANTED)
    moved = [(PYTHON, SourceFile(f"shop/{each.path}", each.content)) for _, each in WANTED]
    assert BulkReading(2, cache).read(moved) == [PYTHON.read(source) for _, source in moved]


def test_spoilt_entries_are_read_anew(tmp_path):
    cache = CacheFolder(tmp_path)
    BulkReading(2, cache).read(WANTED)
    for each in (each for each in tmp_path.rglob("*") if each.is_file()):
        each.write_bytes(each.read_bytes()[:-1])
    assert BulkReading(2, cache).read(WANTED) == FACTS


def test_few_files_need_no_process_and_are_not_kept(tmp_path):
    few = WANTED[: MANY - 1]
    assert BulkReading(2, CacheFolder(tmp_path)).read(few) == FACTS[: MANY - 1]
    assert entries(tmp_path) == 0


def dying(source):
    if multiprocessing.parent_process() is not None:
        os._exit(9)
    return PYTHON.read(source)


def test_processes_that_die_leave_the_work_to_this_one():
    dies = FrontEnd("python", (".py",), dying, PYTHON.lower, PYTHON.prove)
    assert BulkReading(2).read([(dies, source) for _, source in WANTED]) == FACTS


def unreadable():
    def read(source):
        pytest.fail(f"{source.path} was read again")

    return FrontEnd("python", (".py",), read, PYTHON.lower, PYTHON.prove)
