"""Tell an address of OpenAI's own API from any other, by a URL or by a provider's name."""

from __future__ import annotations

import re

HOME = "api.openai.com"
_NAMES = frozenset({"openai", "open_ai"})


def host_of(address: object) -> str:
    """Give the host of a URL, or the name of a provider as it is written, in lower case."""
    found = re.match(r"(?:[a-z]+://)?(?:[^@/]*@)?([^:/?#]+)", str(address).lower())
    return found.group(1) if found else str(address)


def is_home(address: object) -> bool:
    """Whether an address, or the name of a provider, is OpenAI's own."""
    host = host_of(address)
    return host == HOME or host in _NAMES
