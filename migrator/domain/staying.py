"""Recognise plain words which say that a model was chosen to stay as it is."""

from __future__ import annotations

import re

_CHANGED = r"(?:bumped|changed|modified|replaced|swapped|updated|upgraded)"
_CHANGE = r"(?:bump|change|modify|replace|swap|touch|update|upgrade)"
# "the model is never changed by this function" tells of a function, "do not change the model in
# place" of an object: neither is a wish for a model to stay.
_OF_THE_CODE = (
    r"(?! (?:after|architecture|at|by|class|directly|during|field|fields|file|from|here|in|inside"
    r"|instance|name|object|schema|weights|when|while)\b)(?!['’]s)"
)

STAYS = re.compile(
    r"\b(?:"
    r"(?:approved|audited|certified|cleared|signed off(?: on)?|validated)"
    r" (?:only |for )?(?:this|that|the) (?:exact|very|specific) model"
    rf"|model (?:is never|(?:may|must|should) (?:never|not))(?: ever)?(?: be)? {_CHANGED}"
    r"|model (?:is|stays|was)(?: deliberately| intentionally)? pinned"
    rf"|(?:do(?:n't|n’t| not)|never)(?: ever)? {_CHANGE} (?:the|this) model"
    rf")\b{_OF_THE_CODE}",
    re.IGNORECASE,
)

_NAME = re.compile(r"(?:^|[^A-Za-z])(?:pinned|frozen)(?:$|[^A-Za-z])", re.IGNORECASE)


def names_a_pin(name: str) -> bool:
    """Whether a name says that what it holds was pinned: `PINNED_MODEL`, `frozen_model`."""
    return _NAME.search(name) is not None
