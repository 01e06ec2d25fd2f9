"""Write and read plans and results as files, and make the JSON Schema of each."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from migrator.adapters.json_text import json_bytes
from migrator.domain.errors import UsageError
from migrator.domain.plan import SCHEMA, Plan
from migrator.domain.result import SCHEMA as RESULT_SCHEMA
from migrator.domain.result import Result

Schema: TypeAlias = dict[str, Any]
_AGAIN = "Make it anew: migrate plan --save FILE"


def dump_plan(plan: Plan) -> bytes:
    """Give the plan's JSON; equal plans give equal bytes."""
    return json_bytes(plan)


def dump_result(result: Result) -> bytes:
    """Give the result's JSON; equal results give equal bytes."""
    return json_bytes(result)


def plan_digest(content: bytes) -> str:
    """Give the SHA-256 of a plan's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def load_plan(path: Path) -> Plan:
    """Read a saved plan.

    Raises UsageError, naming file, key and reason, when it is not exactly a plan of this schema.
    """
    from pydantic import TypeAdapter, ValidationError

    content = _content(path)
    document = _document(path, content)
    _check_version(path, document)
    try:
        plan = TypeAdapter(Plan).validate_json(content, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = _key(first["loc"])
        raise UsageError(f"{path}: {key}: {first['msg']}", _AGAIN) from None
    difference = _difference(document, json.loads(dump_plan(plan)), ())
    if difference:
        raise UsageError(f"{path}: {difference}", _AGAIN)
    return plan


def plan_schema() -> Schema:
    """Give the JSON Schema of a plan (draft 2020-12)."""
    return _schema(Plan, SCHEMA, "Plan of an upgrade of model usages")


def result_schema() -> Schema:
    """Give the JSON Schema of a result (draft 2020-12)."""
    return _schema(Result, RESULT_SCHEMA, "Record of one apply")


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part.

    Raises UsageError when it cannot be written.
    """
    target = Path(os.path.realpath(path))
    fresh = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if target.exists() and not target.is_file():
            # A pipe or a terminal cannot be replaced, only written to.
            target.write_bytes(content)
            return
        fresh.write_bytes(content)
        fresh.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot write {path}: {reason}", "Choose another place.") from None
    finally:
        fresh.unlink(missing_ok=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"cannot read {path}: {reason}", "Give the file of a plan.") from None


def _document(path: Path, content: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not JSON: {error}", _AGAIN) from None
    if not isinstance(document, dict):
        raise UsageError(f"{path} is not a plan: it holds no object", _AGAIN)
    return document


def _check_version(path: Path, document: Mapping[str, object]) -> None:
    found = document.get("schema")
    if found != SCHEMA:
        says = f"says {found!r}" if "schema" in document else "is missing"
        raise UsageError(f"{path}: schema: {says}, this tool reads {SCHEMA!r}", _AGAIN)


def _difference(given: object, read: object, at: tuple[str | int, ...]) -> str | None:
    """Say where the document differs from what was read of it: keys too many or too few."""
    if isinstance(given, dict) and isinstance(read, dict):
        for key in given.keys() ^ read.keys():
            return f"{_key((*at, key))}: {'unknown' if key in given else 'missing'} key"
        pairs = [(key, given[key], read[key]) for key in given]
        return _first(pairs, at)
    if isinstance(given, list) and isinstance(read, list):
        return _first([(n, *both) for n, both in enumerate(zip(given, read, strict=True))], at)
    return None if given == read else f"{_key(at)}: read as {read!r}"


def _first(parts: list[tuple[Any, object, object]], at: tuple[str | int, ...]) -> str | None:
    found = (_difference(given, read, (*at, key)) for key, given, read in parts)
    return next((each for each in found if each), None)


def _key(location: tuple[str | int, ...]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return text.removeprefix(".") or "the document"


def _schema(kind: type, identifier: str, title: str) -> Schema:
    from pydantic import TypeAdapter

    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    made = adapter.json_schema(mode="serialization")
    for part in (made, *made.get("$defs", {}).values()):
        if "properties" in part:
            part["additionalProperties"] = False
            part["required"] = list(part["properties"])
    made["properties"]["schema"] = {"const": identifier, "title": "Schema", "type": "string"}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": identifier}
    return {**head, **made, "title": title}
