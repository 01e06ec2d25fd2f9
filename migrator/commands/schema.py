"""Print the JSON Schema of the plan."""

from __future__ import annotations

import json
import sys

from migrator.adapters.plan_file import plan_schema


def print_schema() -> None:
    """Write the schema to stdout."""
    sys.stdout.write(json.dumps(plan_schema(), indent=2, ensure_ascii=False) + "\n")
