"""Upgrade a codebase's OpenAI model usages to gpt-5.5, with evidence for every verdict."""

from __future__ import annotations

__version__ = "0.1.0"
