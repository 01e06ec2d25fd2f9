"""Check what the configuration and the command line name against what the playbook knows."""

from __future__ import annotations

from migrator.domain.catalogue import Catalogue, Standing
from migrator.domain.config import Config
from migrator.domain.errors import ConfigError, UsageError
from migrator.domain.playbook import Playbook
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


def check_wrappers(config: Config, playbook: Playbook) -> None:
    """Raise ConfigError for a wrapper of an API or a parameter that the playbook does not know."""
    surfaces = [each for library in playbook.libraries for each in library.surfaces]
    known = {
        each.id: each for each in surfaces if each.prompts and not (each.sends or each.unavailable)
    }
    for wrapper in config.wrappers:
        key = f"wrappers.{wrapper.name}"
        api = known.get(wrapper.sends)
        if api is None:
            raise ConfigError(
                f"{config.path}: {key}.sends: there is no API {wrapper.sends!r}"
                f"{closest(wrapper.sends, known)}",
                f"name one of: {', '.join(sorted(known))}",
            )
        for parameter in wrapper.settings:
            if parameter not in api.settings:
                raise ConfigError(
                    f"{config.path}: {key}.settings.{parameter}: {api.label} has no such parameter"
                    f"{closest(parameter, api.settings)}",
                    "write the API's parameter on the left, your own argument on the right",
                )
