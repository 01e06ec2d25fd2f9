"""Ask a model through the Responses API, and take whatever comes back as a value with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from threading import Thread

import openai

from migrator.adapters.openai_api import client, host
from migrator.domain.advice import Advice, AdviceRequest, Reply

_LONGEST_ANSWER = 20_000  # characters; a few short rules are far less
_LONGEST_REASON = 200


def ask_all(
    requests: Sequence[AdviceRequest], *, seconds: float, retries: int, at_once: int
) -> Iterator[Advice]:
    """Send all requests side by side, and give each answer as it comes.

    `seconds` bounds each try. What is refused for now (429, 5xx) is tried again, when the API says
    so if it says so. Raises UsageError without a key. Nothing of a request that fails is raised.
    """
    api = client(seconds=seconds, retries=retries)
    todo: SimpleQueue[AdviceRequest | None] = SimpleQueue()
    done: SimpleQueue[Advice] = SimpleQueue()
    for request in requests:
        todo.put(request)
    workers = min(at_once, len(requests))
    for _ in range(workers):
        todo.put(None)
        # A daemon: who interrupts the program does not wait for answers that are under way.
        Thread(target=_work, args=(api, todo, done), daemon=True).start()
    for _ in requests:
        yield done.get()


def _work(
    api: openai.OpenAI,
    todo: SimpleQueue[AdviceRequest | None],
    done: SimpleQueue[Advice],
) -> None:
    while (request := todo.get()) is not None:
        done.put(_ask(api, request))


def _ask(api: openai.OpenAI, request: AdviceRequest) -> Advice:
    body = json.loads(request.body)
    asked = str(body["model"])
    model, tokens = asked, (0, 0)
    try:
        raw = api.responses.with_raw_response.create(**body)
        document = json.loads(raw.text)
        model, tokens = _answering(document) or asked, _tokens(document)
        reply, text = _read(document) if _is(asked, model) else _other(asked, model)
    except openai.APIStatusError as error:
        reply, text = Reply.MISSING, f"{error.status_code} {error.message}"
    except openai.APITimeoutError:
        reply, text = Reply.MISSING, "no answer came in time"
    except openai.APIConnectionError as error:
        reply, text = Reply.MISSING, f"{host()} cannot be reached: {error}"
    except (openai.OpenAIError, ValueError, RecursionError) as error:
        reply, text = Reply.MISSING, f"what came back cannot be read: {error}"
    if reply is not Reply.ANSWERED:
        text = " ".join(text.split())[:_LONGEST_REASON]
    return Advice(key=request.key, model=model, reply=reply, text=text, tokens=tokens)


def _answering(document: object) -> str:
    """Give the model that an answer says it is from; empty where it says nothing of it."""
    named = document.get("model") if isinstance(document, dict) else None
    return " ".join(named.split())[:_LONGEST_REASON] if isinstance(named, str) else ""


def _tokens(document: object) -> tuple[int, int]:
    """Give what an answer says that it took, in and out; nothing where it does not say it."""
    usage = document.get("usage") if isinstance(document, dict) else None
    told = (
        [usage.get(f"{each}_tokens") for each in ("input", "output")]
        if isinstance(usage, dict)
        else []
    )
    match told:
        case [int() as into, int() as out] if min(into, out) >= 0:
            return into, out
        case _:
            return 0, 0


def _is(asked: str, answering: str) -> bool:
    """Whether a name is the model asked for: itself, its dated snapshot, or with a provider."""
    own = answering.rpartition("/")[2]
    return re.fullmatch(rf"{re.escape(asked)}(-\d{{4}}-\d{{2}}-\d{{2}})?", own) is not None


def _other(asked: str, answering: str) -> tuple[Reply, str]:
    return Reply.MISSING, f"{answering} answered in place of {asked}"


def _read(document: object) -> tuple[Reply, str]:
    """Read a response of the API, which may be anything once a host stands in between."""
    if not isinstance(document, dict):
        return Reply.MISSING, "what came back is no response"
    if document.get("status") == "incomplete":
        details = document.get("incomplete_details")
        why = details.get("reason") if isinstance(details, dict) else None
        return Reply.CUT_OFF, f"its answer was cut off ({why or 'no reason given'})"
    if document.get("status") != "completed":
        return Reply.MISSING, f"the response is {document.get('status')!r}"
    parts = list(_parts(document))
    if any(each.get("type") == "refusal" for each in parts):
        return Reply.DECLINED, "the model declined"
    text = "".join(str(p.get("text", "")) for p in parts if p.get("type") == "output_text")
    if not text:
        return Reply.MISSING, "the response holds no text"
    if len(text) > _LONGEST_ANSWER:
        return Reply.CUT_OFF, f"its answer is longer than {_LONGEST_ANSWER} characters"
    return Reply.ANSWERED, text


def _parts(document: dict[str, object]) -> Iterator[dict[str, object]]:
    output = document.get("output")
    for item in output if isinstance(output, list) else ():
        content = item.get("content") if isinstance(item, dict) else None
        for part in content if isinstance(content, list) else ():
            if isinstance(part, dict):
                yield part
