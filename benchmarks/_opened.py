"""Name the files of a folder that a Python program opens itself."""

from __future__ import annotations

import os
import runpy
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks._processes import Command, output

_MARK = "opened: "


def opened_in(root: Path, command: Command) -> frozenset[str]:
    """Run `python -m module …` in one process and give the files below `root` that it opened.

    Paths are relative to `root`, with `/`; what git itself reads, and its own folder, do not count.
    """
    module, *words = command.words[2:]
    program = (sys.executable, "-m", "benchmarks._opened", module, *words, "--jobs", "1")
    lines = output(replace(command, words=program)).splitlines()
    listed = (line.removeprefix(_MARK) for line in lines if line.startswith(_MARK))
    return frozenset(_below(root.resolve(), listed))


def _below(root: Path, paths: Iterator[str]) -> Iterator[str]:
    for path in map(Path, paths):
        inner = path.relative_to(root) if path.is_relative_to(root) else None
        if inner is not None and inner.parts[:1] != (".git",) and path.is_file():
            yield inner.as_posix()


def _main() -> None:
    opened: list[str] = []

    def hear(event: str, values: tuple[object, ...]) -> None:
        if event == "open" and isinstance(values[0], str | bytes):
            opened.append(os.path.realpath(os.fsdecode(values[0])))

    sys.argv = sys.argv[1:]
    sys.addaudithook(hear)
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    finally:
        for path in tuple(opened):  # printing may open files too
            print(f"{_MARK}{path}")


if __name__ == "__main__":
    _main()
