"""Make a synthetic repository from a seed: the same arguments give the same bytes, everywhere."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks._words import (
    noun,
    prose_block,
    python_block,
    script_block,
    sentence,
    settings_block,
)

PYTHON_SHARE = 0.3
CONCERNED = "desks/"  # the folder of all files that concern a model
_LINES_OF_A_FILE = 250
_FILES_OF_AN_AREA = 4
_POOL = 400
_SOURCES = ("gpt-4.1", "gpt-4o", "gpt-5.1", "gpt-5.4")
_OTHER: Mapping[str, Callable[[Random], str]] = {
    ".ts": script_block,
    ".md": prose_block,
    ".yaml": settings_block,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What to make.

    `lines` are the thousands of lines of the files that concern a model; the other files make up
    the number.
    """

    files: int
    lines: int = 5
    seed: int = 1
    python: float = PYTHON_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made: how many files concern a model, their thousands of lines, and the calls."""

    files: int
    concerned: int
    lines: float
    calls: int


def contents(shape: Shape) -> Iterator[tuple[str, str]]:
    """Give the path and the text of every file; those that concern a model come first."""
    random = Random(f"migrate {shape.seed}")
    pools = {
        suffix: [block(random) for _ in range(_POOL)]
        for suffix, block in {".py": python_block, **_OTHER}.items()
    }
    areas = min(shape.lines, shape.files // _FILES_OF_AN_AREA)
    for number in range(areas):
        yield from _area(number, random, pools[".py"])
    rest = shape.files - areas * _FILES_OF_AN_AREA
    for number in range(rest):
        python = random.random() < shape.python
        suffix = ".py" if python else random.choice(tuple(_OTHER))
        blocks = random.choices(pools[suffix], k=random.randrange(4, 24))
        head = "import logging\n\nlog = logging.getLogger(__name__)\n" if python else ""
        folder = f"{noun(random)}/{noun(random)}_{number // 40}"
        yield f"{folder}/{noun(random)}_{number}{suffix}", head + "".join(blocks)


def make_tree(root: Path, shape: Shape) -> Made:
    """Write the files below `root`, which must not exist, and commit them there."""
    root.mkdir(parents=True)
    concerned = lines = calls = 0
    for path, text in contents(shape):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        if path.startswith(CONCERNED):
            concerned += 1
            lines += text.count("\n")
            calls += text.count("responses.create(")
    _commit(root)
    return Made(files=shape.files, concerned=concerned, lines=lines / 1000, calls=calls)


def _area(number: int, random: Random, pool: list[str]) -> Iterator[tuple[str, str]]:
    """Write a package that asks a model: its settings, prompts, prices and calls."""
    area = f"{noun(random)}_{number}"
    constant = f"{area.upper()}_MODEL"
    model, direct = random.choice(_SOURCES), random.choice(_SOURCES)
    heads = {
        "settings": f'{constant} = "{model}"\n',
        "prompts": f'{area.upper()}_PROMPT = """{sentence(random)}\n{sentence(random)}"""\n',
        "prices": f"PRICES = {{{', '.join(f'{each!r}: {9}.0' for each in _SOURCES)}}}\n",
        "answers": _calls(area, constant, direct),
    }
    for module, head in heads.items():
        yield f"{CONCERNED}{area}/{module}.py", _filled(head, random, pool)


def _calls(area: str, constant: str, direct: str) -> str:
    return f"""from openai import OpenAI

from desks.{area}.prompts import {area.upper()}_PROMPT
from desks.{area}.settings import {constant}

client = OpenAI()


def answer_{area}(question):
    response = client.responses.create(
        model={constant}, instructions={area.upper()}_PROMPT, input=question
    )
    return response.output_text


def title_{area}(question):
    response = client.responses.create(
        model="{direct}", instructions="Write a title of five words.", input=question
    )
    return response.output_text


def shorten_{area}(text, model={constant}):
    return client.responses.create(model=model, instructions="Shorten the text.", input=text)
"""


def _filled(head: str, random: Random, pool: list[str]) -> str:
    text = f"import logging\n\n{head}\nlog = logging.getLogger(__name__)\n"
    lines = text.count("\n")
    parts = [text]
    while lines < _LINES_OF_A_FILE:
        parts.append(random.choice(pool))
        lines += parts[-1].count("\n")
    return "".join(parts)


def _commit(root: Path) -> None:
    fixed = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        fixed |= {
            f"GIT_{role}_NAME": "Benchmark",
            f"GIT_{role}_EMAIL": "benchmark@example.com",
            f"GIT_{role}_DATE": "2026-01-01T00:00:00Z",
        }
    for words in ("init --quiet", "add --all", "commit --quiet --message Files"):
        command = ["git", "-C", str(root), "-c", "gc.auto=0", *words.split()]
        subprocess.run(command, env=os.environ | fixed, check=True, stdout=subprocess.DEVNULL)
