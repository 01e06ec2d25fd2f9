"""Print the JSON Schema of the plan."""

from __future__ import annotations

import json

from migrator.adapters.plan_file import plan_schema
from migrator.adapters.terminal import write_result


def print_schema() -> int:
    """Write the schema to stdout and give the exit code."""
    write_result(json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n", exact=True)
    return 0
