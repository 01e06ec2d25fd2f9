"""Follow the fields of a crew that are read from files beside its class.

Source: https://docs.crewai.com/en/concepts/agents (`config/agents.yaml`, `config/tasks.yaml`,
from the folder of the class; the fields of a class decorated with `CrewBase` may name others).
"""

from __future__ import annotations

from posixpath import dirname, join, normpath

from migrator.domain.expression import Text
from migrator.domain.facts import FileFacts, Scope
from migrator.domain.trail import Found, Frame, Hop, HopKind, Outside, Trail
from migrator.following.port import Walk

_DECORATORS = frozenset({"crewai.project.CrewBase", "crewai.project.crew_base.CrewBase"})
FILES = {"agents_config": "config/agents.yaml", "tasks_config": "config/tasks.yaml"}


def read_beside(walk: Walk, facts: FileFacts, owner: Scope, name: str) -> tuple[Trail, ...]:
    """Give the document that a field of a crew stands for; none for any other field."""
    if name not in FILES or not _is_crew(walk, facts, owner):
        return ()
    values = [each.value for each in owner.bindings if each.name == name]
    named = [each.value for each in values if isinstance(each, Text)]
    path = normpath(join(dirname(facts.path), named[-1] if named else FILES[name]))
    read = walk.file(path)
    if read is None or read.document is None:
        return ()
    hop = Hop(owner.at.within(facts.path), HopKind.FILE, detail=path)
    return (Found(read.document, Frame(path, ""), (hop,)),)


def _is_crew(walk: Walk, facts: FileFacts, owner: Scope) -> bool:
    outer = Frame(facts.path, owner.parent or "")
    ends = (end for each in owner.decorators for end in walk.follow(each, outer))
    return any(isinstance(each, Outside) and each.name in _DECORATORS for each in ends)
