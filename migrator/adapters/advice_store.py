"""Keep what a model answered in the user's cache folder, so that nobody is asked twice."""

from __future__ import annotations

import json
from collections.abc import Sequence

from migrator.adapters.cache_folder import CacheFolder
from migrator.domain.advice import Advice, AdviceRequest, Reply
from migrator.domain.plan import Plan

_KIND = "advice"


def kept_advice(cache: CacheFolder, requests: Sequence[AdviceRequest]) -> dict[str, Advice]:
    """Give what was kept for these requests, by their key."""
    found = ((each.key, cache.get(_KIND, each.key)) for each in requests)
    read = {key: _read(key, content) for key, content in found if content is not None}
    return {key: advice for key, advice in read.items() if advice is not None}


def keep_advice(cache: CacheFolder, advice: Advice) -> None:
    """Keep an answer; one that never came is asked for again."""
    if advice.lasts:
        document = {"model": advice.model, "reply": advice.reply.value, "text": advice.text}
        cache.put(_KIND, advice.key, json.dumps(document).encode())


def advice_in(plan: Plan) -> dict[str, Advice]:
    """Give what a saved plan holds of a model's answers, by the key of the request."""
    found = (
        Advice(key=each.request, model=each.model, reply=each.reply, text=each.answer)
        for each in plan.advice
    )
    return {each.key: each for each in found if each.lasts}


def _read(key: str, content: bytes) -> Advice | None:
    try:
        document = json.loads(content)
        reply = Reply(document["reply"])
        return Advice(key=key, model=document["model"], reply=reply, text=document["text"])
    except (ValueError, KeyError, TypeError):
        return None
