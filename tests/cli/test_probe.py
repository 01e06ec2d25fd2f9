"""`migrate probe` asks a real server and keeps what it said."""

from __future__ import annotations

import json

import pytest

from tests.running import migrate

CALL = b"""\
from openai import OpenAI

TOOLS = [{"type": "function", "function": {"name": "find", "parameters": {"type": "object"}}}]
client = OpenAI()
answer = client.chat.completions.create(
    model="gpt-4.1", messages=[{"role": "user", "content": "Find the ticket."}], tools=TOOLS
)
"""
MODELS = ("gpt-4.1", "gpt-5.5")
REFUSAL = {
    "error": {
        "message": "Function tools with reasoning_effort are not supported here.",
        "param": "reasoning_effort",
    }
}


def listed(*ids, shutdown="2027-01-14"):
    dated = {"gpt-4.1": {"shutdown_date": shutdown}}
    entries = [{"id": each, "object": "model", **dated.get(each, {})} for each in ids]
    return {"object": "list", "data": entries}


def answering(status=200, document=None, models=MODELS, **more):
    def answer(path, _body):
        if path.endswith("/models"):
            return 200, listed(*models, **more)
        return status, document or {"id": "c1", "choices": []}

    return answer


@pytest.fixture
def tools(repository, monkeypatch):
    repository.commit({"app.py": CALL})
    monkeypatch.chdir(repository.root)
    return repository


@pytest.fixture
def probed(tools, api):
    def run(answer, *words):
        with api(answer) as server:
            ran = migrate("probe", "--yes", "--today", "2026-11-25", *words)
        return ran, server

    return run


def outcome() -> str:
    (site,) = json.loads(migrate("plan", "--format", "json").out)["sites"]
    return site["outcome"]


def test_before_it_is_asked_the_site_is_unknown(tools):
    assert outcome() == "unknown"


def test_a_refusal_blocks_the_sites_that_waited_for_it(probed, tools):
    ran, server = probed(answering(400, REFUSAL))
    assert ran.code == 0
    assert "function-tools-without-effort: refused: 400 Function tools" in ran.out
    assert outcome() == "blocked"
    assert [path for path, _ in server.requests] == ["/v1/models", "/v1/chat/completions"]


def test_an_acceptance_frees_them(probed, tools):
    probed(answering())
    assert outcome() == "light_rewrite"


def test_the_answer_is_dated_and_names_the_host(probed, tools):
    _, server = probed(answering())
    written = (tools.root / "migrate.toml").read_text()
    assert "asked = 2026-11-25" in written
    assert server.url.split("/")[2] in written


def test_what_is_asked_has_the_target_and_nothing_of_the_project(probed):
    _, server = probed(answering())
    (_, body) = server.requests[1]
    assert body["model"] == "gpt-5.5"
    assert "reasoning_effort" not in body
    assert "ticket" not in json.dumps(body)


def test_any_other_error_settles_nothing(probed, tools):
    ran, _ = probed(answering(400, {"error": {"message": "Your request was odd."}}))
    assert "function-tools-without-effort: unclear" in ran.out
    assert outcome() == "unknown"


def test_a_target_that_is_not_offered_blocks_and_asks_no_more(probed, tools):
    ran, server = probed(answering(models=("gpt-4.1",)))
    assert "target-offered: refused" in ran.out
    assert len(server.requests) == 1
    assert outcome() == "blocked"


def test_a_shutdown_date_that_the_api_tells_wins(probed, tools):
    probed(answering(shutdown="2026-12-31"))
    (site,) = json.loads(migrate("plan", "--format", "json").out)["sites"]
    assert site["model"]["shutdown"] == "2026-12-31"


def test_other_lines_of_the_configuration_stay(probed, tools):
    before = '# ours\n[tool.migrate]\nexclude = ["old/**"]  # kept\n\n[tool.other]\na = 1\n'
    tools.commit({"pyproject.toml": before.encode()})
    ran, _ = probed(answering())
    after = (tools.root / "pyproject.toml").read_text()
    assert "Kept in pyproject.toml" in ran.out
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert "[tool.migrate.answers.target-offered]" in after


@pytest.mark.usefixtures("tools")
def test_show_sends_nothing_and_hides_the_key(api):
    with api(answering()) as server:
        ran = migrate("probe", "--show")
    assert server.requests == []
    assert "POST /chat/completions" in ran.out
    assert "sk-test" not in ran.out


@pytest.mark.parametrize(
    ("status", "code", "says"),
    [(401, 2, "refused the key (401)"), (429, 3, "cannot answer now (429)"), (500, 3, "(500)")],
)
def test_without_an_answer_nothing_is_written(probed, tools, monkeypatch, status, code, says):
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)
    ran, _ = probed(lambda *_: (status, {"error": {"message": "no"}}))
    assert ran.code == code
    assert says in ran.err
    assert not (tools.root / "migrate.toml").exists()


def test_without_a_key_it_says_so(tools, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    ran = migrate("probe", "--yes")
    assert ran.code == 2
    assert "OPENAI_API_KEY is not set" in ran.err


def test_without_a_yes_and_nobody_to_ask_nothing_is_sent(tools):
    ran = migrate("probe")
    assert ran.code == 2
    assert "--show" in ran.err


@pytest.mark.usefixtures("tools")
def test_a_server_that_is_not_there_is_named(api, monkeypatch):
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)
    with api(answering()) as gone:
        host = gone.url.split("/")[2]
    ran = migrate("probe", "--yes")
    assert ran.code == 3
    assert f"{host} cannot be reached" in ran.err


@pytest.mark.parametrize("document", [{"object": "list"}, {"data": None}, ["gpt-5.5"], "hello"])
def test_a_list_of_another_shape_is_no_answer(probed, tools, document):
    ran, _ = probed(lambda _path, _body: (200, document))
    assert ran.code == 3
    assert "not as the API does" in ran.err
    assert not (tools.root / "migrate.toml").exists()


@pytest.mark.parametrize("document", ["please log in", {"choices": []}])
def test_a_page_in_place_of_an_answer_settles_nothing(probed, tools, document):
    ran, _ = probed(answering(document=document))
    assert ran.code == 3
    assert not (tools.root / "migrate.toml").exists()


def test_a_refusal_in_a_status_that_says_nothing_of_it_is_one(probed):
    ran, _ = probed(answering(document=REFUSAL))
    assert "function-tools-without-effort: refused" in ran.out


@pytest.mark.parametrize("shutdown", ["soon", True, 10**17])
def test_a_shutdown_date_that_is_none_is_left_out(probed, tools, shutdown):
    ran, _ = probed(answering(shutdown=shutdown))
    assert ran.code == 0
    assert "shutdowns" not in (tools.root / "migrate.toml").read_text()
