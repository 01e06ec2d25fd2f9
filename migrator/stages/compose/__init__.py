"""Lay chosen words into a prompt: in its own format, and where they do not part its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from migrator.domain.rewrite import Chosen
from migrator.stages.compose._form import Form, Style, form_of
from migrator.stages.compose._lay import lay
from migrator.stages.compose._place import Nowhere, place_in


@dataclass(frozen=True, slots=True)
class Composed:
    """Text to put at a position of a prompt's text, counted in code points."""

    position: int
    addition: str


__all__ = ["Composed", "Form", "Nowhere", "compose"]


def compose(text: str, chosen: Sequence[Chosen]) -> Composed | Nowhere:
    """Give the words of `chosen` as text that continues a prompt, or say why there is no place.

    They come behind its instructions and before what is woven in at its end, so that what never
    changes stays first. Every line of the prompt stays as it is.
    """
    place = place_in(text)
    if isinstance(place, Nowhere):
        return place
    head = text[: place.position]
    form = form_of(text[place.begin : place.end], head[place.begin :])
    addition = lay(form, chosen)
    if form.style is Style.ONE_LINE and head[-1:].isalnum():
        addition = f".{addition}"
    tail = text[place.position :]
    touches = tail.startswith("\n") and tail[1:2] not in {"", "\n"} and tail.strip()
    if touches and not place.begin and "\n\n" in addition:
        addition += "\n"
    return Composed(place.position, addition)
