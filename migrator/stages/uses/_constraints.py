"""Find what a field's own declaration says of the values that it takes."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Item, Keyword, Series, Text
from migrator.domain.parts import everything
from migrator.domain.source import Location
from migrator.following.aliases import called_name
from migrator.stages.uses._validators import admits

_PATTERNS = frozenset({"pattern", "regex"})
_VALIDATING = frozenset({"validator", "validators", "validate"})
# In `Annotated[…]`, these check or change the value by a function.
_CHECKS = frozenset({"AfterValidator", "BeforeValidator", "PlainValidator", "WrapValidator"})
_CHECKS |= {"Predicate", "AfterValidation"}
_ONE_OF = frozenset({"in_", "OneOf", "AnyOf", "In"})


def constraints(
    annotation: Expression | None, value: Expression | None, new: str
) -> Iterator[tuple[Location, bool]]:
    """Yield where a field constrains its value so that `new` fails, or may; then whether it does.

    That is a pattern, a list of values or a function, in the call that declares the field or in
    its annotation.
    """
    if isinstance(value, Call):
        yield from _in_call(value.keywords, new)
    for call in _calls_in(annotation) if annotation else ():
        if called_name(call.callee) in _CHECKS:
            yield call.at, False
        else:
            yield from _in_call(call.keywords, new)


def _calls_in(annotation: Expression) -> Iterator[Call]:
    """Yield the calls in an annotation, over what stands in its brackets."""
    for each in everything(annotation):
        if isinstance(each, Call):
            yield each
        elif isinstance(each, Item):
            yield from _calls_in(each.key)


def _in_call(keywords: tuple[Keyword, ...], new: str) -> Iterator[tuple[Location, bool]]:
    for each in keywords:
        if each.name in _PATTERNS:
            admitted = admits(each.value, new)
        elif each.name in _VALIDATING:
            admitted = _listed(each.value, new)
        else:
            continue
        if admitted is not True:
            yield each.value.at, admitted is False


def _listed(validator: Expression, new: str) -> bool | None:
    """Tell whether a validator lists the value; None where it is something else than a list."""
    match validator:
        case Call(positional=(Series(items=items), *_)) if called_name(validator.callee) in _ONE_OF:
            texts = [each.value for each in items if isinstance(each, Text)]
            return new in texts if len(texts) == len(items) else None
        case Series(items=items):
            said = [_listed(each, new) for each in items]
            return False if False in said else None if None in said else True
        case _:
            return None
