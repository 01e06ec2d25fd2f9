"""A call whose prompt gets a block, and answers of a model that is asked to word it."""

from __future__ import annotations

import json

CALL = """\
from openai import OpenAI

client = OpenAI()


def label(tickets: str):
    return client.responses.create(model="gpt-5.4", instructions="{prompt}", input=tickets)
"""
PROMPT = "Label each ticket with one word."
OWN = "Give a result for every item, in the order given, and leave none out."
BETTER = "Give a result for every ticket, in the order given, and leave none out."


def response(text: str, **more):
    part = {"type": "output_text", "text": text, "annotations": []}
    message = {"type": "message", "id": "m1", "role": "assistant", "content": [part]}
    return {"id": "r1", "object": "response", "status": "completed", "output": [message], **more}


def wording(text: str):
    """Answer every request with one text under each id that it asks for."""

    def answer(_path, body):
        ids = body["text"]["format"]["schema"]["required"]
        return 200, response(json.dumps(dict.fromkeys(ids, text)))

    return answer


def saying(*reply):
    return lambda _path, _body: reply


def told(document):
    (advice,) = document["advice"]
    (edit,) = (each for each in document["edits"] if each["kind"] == "prompt")
    return advice, edit
