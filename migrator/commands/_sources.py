"""Check the ids that the configuration and the command line name against the catalogue."""

from __future__ import annotations

from migrator.domain.catalogue import Catalogue, Standing
from migrator.domain.config import Config
from migrator.domain.errors import ConfigError, UsageError
from migrator.domain.serving import ServingKind
from migrator.domain.wording import closest

_KEYS = {ServingKind.DEPLOYMENT: "deployments", ServingKind.ALIAS: "aliases"}


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


def check_servings(config: Config, catalogue: Catalogue) -> None:
    """Raise ConfigError for a deployment or alias of a model that there is not."""
    for each in config.servings:
        if each.model not in catalogue.models:
            key = f"{_KEYS[each.kind]}.{each.name}.model"
            near = closest(each.model, catalogue.models)
            raise ConfigError(
                f"{config.path}: {key}: there is no model {each.model!r}{near}",
                "name the id of the model that it serves today",
            )
