"""`plan --assist` shows what it would send, asks, sends it, and keeps what was answered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from tests.planning import schema
from tests.running import PROGRAM, environment, migrate
from tests.wordings import BETTER, CALL, OWN, PROMPT, response, saying, told, wording


def test_words_that_fit_the_prompt_are_taken_and_kept_with_the_plan(served):
    ran, server = served(wording(BETTER))
    advice, edit = told(json.loads(ran.out))
    assert BETTER in edit["after"]
    assert (edit["worded_by"], advice["wording"], advice["reply"]) == (
        "gpt-5.5",
        "accepted",
        "answered",
    )
    ((path, body),) = server.requests
    assert path == "/v1/responses"
    assert (body["store"], body["reasoning"], body["text"]["verbosity"]) == (
        False,
        {"effort": "low"},
        "low",
    )
    assert body["text"]["format"]["strict"] is True
    assert json.loads(body["input"])["prompt"] == PROMPT
    assert server.keys == ["Bearer sk-test-not-a-key"]


def test_a_plan_with_advice_is_a_plan(served):
    import jsonschema

    ran, _ = served(wording(BETTER))
    assert jsonschema.Draft202012Validator(schema()).is_valid(json.loads(ran.out))


def test_what_was_answered_is_not_asked_again(served):
    first, _ = served(wording(BETTER))
    again, server = served(saying(500, {}), "--yes")
    assert server.requests == []
    assert again.out == first.out


def test_a_saved_plan_replays_without_a_network(served, label, tmp_path, monkeypatch):
    plan = str(tmp_path / "plan.json")
    served(wording(BETTER), "--yes", "--save", plan)
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    again = migrate("plan", "--assist", "--no-cache", "--format", "json", "--save", plan)
    assert again.code == 0
    assert told(json.loads(again.out))[1]["worded_by"] == "gpt-5.5"
    applied = migrate("apply", plan, "--yes")
    assert applied.code == 0
    assert BETTER in label.git("show", "migrate/gpt-5.5:app.py")


def test_nothing_is_sent_before_somebody_agrees(served):
    ran, server = served(wording(BETTER), "--no-cache")
    assert (ran.code, server.requests) == (2, [])
    assert PROMPT in ran.err
    assert "$0.06 at list price" in ran.err
    assert "--yes" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal")
def test_who_watches_sees_how_far_it_is_and_what_it_costs(label, api):
    usage = {"input_tokens": 20_000, "output_tokens": 1_000}
    ours, theirs = os.openpty()
    with api(saying(200, response(json.dumps({"cover": BETTER}), usage=usage))):
        asking = [*PROGRAM, "plan", "--assist", "--no-cache"]
        screen = {"stdin": theirs, "stderr": theirs, "stdout": subprocess.DEVNULL}
        started = subprocess.Popen(asking, cwd=label.root, env=environment(TERM="xterm"), **screen)
        os.close(theirs)
        os.write(ours, b"y\n")
        seen = b""
        with suppress(OSError):  # the end of a terminal whose other side is closed
            while part := os.read(ours, 4096):
                seen += part
        assert started.wait(timeout=60) == 0
    os.close(ours)
    told = seen.decode()
    assert "asking for words, $0.00 so far" in told
    assert "asking for words, $0.13 so far" in told
    assert "1 of 1 request answered, for $0.13 at list price." in told


def test_secrets_of_a_prompt_are_neither_sent_nor_shown(served, label):
    secret = "sk-live-0123456789abcdef"
    prompt = f"Label each ticket with one word. The key is {secret}."
    label.commit({"app.py": CALL.format(prompt=prompt).encode()})
    ran, server = served(wording(BETTER))
    assert secret not in json.dumps(server.requests) + ran.err
    assert "(redacted)" in server.requests[0][1]["input"]


def test_the_spending_cap_leaves_out_what_does_not_fit(served):
    ran, server = served(wording(BETTER), "--yes", "--max-cost", "0.01")
    advice, edit = told(json.loads(ran.out))
    assert server.requests == []
    assert (advice["wording"], OWN in edit["after"]) == ("unanswered", True)
    assert "spending cap of $0.01" in advice["why"]


def test_what_the_answers_cost_is_told(served):
    usage = {"input_tokens": 20_000, "output_tokens": 1_000}
    reply = response(json.dumps({"cover": BETTER}), usage=usage)
    ran, _ = served(saying(200, reply))
    assert "1 of 1 request answered, for $0.13 at list price." in ran.err


@pytest.mark.parametrize("usage", [None, {}, {"input_tokens": "many", "output_tokens": -5}])
def test_a_host_that_does_not_tell_what_answers_took_is_no_reason_to_stop(served, usage):
    ran, _ = served(saying(200, response(json.dumps({"cover": BETTER}), usage=usage)))
    assert "1 of 1 request answered, at a cost not told." in ran.err


@pytest.mark.usefixtures("label")
def test_a_login_in_the_address_of_a_host_is_not_shown(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://me:hidden@127.0.0.1:9/v1")
    shown = migrate("plan", "--assist").err
    assert "1 request to http://127.0.0.1:9/v1, with your OPENAI_API_KEY" in shown
    assert "hidden" not in shown


def test_without_a_key_nothing_is_planned_and_the_way_on_is_named(served, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    ran, _ = served(wording(BETTER))
    assert (ran.code, ran.out) == (2, "")
    assert "OPENAI_API_KEY is not set" in ran.err


def test_without_assist_nobody_is_asked_and_nothing_is_said_of_it(label):
    document = json.loads(migrate("plan", "--format", "json").out)
    assert document["advice"] == []


def test_an_interruption_keeps_what_was_answered(label, api):
    label.commit({"more.py": CALL.format(prompt="Label each message with one word.").encode()})
    answered = threading.Event()

    def answer(path, body):
        if "each message" in body["input"]:
            answered.wait(5)
            time.sleep(0.1)
            raise_in_main()
            time.sleep(1)
        reply = wording(OWN)(path, body)
        answered.set()
        return reply

    def raise_in_main():
        import os
        import signal

        os.kill(os.getpid(), signal.SIGINT)

    with api(answer):
        stopped = migrate("plan", "--assist", "--yes")
    assert stopped.code == 130
    with api(wording(OWN)) as server:
        done = migrate("plan", "--assist", "--yes", "--format", "json")
    assert done.code == 0
    assert ["each message" in body["input"] for _, body in server.requests] == [True]


BLOCKED = """\
from openai import OpenAI

client = OpenAI()


def label(tickets: str):
    messages = [{"role": "developer", "content": "PROMPT"}, {"role": "user", "content": tickets}]
    return client.chat.completions.create(model="gpt-4.1", max_tokens=2000, messages=messages)
""".replace("PROMPT", PROMPT)


def test_what_only_edits_outside_the_guide_free_gets_the_blocks_own_words(served, label):
    label.commit({"app.py": BLOCKED.encode()})
    ran, server = served(wording(BETTER), "--yes", "--unblock")
    edits = json.loads(ran.out)["unblocking"]["edits"]
    words = [each for each in edits if each["kind"] == "prompt"]
    assert [(OWN in each["after"], each["worded_by"]) for each in words] == [(True, "")]
    assert server.requests == []
