"""Follow the values that bindings give to a name."""

from __future__ import annotations

from migrator.domain.facts import Binding
from migrator.domain.trail import Frame, Hop, HopKind, Trail
from migrator.following.contexts import as_bound
from migrator.following.hops import entered_by, via
from migrator.following.port import Walk


def follow_bound(walk: Walk, bindings: tuple[Binding, ...], frame: Frame) -> tuple[Trail, ...]:
    """Follow the values of bindings, read in their own scope or in the one that binds them."""
    trails: tuple[Trail, ...] = ()
    for binding in bindings:
        if binding.value is None:
            continue
        hop = Hop(binding.at.within(frame.path), HopKind.ASSIGNMENT, detail=binding.name)
        inside = Frame(frame.path, binding.inside) if binding.inside else frame
        ends = walk.follow(binding.value, inside)
        ends = as_bound(walk, binding, ends, inside)
        # whoever called a function that binds another's name did not call what reads it
        trails += via(entered_by(ends, None) if binding.inside else ends, hop)
    return trails
