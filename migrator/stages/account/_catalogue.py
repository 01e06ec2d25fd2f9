"""Tell a description of models, and a report of one, from the choice of a model."""

from __future__ import annotations

import re

from migrator.domain.expression import Call, Expression, Member, Name, dotted
from migrator.domain.facts import FileFacts, Scope, StringUse, Use
from migrator.stages.account._aliased import is_name_of_another
from migrator.stages.account._around import Holder, Surroundings

# Next to these keys an id is described: what it costs, takes or can do.
DESCRIBED = re.compile(
    r"^(?:(?:\w+_)?(?:price|prices|pricing|costs?)|(?:\w+_)?context_(?:window|length|size|limit)"
    r"|max_(?:input|context)_tokens|window|owned_by|capabilities|supports?_\w+|knowledge_cutoff"
    r"|litellm_provider|(?:input|output)_cost_\w+|display_name|deprecated)$"
)
# How a picker shows it; the words alone may name an argument of anything.
_SHOWN = frozenset({"label", "title"})
_PRICED = frozenset({"input", "output"})
_RECORDED = frozenset(
    {"object", "choices", "usage", "created", "created_at", "finish_reason", "system_fingerprint"}
)
_REPORTS = frozenset(
    {"set_attribute", "set_attributes", "set_tag", "set_tags", "set_context", "add_event"}
    | {"start_span", "start_as_current_span", "debug", "info", "warning", "warn", "error", "log"}
    | {"exception", "critical", "labels", "increment", "incr", "gauge", "histogram", "timing"}
    | {"capture", "add_breadcrumb", "update_current_observation", "update_current_trace"}
    | {"log_metric", "log_metrics", "log_param", "log_params", "emit", "print"}
)
# Words that report only when a metric or a span is told so.
_MEASURES = frozenset({"add", "record", "observe", "track", "event", "bind", "inc"})
_METERS = re.compile(r"(?:counter|metric|histogram|meter|span|statsd|stats|telemetry|analytics)")
_SEMANTIC = re.compile(r"^(?:gen_ai|llm|ai|langfuse|mlflow|traceloop)\.")
_SETTING = re.compile(r"(?:^|_)(?:model|engine|deployment|llm)(?:_name|_id)?$", re.IGNORECASE)
_COUNTS = frozenset(
    {"tokenizer", "tokenize", "tokens", "tiktoken", "encoding", "encoder", "price", "prices"}
    | {"pricing", "cost", "costs"}
)
_NAMES_NO_CHOICE = frozenset(
    {"tokenizer", "encoding", "encoder", "tiktoken", "regex", "pattern", "example", "examples"}
    | {"price", "pricing", "cost", "prefix", "prefixes"}
)


def describes(use: StringUse, around: Surroundings) -> str:
    """Say why a literal describes or reports a model rather than choosing one; empty if not."""
    if _NAMES_NO_CHOICE & set(_words(use.name)):
        return f"{use.name} is no choice of what runs"
    function = _only_looks_up(use, around.facts) if use.use is Use.DEFAULT else ""
    if function:
        return f"a default of {function}, which only counts or looks up by it"
    if use.use is Use.RETURNED and is_name_of_another(use, around.facts):
        return f"what {use.name} calls a model that it recognised"
    if _SEMANTIC.match(use.name):
        return f"reported as {use.name}"
    holders = around.around(use.at)
    call = next((each for each in holders if each.callee), None)
    if call is not None and _reports(call.callee):
        return f"reported by {call.callee}"
    if call is not None and _COUNTS & set(_words(call.callee.rpartition(".")[2])):
        return f"given to {call.callee}, which counts or prices"
    return _described(holders[0]) if holders else ""


def reads_setting(use: StringUse, around: Surroundings) -> bool:
    """Whether a literal is the default that a call reads a model's setting with."""
    holder = next((each for each in around.around(use.at) if each.callee), None)
    if use.use is not Use.ARGUMENT or holder is None or holder.result == "":
        return False
    keys = holder.keys - {use.value}
    return bool(_SETTING.search(holder.result)) and any(_SETTING.search(key) for key in keys)


def _only_looks_up(use: StringUse, facts: FileFacts) -> str:
    """Name the function that does nothing with a default but count tokens or look up a table."""
    owner = next((each for each in facts.scopes.values() if _has_default(each, use)), None)
    if owner is None:
        return ""
    looked = any(
        each.scope == owner.symbol and _is(each.item.key, use.name) for each in facts.lookups
    )
    inside = [each.call for each in facts.invocations if each.scope == owner.symbol]
    looked = looked or any(_looks_up(each, use.name) for each in inside)
    given = [
        each
        for each in inside
        if any(_is(one, use.name) for one in each.given) and not _looks_up(each, use.name)
    ]
    counting = all(_COUNTS & set(_words(dotted(each.callee) or "")) for each in given)
    return owner.symbol if (looked or given) and counting else ""


def _has_default(scope: Scope, use: StringUse) -> bool:
    return any(each.default and each.default.at == use.at for each in scope.parameters)


def _looks_up(call: Call, name: str) -> bool:
    match call:
        case Call(callee=Member(name="get"), positional=(key, *_)):
            return _is(key, name)
        case _:
            return False


def _is(expression: Expression, name: str) -> bool:
    return isinstance(expression, Name) and expression.name == name


def _described(holder: Holder) -> str:
    keys = {_snake(each) for each in holder.keys}
    telling = sorted(each for each in keys if DESCRIBED.search(each))
    if telling:
        return f"described beside its {telling[0]}"
    shown = sorted(keys & _SHOWN)
    if shown and not holder.callee:
        return f"shown by its {shown[0]}"
    if keys >= _PRICED:
        return "described beside its prices"
    return "a recorded answer" if len(keys & _RECORDED) > 1 else ""


def _reports(callee: str) -> bool:
    receiver, _, name = callee.rpartition(".")
    return name in _REPORTS or (name in _MEASURES and bool(_METERS.search(receiver.lower())))


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_")


def _words(name: str) -> list[str]:
    return re.split(r"[^a-z0-9]+", _snake(name))
