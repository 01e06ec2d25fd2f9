"""Read the questions that one request to the API settles."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import tomli

from migrator.domain.answer import Question
from migrator.playbook._decode import Decoder, Key
from migrator.playbook._texts import Cited


def read_question(content: bytes, name: str, cited: Cited) -> Question:
    """Read one file. Raises PlaybookError for TOML, JSON or an expression that cannot be read."""
    at = Key(name)
    try:
        table = tomli.loads(content.decode())
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise at.refuse(f"is not TOML: {error}") from error
    question = Decoder().decode(Question, table, at)
    try:
        json.loads(question.body)
    except ValueError as error:
        raise at.child("body").refuse(f"is not JSON: {error}") from error
    try:
        re.compile(question.refusal)
    except re.error as error:
        raise at.child("refusal").refuse(f"is no regular expression: {error}") from error
    return replace(question, source=cited.text(question.source, at.child("source")))
