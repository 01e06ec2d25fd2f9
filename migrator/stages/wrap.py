"""Take the callables that a project declares for call shapes like those of a library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.playbook import CallShape, Library, Playbook
from migrator.domain.surface import PromptArgument, Surface
from migrator.domain.wrapper import OWN, Said, Wrapper


def with_wrappers(playbook: Playbook, wrappers: Iterable[Wrapper]) -> Playbook:
    """Give the playbook with one more library, whose calls are those of the declared callables.

    Raises KeyError for a wrapper of an API that the playbook does not know.
    """
    declared = tuple(wrappers)
    if not declared:
        return playbook
    own = Library(
        id=OWN,
        language="python",
        distribution="",
        markers=(),
        surfaces=tuple(_surface(each, playbook.surface(each.sends)) for each in declared),
        shapes=tuple(_shape(each) for each in declared),
    )
    return replace(playbook, libraries=(*playbook.libraries, own))


def _surface(wrapper: Wrapper, api: Surface) -> Surface:
    sent = tuple(wrapper.settings)
    return Surface(
        id=wrapper.name,
        library=OWN,
        label="Declared wrapper",
        model=wrapper.model,
        aliases={argument: parameter for parameter, argument in wrapper.settings.items()},
        prompts=tuple(_prompt(name, said) for name, said in wrapper.prompts.items()),
        effort=api.effort if api.effort in sent else None,
        tools=_of(api.tools, sent),
        output_format=_of(api.output_format, sent),
        output_cap=_of(api.output_cap, sent),
        state=_of(api.state, sent),
        settings=sent,
        sends=api.id,
        named={each: each for each in sent},
    )


def _prompt(name: str, said: Said) -> PromptArgument:
    if said is Said.MESSAGES:
        return PromptArgument(name=name, form="messages", speaker="unknown")
    return PromptArgument(name=name, form="text", speaker=said.value)


def _of(names: tuple[str, ...], sent: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in names if each in sent)


def _shape(wrapper: Wrapper) -> CallShape:
    return CallShape(
        id=wrapper.name,
        library=OWN,
        surface=wrapper.name,
        callables=(wrapper.name,),
        positional=wrapper.positional,
    )
