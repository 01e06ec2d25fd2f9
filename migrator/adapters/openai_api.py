"""Speak with the API through the `openai` package; import this only when it is asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import openai

from migrator.domain.errors import RefusedError, UsageError

T = TypeVar("T")
KEY = "OPENAI_API_KEY"
BASE_URL = "OPENAI_BASE_URL"
_OWN_URL = "https://api.openai.com/v1"
_SECONDS = 60.0
_LONGEST = 200
_NO_RIGHT = frozenset({401, 403})
_LATER = frozenset({408, 409, 429})
_BROKEN = 500


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request got: `error` is the message of a refusal, empty when it was accepted.

    A host in between may wrap an error in a status that says nothing of it.
    """

    status: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A model of the account's list, with its ISO shutdown date where the API tells one."""

    id: str
    shutdown: str | None


def base_url() -> str:
    """Give where requests go: OPENAI_BASE_URL, or else the API itself."""
    return os.environ.get(BASE_URL) or _OWN_URL


def host() -> str:
    """Give the name of the host that requests go to, without a login."""
    return urlsplit(base_url()).netloc.rpartition("@")[2] or base_url()


def shown_url() -> str:
    """Give where requests go as it may be shown: without a login and what follows the path."""
    parts = urlsplit(base_url())
    return f"{parts.scheme}://{host()}{parts.path}" if parts.netloc else base_url()


def client(*, seconds: float, retries: int) -> openai.OpenAI:
    """Make a client for the host of the environment. Raises UsageError without a key."""
    if not os.environ.get(KEY):
        raise UsageError(f"{KEY} is not set", f"set {KEY}; everything but this works without it")
    return openai.OpenAI(base_url=base_url(), timeout=seconds, max_retries=retries)


def list_models() -> tuple[Offered, ...]:
    """Ask for the models that this account may use.

    Raises UsageError without a key or for one that is refused, RefusedError when nobody answers,
    or not as the API does.
    """
    try:
        listed = _document(_asked(lambda client: client.get("/models", cast_to=bytes)))
    except openai.APIStatusError as error:
        raise RefusedError(
            f"{host()} gives no list of models ({error.status_code}): {_message(error)}",
            f"check {BASE_URL}: it may not lead to the API",
        ) from error
    entries = listed.get("data")
    if not isinstance(entries, list):
        raise _strange()
    known = [each for each in entries if isinstance(each, dict) and isinstance(each.get("id"), str)]
    return tuple(Offered(each["id"], _date(each.get("shutdown_date"))) for each in known)


def send(path: str, body: Mapping[str, object]) -> Reply:
    """Send one request and give what it got; raises as `list_models` does, also for 429 and 5xx."""
    try:
        got = _document(_asked(lambda client: client.post(path, body=body, cast_to=bytes)))
    except openai.APIStatusError as error:
        return Reply(error.status_code, _message(error))
    refusal = got.get("error")
    if refusal:
        told = refusal.get("message") if isinstance(refusal, dict) else refusal
        return Reply(200, _one_line(str(told or "an error without a message")))
    if not isinstance(got.get("id"), str):
        raise _strange()
    return Reply(200)


def _document(content: bytes) -> dict[str, object]:
    """Read an answer, which is a JSON object. Raises RefusedError for anything else."""
    try:
        document = json.loads(content)
    except ValueError as error:
        raise _strange() from error
    if not isinstance(document, dict):
        raise _strange()
    return document


def _strange() -> RefusedError:
    return RefusedError(
        f"{host()} answers, but not as the API does; nothing is taken from it",
        f"check {BASE_URL}, and what stands between here and there",
    )


def _asked(request: Callable[[openai.OpenAI], T]) -> T:
    try:
        return request(client(seconds=_SECONDS, retries=2))
    except openai.APIConnectionError as error:
        raise RefusedError(
            f"{host()} cannot be reached: {error}", "check the network, then run it again"
        ) from error
    except openai.APIStatusError as error:
        if error.status_code in _NO_RIGHT:
            raise UsageError(
                f"{host()} refused the key ({error.status_code})", f"check {KEY} and its rights"
            ) from error
        if error.status_code in _LATER or error.status_code >= _BROKEN:
            raise RefusedError(
                f"{host()} cannot answer now ({error.status_code}): {_message(error)}",
                "wait a little, then run it again",
            ) from error
        raise


def _message(error: openai.APIStatusError) -> str:
    body = error.body if isinstance(error.body, dict) else {}
    return _one_line(str(body.get("message") or error.message))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _date(told: object) -> str | None:
    """Read a date, given as text or as seconds since 1970; None for anything else."""
    from datetime import UTC, date, datetime

    try:
        match told:
            case bool():
                return None
            case int():
                return datetime.fromtimestamp(told, UTC).date().isoformat()
            case str():
                return date.fromisoformat(told[:10]).isoformat()
            case _:
                return None
    except (ValueError, OverflowError, OSError):
        return None
