"""Take `migrate schema`."""

from __future__ import annotations

from migrator.cli._ending import end


def schema() -> None:
    """Print the JSON Schema of plans."""
    from migrator.commands.schema import print_schema

    end(print_schema)
