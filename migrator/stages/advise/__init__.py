"""Have chosen words put by a model as the prompt itself would put them, and check what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from migrator.domain.advice import Advice, AdviceRequest, AssistFacts, Reply
from migrator.domain.catalogue import Model
from migrator.domain.rewrite import Chosen
from migrator.stages.advise._answer import Unusable, read_answer
from migrator.stages.advise._guard import Guard
from migrator.stages.advise._request import make_request

__all__ = ["Refused", "request_for", "worded"]


class Refused(str):
    """Why the words of a model are not taken."""

    __slots__ = ()


def request_for(
    place: str, text: str, chosen: Sequence[Chosen], target: Model, facts: AssistFacts
) -> AdviceRequest:
    """Make the request for the words of one prompt; secrets in the prompt are blanked."""
    return make_request(place, text, chosen, target, facts)


def worded(
    advice: Advice, text: str, chosen: Sequence[Chosen], facts: AssistFacts
) -> tuple[Chosen, ...] | Refused:
    """Give the chosen points in the words of a model, or why its words are not taken.

    All of them are taken or none: what is wrong in one place is not to be trusted in another.
    """
    if advice.reply is not Reply.ANSWERED:
        return Refused(advice.text)
    answer = read_answer(advice.text, [point.id for each in chosen for point in each.points])
    if isinstance(answer, Unusable):
        return Refused(answer)
    found: list[Chosen] = []
    for each in chosen:
        guard = Guard(facts, text, each)
        points = [replace(point, text=answer[point.id]) for point in each.points]
        why = guard.objection(points)
        if why:
            return Refused(why)
        found.append(replace(each, points=tuple(points)))
    return tuple(found)
