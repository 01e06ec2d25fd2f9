"""Read what stands beside the model, in the table or object that names it in a list."""

from __future__ import annotations

from migrator.domain.expression import Call
from migrator.domain.surface import Surface
from migrator.domain.trail import Found, Lost
from migrator.following.port import Walk
from migrator.stages.link._settings import collect_arguments, splat, spread_out


def beside_model(
    walk: Walk, entry: Found, surface: Surface
) -> tuple[dict[str, Found], dict[str, Found], list[Lost]]:
    """Give the arguments beside the model, those of a call and those below the model's argument.

    What is no setting of the surface is left out. Gives as well what cannot be read.
    """
    given: dict[str, Found] = {}
    lost: list[Lost] = []
    objects = [
        end
        for end in walk.follow(entry.expression, entry.frame)
        if isinstance(end, Found) and isinstance(end.expression, Call)
    ]
    if not objects:
        given, lost = splat(walk, entry.expression, entry.frame)
    for end in objects:
        if isinstance(end.expression, Call):
            inside, unseen = collect_arguments(walk, end.expression, end.frame)
            given |= inside
            lost += unseen
    lost += spread_out(walk, given, surface.spreads)
    head = surface.model.partition(".")[0]
    heads = {each.partition(".")[0] for each in surface.settings}
    own: dict[str, Found] = {}
    below: dict[str, Found] = {}
    for written, found in given.items():
        name = surface.aliases.get(written, written)
        if name in heads:
            own[name] = found
        elif f"{head}.{name}" in surface.settings:
            below[f"{head}.{name}"] = found
    return own, below, lost
