"""What a call says over an object that it runs is checked against the library's surfaces."""

from __future__ import annotations

import tomllib

import pytest

from migrator.domain.errors import PlaybookError
from migrator.domain.playbook import Library
from migrator.playbook._decode import Decoder, Key
from migrator.playbook._surfaces import check_libraries

LIBRARY = """
id = "acme"
language = "python"
distribution = "acme-llm"
markers = ["acme_llm"]

[[surfaces]]
id = "acme_agent"
label = "Agent"
settings = ["options", "options.temperature", "friends"]

[[shapes]]
id = "run"
surface = "acme_agent"
callables = ["acme_llm.run"]
positional = ["agent"]
"""


def checked(runs: str) -> None:
    raw = tomllib.loads(f"{LIBRARY}\nruns = {{ {runs} }}\n")
    library = Decoder({"library": "acme"}).decode(Library, raw, Key("surfaces/acme.toml"))
    check_libraries((library,))


def refused(runs: str) -> str:
    with pytest.raises(PlaybookError) as caught:
        checked(runs)
    return str(caught.value)


def test_a_run_merges_settings_that_some_surface_has():
    told = refused('of = "agent", merged = ["option"]')
    assert "shapes[0].runs.merged[0]: there is no `option`; did you mean `options`?" in told


def test_a_run_reaches_others_through_arguments_that_some_surface_has():
    told = refused('of = "agent", merged = ["options"], reaches = ["freinds"]')
    assert "shapes[0].runs.reaches[0]: there is no `freinds`; did you mean `friends`?" in told


def test_what_is_run_is_an_argument_of_the_call():
    told = refused('of = "agents", merged = ["options"]')
    assert "shapes[0].runs.of: there is no `agents`; did you mean `agent`?" in told


def test_a_run_that_fits_is_taken():
    assert checked('of = "agent", merged = ["options"], reaches = ["friends"]') is None
