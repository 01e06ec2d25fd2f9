"""Find parsers that the text of an answer is given to «workflow.5.2, light.3, checklist.6»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.domain.expression import Call, Expression, Item, Member, Name, dotted
from migrator.domain.parsed import Parsed
from migrator.domain.parts import everything
from migrator.domain.site import BoundSite
from migrator.following.answers import Recipient, recipients
from migrator.following.port import Walk

CLAUSES = ("workflow.5.2", "light.3", "checklist.6")

_READS = frozenset(
    {"json.loads", "orjson.loads", "ujson.loads", "json5.loads", "simplejson.loads"}
    | {"json_repair.loads", "json_repair.repair_json", "repair_json", "json_repair"}
    | {"yaml.safe_load", "yaml.load", "ast.literal_eval", "literal_eval", "xmltodict.parse"}
    | {"ET.fromstring", "ElementTree.fromstring", "etree.fromstring", "csv.reader"}
    | {"re.search", "re.match", "re.fullmatch", "re.findall", "re.finditer", "int", "float"}
)
_COMPILE = "re.compile"
_OF_COMPILED = frozenset({"search", "match", "fullmatch", "findall", "finditer", "split"})
_OWN = re.compile(
    r"^_*(parse|extract|load|read|decode)_.*(json|yaml|xml|csv)|^_*(json|yaml)_(parse|load)"
)
_VALIDATES = frozenset({"model_validate_json", "validate_json", "parse_raw", "model_validate"})
# What is reached through these has a schema of its own: the arguments of a tool.
_STRUCTURED = frozenset({"tool_calls", "arguments", "function_call", "parsed", "output_parsed"})
_MOST_STEPS = 8


def parsed_answers(site: BoundSite, walk: Walk) -> tuple[Parsed, ...]:
    """Give the parsers that get the text of a call's answer.

    They are looked for in the function around the call, and in those that it returns text to.
    """
    if site.call is None:
        return ()
    found = {
        Parsed(each.call.at.within(getting.facts.path), dotted(each.call.callee) or "", validates)
        for getting in recipients(site.call, walk, _gives_text)
        for told, compiled in ((_derived(getting), _compiled(getting)),)
        for each in getting.facts.invocations
        if each.scope == getting.scope.symbol
        and (validates := _parses(each.call, compiled)) is not None
        if any(_is_text(argument, told, getting) for argument in each.call.positional)
    }
    return tuple(sorted(found))


def _gives_text(recipient: Recipient, returned: Expression) -> bool:
    return _is_text(returned, _derived(recipient), recipient)


def _compiled(recipient: Recipient) -> frozenset[str]:
    """Give the names of compiled regular expressions in the file."""
    return frozenset(
        binding.name
        for scope in recipient.facts.scopes.values()
        for binding in scope.bindings
        if isinstance(binding.value, Call) and dotted(binding.value.callee) == _COMPILE
    )


def _parses(call: Call, compiled: frozenset[str]) -> bool | None:
    """Tell whether a call parses, and then whether it validates; None where it does not parse."""
    name = dotted(call.callee) or ""
    if isinstance(call.callee, Member) and call.callee.name in _OF_COMPILED:
        base = call.callee.base
        made = isinstance(base, Call) and dotted(base.callee) == _COMPILE
        if made or (isinstance(base, Name) and base.name in compiled):
            return False
    last = call.callee.name if isinstance(call.callee, Member) else name
    if last in _VALIDATES:
        return True
    return False if name in _READS or _OWN.search(last) else None


def _derived(recipient: Recipient) -> frozenset[str]:
    """Give the names that hold the answer or text of it, as far as assignments tell."""
    told: frozenset[str] = frozenset()
    for _ in range(_MOST_STEPS):
        more = {
            binding.name
            for binding in recipient.scope.bindings
            if binding.value is not None
            and binding.how in {"assignment", "with", "loop"}
            and _is_text(binding.value, told, recipient)
        }
        if more <= told:
            break
        told |= more
    return told


def _is_text(value: Expression, told: frozenset[str], recipient: Recipient) -> bool:
    """Whether a value is the answer, or is reached from it by members, items and methods."""
    chain = list(_chain(value))
    if any(isinstance(each, Member) and each.name in _STRUCTURED for each in chain):
        return False
    return any(
        (isinstance(each, Name) and each.name in told)
        or (isinstance(each, Call) and each.at == recipient.invocation.call.at)
        for each in chain
    )


def _chain(value: Expression) -> Iterator[Expression]:
    """Yield a value and what it is reached from: the base of a member, an item or a method."""
    yield value
    match value:
        case Member(base=base) | Item(base=base):
            yield from _chain(base)
        case Call(callee=Member(base=base)):
            yield from _chain(base)
        case _:
            inner = [each for each in everything(value) if each is not value]
            if len(inner) == 1:
                yield from _chain(inner[0])
