"""Find the part of a prompt that words may be added to, and all that the prompt says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migrator.domain.prompt import STEERING, PromptKind, PromptLink, PromptSurface, Speaker
from migrator.domain.trail import Confidence

_OURS = frozenset({Speaker.SYSTEM, Speaker.DEVELOPER, Speaker.INSTRUCTIONS})


@dataclass(frozen=True, slots=True)
class Home:
    """The part that gets the words, and the whole prompt on one line."""

    surface: PromptSurface
    whole: str

    @property
    def words(self) -> int:
        """How many words the part has."""
        return self.surface.words


@dataclass(frozen=True, slots=True)
class NoHome:
    """Why no part of the prompt may get words."""

    why: str


def home_of(links: Sequence[PromptLink]) -> Home | NoHome:
    """Give the developer's own text, the longest where there are several parts.

    A prompt of which a steering part cannot be seen may say anything already.
    """
    for link in links:
        if link.surface is None and link.speaker in STEERING and link.kind is not PromptKind.NONE:
            return NoHome(f"a part of the prompt cannot be seen ({link.reason or link.kind})")
    own = [each for each in links if each.surface is not None and each.speaker in _OURS]
    if not own:
        theirs = any(each.surface is not None for each in links)
        asked = "its instructions stand in the user's message, which is left as it is"
        return NoHome(asked if theirs else "no text of the developer's is in view")
    sure = [each for each in own if each.confidence is Confidence.CERTAIN]
    if not sure:
        return NoHome("the path to the prompt is only likely")
    several = {each.part for each in links if each.alternative}
    single = [each for each in sure if each.part not in several]
    if not single:
        return NoHome("the prompt is one of several texts, and each would need the words")
    best = max(single, key=lambda each: each.surface.words if each.surface else 0)
    surface = best.surface
    if surface is None or not surface.editable:
        return NoHome("the prompt is found but cannot be edited in place")
    text = " ".join(each.surface.text for each in links if each.surface is not None)
    return Home(surface, " ".join(text.split()))
