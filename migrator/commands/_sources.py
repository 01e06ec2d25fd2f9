"""Check the ids and families that alone may move."""

from __future__ import annotations

from migrator.domain.catalogue import Catalogue, Standing
from migrator.domain.config import Config
from migrator.domain.errors import UsageError
from migrator.domain.wording import closest


def check_sources(config: Config, catalogue: Catalogue) -> None:
    """Raise UsageError for a source that is no family and no model's id."""
    families = {model.family for model in catalogue.models.values()}
    known = {each.casefold() for each in (*families, *catalogue.models)}
    for each in config.sources:
        if each.casefold() in known:
            continue
        recognised = catalogue.recognise(each)
        if recognised is None or recognised.standing is Standing.UNRECOGNISED:
            listed = ", ".join(sorted(families))
            raise UsageError(
                f"--from: there is no model or family {each!r}{closest(each.casefold(), known)}",
                f"name an id as the code writes it, or a family: {listed}",
            )
