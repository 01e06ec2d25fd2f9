"""Speak with the API through the `openai` package; import this only when it is asked for."""

from __future__ import annotations

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
    """What one request got: `error` is the message of a refusal, empty when it was accepted."""

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

    Raises UsageError without a key or for one that is refused, RefusedError when nobody answers.
    """
    page = _asked(lambda client: client.models.list())
    return tuple(Offered(each.id, _date(each)) for each in page.data)


def send(path: str, body: Mapping[str, object]) -> Reply:
    """Send one request and give what it got; raises as `list_models` does, also for 429 and 5xx."""
    try:
        _asked(lambda client: client.post(path, body=body, cast_to=object))
    except openai.APIStatusError as error:
        return Reply(error.status_code, _message(error))
    return Reply(200)


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
    text = str(body.get("message") or error.message)
    return " ".join(text.split())[:_LONGEST]


def _date(model: object) -> str | None:
    """Read a date, given as text or as seconds since 1970."""
    from datetime import UTC, datetime

    told = getattr(model, "shutdown_date", None)
    if isinstance(told, int):
        return datetime.fromtimestamp(told, UTC).date().isoformat()
    return told[:10] if isinstance(told, str) and told else None
