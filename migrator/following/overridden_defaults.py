"""Tell a default that every caller overrides: nothing then ever arrives of it."""

from __future__ import annotations

import re

from migrator.domain.facts import FileFacts, Parameter, Scope, ScopeKind
from migrator.following.arguments import passed
from migrator.following.port import Walk


def is_overridden(walk: Walk, facts: FileFacts, function: Scope, parameter: Parameter) -> bool:
    """Whether each use of a private function is a call in view that passes the parameter.

    Others may call a public one, and whoever gets a function as a value calls it as they like: each
    mention of its name has to be its definition or such a call.
    """
    name = function.symbol.rpartition(".")[2]
    if function.decorators or not _is_private(facts, function, name):
        return False
    found = walk.callers.of(walk, facts.path, function)
    calls = {each.call.at.start for frame, each, _ in found if frame.path == facts.path}
    if not calls or len(calls) < len(found):
        return False
    if any(
        passed(each.call, function, parameter, bound=bound).value is None
        for _, each, bound in found
    ):
        return False
    content = walk.source.content(facts.path)
    mentions = len(re.findall(rb"\b" + re.escape(name.encode()) + rb"\b", content))
    return mentions == 1 + len(calls)


def _is_private(facts: FileFacts, function: Scope, name: str) -> bool:
    """Whether no other file is meant to call a function: it has a private name, or is nested."""
    parent = facts.scopes.get(function.parent or "")
    nested = parent is not None and parent.kind is ScopeKind.FUNCTION
    return nested or (name.startswith("_") and not name.startswith("__"))
