"""Make the request that asks a model for the words of one prompt."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence

from migrator.domain.advice import AdviceRequest, AssistFacts
from migrator.domain.catalogue import Model
from migrator.domain.redaction import redacted_output
from migrator.domain.rewrite import Chosen

# Fewer than in any tokenizer's English: the bound must not be too low.
_CHARACTERS_PER_TOKEN = 2


def make_request(
    place: str, text: str, chosen: Sequence[Chosen], target: Model, facts: AssistFacts
) -> AdviceRequest:
    """Give the request; its key is that of its body, so that equal questions are asked once."""
    points = [point for each in chosen for point in each.points]
    asked = {
        "prompt": redacted_output(text, {}),
        "rules": [{"id": each.id, "text": each.text} for each in points],
    }
    body = json.dumps(
        {
            "model": target.id,
            "instructions": facts.instructions,
            "input": json.dumps(asked, ensure_ascii=False),
            "text": {
                "verbosity": facts.verbosity,
                "format": _format([each.id for each in points]),
            },
            "reasoning": {"effort": facts.effort},
            "max_output_tokens": facts.most_output_tokens,
            "store": False,
        },
        ensure_ascii=False,
    )
    return AdviceRequest(
        key=hashlib.sha256(body.encode()).hexdigest(),
        place=place,
        body=body,
        most_tokens=(len(body) // _CHARACTERS_PER_TOKEN, facts.most_output_tokens),
        # No cap could hold what has no known price.
        prices=target.price or (math.inf, math.inf),
    )


def _format(ids: Sequence[str]) -> Mapping[str, object]:
    """Give the schema of the answer: each rule under its id, and nothing else."""
    return {
        "type": "json_schema",
        "name": "rules",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {each: {"type": "string"} for each in ids},
            "required": list(ids),
            "additionalProperties": False,
        },
    }
