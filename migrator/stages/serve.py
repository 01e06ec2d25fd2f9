"""Look behind the names of deployments and aliases that the configuration declares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from migrator.domain.catalogue import Catalogue, Model, Recognised
from migrator.domain.serving import Serving
from migrator.domain.site import BoundSite

_ELSEWHERE = frozenset({"deployment", "gateway"})


def with_servings(catalogue: Catalogue, servings: Iterable[Serving]) -> Catalogue:
    """Give the catalogue with every declared name that is no model's id of its own.

    Such a name counts between quotation marks or after a prefix. Each serves a known model; what
    it becomes is the target by another name.
    """
    known, target = catalogue.models, catalogue.models[catalogue.target]
    declared = tuple(servings)
    names = {each.becomes: replace(target, id=each.becomes) for each in declared}
    names |= {each.name: _served(known, each) for each in declared}
    own = {name: model for name, model in names.items() if name not in known}
    if not own:
        return catalogue
    grammar = catalogue.grammar
    shapes = (*grammar.quoted_shapes, *map(re.escape, own))
    return replace(
        catalogue, models={**known, **own}, grammar=replace(grammar, quoted_shapes=shapes)
    )


def look_behind(
    site: BoundSite, servings: Iterable[Serving], models: Mapping[str, Model]
) -> BoundSite:
    """Give a site of a host or gateway the model that its name stands for there.

    A name that is also a model's id (`gpt-4.1` as the name of a deployment) means the deployment
    only where somebody else than OpenAI is called.
    """
    reference = site.reference
    if reference is None or not _is_elsewhere(site):
        return site
    name = reference.recognised.id
    serving = next((each for each in servings if each.name == name), None)
    if serving is None or serving.model not in models:
        return site
    model = _served(models, serving)
    recognised: Recognised = replace(reference.recognised, model=model, standing=model.standing)
    return replace(site, reference=replace(reference, recognised=recognised))


def _served(models: Mapping[str, Model], serving: Serving) -> Model:
    behind = models[serving.model]
    return replace(behind, id=serving.name, snapshot_of=None, alias=False, serving=serving)


def _is_elsewhere(site: BoundSite) -> bool:
    reference, call = site.reference, site.call
    provider = reference.recognised.provider if reference else None
    if provider is not None and provider.route in _ELSEWHERE:
        return True
    if call is None or call.receiver is None:
        return False
    pointed = any(name in call.client for name in call.receiver.base_url)
    return call.receiver.host != "openai" or call.redirected is not None or pointed
