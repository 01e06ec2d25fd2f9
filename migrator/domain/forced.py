"""Tell whether a call makes the model answer through a function of the code's choosing."""

from __future__ import annotations

from migrator.domain.expression import Table
from migrator.domain.sent import possible
from migrator.domain.site import BoundCall

_CHOICES = ("tool_choice", "function_call")
_ANY = "required"


def forced_tool(call: BoundCall) -> str:
    """Give the setting that forces a function, whose schema is then the contract; else nothing."""
    for name in _CHOICES:
        sent = possible(call.setting(name))
        if sent.nothing or sent.unread:
            continue
        if any(isinstance(each, Table) for each in sent.shapes) or _ANY in sent.literals:
            return name
    return ""
