"""Take the ids that files of the environment set in place of a default in the code for choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from migrator.domain.mention import Bucket
from migrator.stages.account._accounted import Accounted


def as_choice(each: Accounted, variables: Mapping[tuple[str, int], str]) -> Accounted:
    """Give a mention on a line that sets one of `variables` as a choice, any other as it is."""
    key = variables.get((each.mention.path, each.mention.at.line))
    if not key or each.bucket not in {Bucket.CATALOGUE, Bucket.UNBOUND}:
        return each
    why = f"it sets {key}, which wins over the default in the code"
    return replace(each, bucket=Bucket.UNBOUND, why=why)
