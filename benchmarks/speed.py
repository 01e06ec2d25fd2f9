"""Measure plans against git's own search: `python -m benchmarks.speed --files 1000 --seed 1`.

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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks._opened import opened_in
from benchmarks._processes import Command, Took, output, peak_memory, took
from benchmarks.trees import CONCERNED, PYTHON_SHARE, Made, Shape, make_tree
from migrator import __version__
from migrator.domain.config import Config
from migrator.playbook import load_playbook

_ROOT = Path(__file__).parent.parent
_GROWN = 10
SEARCH, PASS = "git grep of the ids (T)", "python -c pass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What every round took, by name of the command, and the peak memory of a cold plan in MB.

    `same` tells whether every way of working a plan out gave the same bytes, `strays` are the files
    that a plan opened though nothing in them concerns a model.
    """

    made: Made
    rounds: Sequence[Mapping[str, Took]]
    memory: float | None
    sites: int
    same: bool
    strays: int

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
    plans = {output(each) for each in _ways(commands["cold plan"])}
    plans.add(output(commands["warm plan"]))  # fills its cache
    plans.add(output(commands["warm plan"]))
    sites = len(json.loads(min(plans))["sites"])
    for command in commands.values():  # warms the caches of the system and of Python
        took(command)
    names = list(commands)
    done = []
    for number in range(rounds):
        order = names if number % 2 else reversed(names)
        done.append({name: took(commands[name]) for name in order})
    opened = opened_in(root, commands["cold plan"])
    return Measured(
        made=made,
        rounds=done,
        memory=peak_memory(commands["cold plan"]),
        sites=sites,
        same=len(plans) == 1,
        strays=sum(not each.startswith(CONCERNED) for each in opened),
    )


def _ways(plan: Command) -> Iterable[Command]:
    """Give a plan by one process and by two."""
    return (replace(plan, words=(*plan.words, "--jobs", jobs)) for jobs in ("1", "2"))


def _commands(root: Path) -> Mapping[str, Command]:
    # As installed: compiled once, here into a folder of our own.
    compiled = {"PYTHONPYCACHEPREFIX": str(root.with_name(f"{root.name}-compiled"))}
    env = {**os.environ, **compiled, "PYTHONPATH": str(_ROOT), "GIT_CONFIG_GLOBAL": os.devnull}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    program = (sys.executable, "-m", "migrator")
    grammar = load_playbook(Config().target).catalogue.grammar
    ids = grammar.pattern().plain
    search = Command(
        words=("git", "grep", "-IlP", "-f", "-"),
        folder=root,
        env=env | {"LC_ALL": "C"},
        stdin=ids.encode(),
        codes=(0, 1),  # 1: nothing found
    )
    words = (*program, "plan", "--format", "json")
    caches = {name: root.with_name(f"{root.name}-{name}") for name in ("cold", "warm")}
    plans = {
        f"{name} plan": Command(
            words=words,
            folder=root,
            env=env | {"XDG_CACHE_HOME": str(cache)},
            fresh=cache if name == "cold" else None,
        )
        for name, cache in caches.items()
    }
    others = {"--help": (*program, "--help"), PASS: (sys.executable, "-c", "pass")}
    plain = {name: Command(words=each, folder=root, env=env) for name, each in others.items()}
    return {SEARCH: search, **plans, **plain}


def _surroundings() -> list[str]:
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
    load = f"{os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "unknown"
    system = f"{platform.system()} {platform.release()}"
    return [
        f"migrate {__version__}, Python {platform.python_version()}, {git.strip()}, {system}",
        f"{os.cpu_count()} cores, load {load}, warm caches",
    ]


def _table(found: Measured) -> list[str]:
    made, search = found.made, median(found.walls(SEARCH))
    memory = "-" if found.memory is None else f"{found.memory:.0f} MB"
    lines = f"K = {made.lines:.1f} thousand lines in {made.concerned} files"
    cold = _budget("2 T + 15 ms K + 0.5 s", 2 * search + 0.015 * made.lines + 0.5)
    colder = _budget("1.5 T + 6 ms K + 0.3 s", 1.5 * search + 0.006 * made.lines + 0.3)
    warm = _budget("1.5 T + 0.3 s", 1.5 * search + 0.3)
    warmer = _budget("0.7 T + 0.15 s", 0.7 * search + 0.15)
    return [
        f"{made.files} files; {lines} that concern a model; {len(found.rounds)} rounds",
        f"{found.sites} sites found, {made.calls} were made",
        f"{'':<26}{'median':>9}{'min':>9}{'cpu':>9}{'ratio':>9}  {'gate':<34}stretch",
        _row(SEARCH, found, SEARCH, "", ""),
        _row("cold plan", found, SEARCH, cold, colder),
        _row("warm plan", found, SEARCH, warm, warmer),
        _row("--help", found, PASS, f"8 × {PASS}", "5.5 ×"),
        _row(PASS, found, PASS, "", ""),
        f"{'peak memory of a plan':<26}{memory:>9}{'':>27}  {'300 MB, flat in files':<34}120 MB",
        f"{'files opened without cause':<26}{found.strays:>9}{'':>27}  0",
        f"{'one plan, however made':<26}{'yes' if found.same else 'no':>9}{'':>27}  yes",
    ]


def _budget(formula: str, seconds: float) -> str:
    return f"{formula} = {seconds:.2f} s"


def _row(name: str, found: Measured, to: str, gate: str, stretch: str) -> str:
    walls = found.walls(name)
    cpu = median(each[name].cpu for each in found.rounds)
    figures = "".join(f"{1000 * each:>6.0f} ms" for each in (median(walls), min(walls), cpu))
    return f"{name:<26}{figures}{found.ratio(name, to):>8.1f}×  {gate:<34}{stretch}".rstrip()


def _growth(base: Measured, grown: Measured) -> str:
    times = median(grown.walls("cold plan")) / median(base.walls("cold plan"))
    return f"growth: {_GROWN} × files at the same K took {times:.1f} × the time; gate 12 ×"


if __name__ == "__main__":
    main()
