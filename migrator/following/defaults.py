"""Follow what declares a field or an option to its default."""

from __future__ import annotations

from migrator.domain.expression import Call, Expression, Item, Member, Name, Opaque, Series, Text
from migrator.domain.trail import Frame, Hop, HopKind, Lost, Trail
from migrator.following.hops import via
from migrator.following.port import Walk

FIELD_MAKERS = frozenset(
    {"pydantic.Field", "pydantic_settings.Field", "pydantic.v1.Field", "dataclasses.field"}
    | {"attrs.field", "attr.field", "attr.ib", "attr.attrib", "sqlmodel.Field"}
)
COMMAND_OPTIONS = frozenset({"typer.Option", "typer.Argument"})
OPTION_MAKERS = COMMAND_OPTIONS | frozenset(
    {f"fastapi.{each}" for each in ("Query", "Body", "Form", "Header", "Path", "Cookie")}
)
# What is called to give the value of a parameter.
DEPENDENCIES = frozenset({"fastapi.Depends", "fastapi.params.Depends"})
# They take a default and do no more with it than give it back.
DECLARING = FIELD_MAKERS | OPTION_MAKERS | DEPENDENCIES
_FACTORIES = frozenset({"default_factory", "factory"})
_VARIABLES = frozenset({"envvar"})


def default_of(walk: Walk, call: Call, maker: str, frame: Frame) -> tuple[Trail, ...]:
    """Give the default that `Field(…)`, `field(…)` or `Option(…)` declares."""
    factory = next((k.value for k in call.keywords if k.name in _FACTORIES), None)
    if factory is not None:
        return made_by(walk, factory, frame)
    named = next((k.value for k in call.keywords if k.name == "default"), None)
    value = call.positional[0] if call.positional else named
    at = call.at.within(frame.path)
    if value is None or (isinstance(value, Opaque) and value.what == "ellipsis"):
        return (Lost("the declaration has no default", at),)
    hops = [Hop(at, HopKind.ENVIRONMENT, detail=each) for each in variables_in(call)]
    if maker in COMMAND_OPTIONS:
        hops.append(Hop(at, HopKind.OPTION))
    return via(walk.follow(value, frame), *hops)


def made_by(walk: Walk, factory: Expression, frame: Frame) -> tuple[Trail, ...]:
    """Give what a factory makes when it is called without arguments."""
    match factory:
        case Opaque(what="lambda", inner=(body,)):
            return walk.follow(body, frame)
        case Name() | Member():
            return walk.follow(Call(factory.at, factory, (), ()), frame)
        case _:
            return ()


def variables_in(declared: Expression | None) -> tuple[str, ...]:
    """Name the environment variables that a declaration, or an annotation with one, reads."""
    match declared:
        case Call(keywords=keywords):
            values = [each.value for each in keywords if each.name in _VARIABLES]
            return tuple(text for each in values for text in texts_of(each))
        case Item(key=Series(items=items)):
            return tuple(text for each in items for text in variables_in(each))
        case _:
            return ()


def texts_of(expression: Expression) -> tuple[str, ...]:
    """Give the literal texts of one text, of a series, or of a call such as `AliasChoices(…)`."""
    match expression:
        case Text(value=value):
            return (value,)
        case Series(items=parts) | Call(positional=parts):
            return tuple(each.value for each in parts if isinstance(each, Text))
        case _:
            return ()
