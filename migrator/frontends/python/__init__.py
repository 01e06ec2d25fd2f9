"""Read and edit Python."""

from __future__ import annotations

from migrator.domain.frontend import FrontEnd
from migrator.frontends.python._edit import lower
from migrator.frontends.python._prove import prove
from migrator.frontends.python._read import LANGUAGE, read

FRONT_END = FrontEnd(
    language=LANGUAGE,
    suffixes=(".py", ".pyw"),
    read=read,
    lower=lower,
    prove=prove,
    module_files=("{}.py", "{}/__init__.py"),
)
