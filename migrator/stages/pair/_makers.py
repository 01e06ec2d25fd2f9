"""Read calls that make a prompt, or a message of one, out of what they are given."""

from __future__ import annotations

from fnmatch import fnmatchcase

from migrator.domain.expression import Call, Expression, Member
from migrator.domain.playbook import PromptMaker
from migrator.domain.trail import Frame, Outside
from migrator.stages.pair._reading import Reading

# Methods that give a text, a template or a list again, filled in or trimmed.
FILLING = frozenset(
    {"format", "format_map", "substitute", "safe_substitute", "render", "render_async", "partial"}
    | {"strip", "lstrip", "rstrip", "replace", "removeprefix", "removesuffix", "expandtabs"}
    | {"decode", "encode", "format_messages", "format_prompt", "aformat_messages", "invoke"}
    | {"ainvoke", "to_messages", "to_string", "copy", "pretty_repr", "partial_format", "dedent"}
)


def maker_of(reading: Reading, call: Call, frame: Frame) -> PromptMaker | None:
    """Give what the playbook knows of a callable that makes prompts."""
    names = [e.name for e in reading.walk.follow(call.callee, frame) if isinstance(e, Outside)]
    for maker in reading.makers:
        if any(fnmatchcase(name, each) for name in names for each in maker.callables):
            return maker
    return None


def words_given(maker: PromptMaker, call: Call) -> tuple[Expression, ...]:
    """Give the arguments of a call in which a maker finds its words."""
    named = {each.name: each.value for each in call.keywords if each.name}
    found = tuple(named[name] for name in maker.arguments if name in named)
    at = maker.position
    if not found and at is not None and at < len(call.positional):
        return (call.positional[at],)
    return found


def filled(call: Call) -> Expression | None:
    """Give what a call fills in or trims; None for any other call."""
    match call.callee:
        case Member(base=base, name=name) if name in FILLING:
            return base
        case _:
            return None
