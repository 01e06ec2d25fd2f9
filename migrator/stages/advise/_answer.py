"""Read a model's answer, which may be anything."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


class Unusable(str):
    """Why an answer cannot be read."""

    __slots__ = ()


def read_answer(text: str, ids: Sequence[str]) -> Mapping[str, str] | Unusable:
    """Give the words for each id, or say why these are not exactly the words asked for."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return Unusable("its answer is not JSON")
    if not isinstance(answer, dict) or set(answer) != set(ids):
        return Unusable("its answer does not hold exactly the rules that were asked for")
    if not all(isinstance(each, str) for each in answer.values()):
        return Unusable("its answer holds something other than text")
    return {name: answer[name].strip() for name in ids}
