"""Measure a cold plan against git's own search: `python -m benchmarks.speed --files 1000 --seed 1`.

Nothing is judged here: the table shows the gates beside the figures, and a person compares.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks._processes import Command, Took, output, peak_memory, took
from benchmarks.trees import PYTHON_SHARE, Made, Shape, make_tree
from migrator import __version__
from migrator.domain.config import Config
from migrator.playbook import load_playbook

_ROOT = Path(__file__).parent.parent
_GROWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What every round took, by name of the command, and the peak memory of a plan in MB."""

    made: Made
    rounds: Sequence[Mapping[str, Took]]
    memory: float | None
    sites: int

    def walls(self, name: str) -> list[float]:
        """Give the seconds of a command, a round each."""
        return [each[name].wall for each in self.rounds]

    def ratio(self, name: str, to: str) -> float:
        """Give the median of the ratios inside each round."""
        return median(each[name].wall / each[to].wall for each in self.rounds)


def main() -> None:
    """Make the tree, measure and print."""
    wanted = _arguments()
    shape = Shape(files=wanted.files, lines=wanted.lines, seed=wanted.seed, python=wanted.python)
    print("\n".join(_surroundings()), flush=True)
    with tempfile.TemporaryDirectory(prefix="migrate-speed-") as folder:
        base = _measured(Path(folder) / "tree", shape, wanted.rounds)
        print("\n".join(("", *_table(base))), flush=True)
        if wanted.grow:
            shutil.rmtree(Path(folder) / "tree")
            many = Shape(
                files=shape.files * _GROWN, lines=shape.lines, seed=shape.seed, python=shape.python
            )
            grown = _measured(Path(folder) / "grown", many, wanted.rounds)
            print("\n".join(("", *_table(grown), "", _growth(base, grown))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--files", type=int, default=1000, help="files of the tree")
    parser.add_argument("--lines", type=int, default=5, help="thousands that concern a model")
    parser.add_argument("--python", type=float, default=PYTHON_SHARE, help="share of the others")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--grow",
        action=argparse.BooleanOptionalAction,
        default=True,
        help=f"measure {_GROWN} times the files too, with the same lines that concern a model",
    )
    return parser.parse_args()


def _measured(root: Path, shape: Shape, rounds: int) -> Measured:
    made = make_tree(root, shape)
    commands = _commands(root)
    sites = len(json.loads(output(commands["plan"]))["sites"])
    for command in commands.values():  # warms the caches of the system and of Python
        took(command)
    names = list(commands)
    done = []
    for number in range(rounds):
        order = names if number % 2 else reversed(names)
        done.append({name: took(commands[name]) for name in order})
    return Measured(made=made, rounds=done, memory=peak_memory(commands["plan"]), sites=sites)


def _commands(root: Path) -> Mapping[str, Command]:
    env = {**os.environ, "PYTHONPATH": str(_ROOT), "GIT_CONFIG_GLOBAL": os.devnull}
    program = (sys.executable, "-m", "migrator")
    grammar = load_playbook(Config().target).catalogue.grammar
    ids = f"(?:{grammar.pattern()})|(?:{grammar.quoted_pattern()})"
    search = Command(
        words=("git", "grep", "-IlP", "-f", "-"),
        folder=root,
        env=env | {"LC_ALL": "C"},
        stdin=ids.encode(),
        codes=(0, 1),  # 1: nothing found
    )
    words = {
        "plan": (*program, "plan", "--format", "json"),
        "help": (*program, "--help"),
        "pass": (sys.executable, "-c", "pass"),
    }
    others = {name: Command(words=each, folder=root, env=env) for name, each in words.items()}
    return {"search": search, **others}


def _surroundings() -> list[str]:
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
    load = f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"
    system = f"{platform.system()} {platform.release()}"
    return [
        f"migrate {__version__}, Python {platform.python_version()}, {git.strip()}, {system}",
        f"{os.cpu_count()} cores, load {load}, warm caches",
    ]


def _table(found: Measured) -> list[str]:
    made, search = found.made, median(found.walls("search"))
    allowed = 2 * search + 0.015 * made.lines + 0.5
    memory = "-" if found.memory is None else f"{found.memory:.0f} MB"
    lines = f"K = {made.lines:.1f} thousand lines in {made.concerned} files"
    return [
        f"{made.files} files; {lines} that concern a model; {len(found.rounds)} rounds",
        f"{found.sites} sites found, {made.calls} were made",
        f"{'':<26}{'median':>9}{'min':>9}{'cpu':>9}{'ratio':>9}  gate",
        _row("git grep of the ids (T)", found, "search", "search", ""),
        _row("cold plan", found, "plan", "search", f"2 T + 15 ms K + 0.5 s = {allowed:.2f} s"),
        _row("--help", found, "help", "pass", "8 × python -c pass (its ratio is to that)"),
        _row("python -c pass", found, "pass", "pass", ""),
        f"{'peak memory of a plan':<26}{memory:>9}{'':>27}  300 MB, flat in files",
    ]


def _row(title: str, found: Measured, name: str, to: str, gate: str) -> str:
    walls = found.walls(name)
    cpu = median(each[name].cpu for each in found.rounds)
    figures = "".join(f"{1000 * each:>6.0f} ms" for each in (median(walls), min(walls), cpu))
    return f"{title:<26}{figures}{found.ratio(name, to):>8.1f}×  {gate}".rstrip()


def _growth(base: Measured, grown: Measured) -> str:
    times = median(grown.walls("plan")) / median(base.walls("plan"))
    return f"growth: {_GROWN} × files at the same K took {times:.1f} × the time; gate 12 ×"


if __name__ == "__main__":
    main()
