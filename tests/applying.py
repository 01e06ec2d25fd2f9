"""Run apply as the command line would."""

from __future__ import annotations

import pytest

from migrator import __version__
from migrator.adapters.repository import open_tree
from migrator.commands.apply import ApplyOptions, Voice, apply
from migrator.stages.stale import Basis

BASIS = Basis(tool=__version__, playbook="p" * 64, config="c" * 64)


def options(**fields) -> ApplyOptions:
    return ApplyOptions(**{"basis": BASIS, **fields})


def applied(repository, plan, wished=None, front_ends=(), render=None):
    """Give the result and the lines told."""
    said: list[str] = []
    voice = Voice(
        say=said.append,
        progress=lambda line: None,
        render_summary=render or (lambda _plan, result: f"{len(result.commits)} commits\n"),
    )
    opened = open_tree(repository.root)
    return apply(plan, opened, front_ends, wished or options(), voice), said


def dropped(result) -> dict[str, str]:
    return {each.group: each.reason for each in result.dropped}


def refused(repository, plan, kind, wished=None, **fields):
    """Give the error of an apply that leaves the repository as it was."""
    before = repository.state()
    with pytest.raises(kind) as caught:
        applied(repository, plan, wished, **fields)
    assert repository.state() == before
    return caught.value
