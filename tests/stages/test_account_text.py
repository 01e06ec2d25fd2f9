from __future__ import annotations

import pytest

from migrator.domain.mention import Bucket, Mention
from migrator.domain.source import locate
from migrator.stages.account._text import BATCH_LINE, verdict_on_text
from tests.sites import recognised

REQUEST = b'{"custom_id": "1", "url": "/v1/responses", "body": {"model": "gpt-4.1"}}\n'


def verdict(path: str, content: bytes):
    at = content.index(b"gpt-4.1")
    mention = Mention(path, locate(content, at, at + 7), recognised("gpt-4.1"))
    return verdict_on_text(mention, content)


def test_request_of_a_batch_file_is_told_from_a_record():
    assert verdict("old.jsonl", REQUEST) == (Bucket.CATALOGUE, BATCH_LINE)
    bucket, why = verdict("old.jsonl", b'{"model": "gpt-4.1", "answer": "sent"}\n')
    assert (bucket, why == BATCH_LINE) == (Bucket.CATALOGUE, False)


@pytest.mark.parametrize("first", [b'{"answer": 1}\n', b""])
def test_only_the_line_of_the_id_counts(first):
    assert verdict("old.jsonl", first + REQUEST)[1] == BATCH_LINE
    assert verdict("old.jsonl", b'{"model": "gpt-4.1"}\n' + REQUEST)[1] != BATCH_LINE


@pytest.mark.parametrize(
    ("path", "line", "bucket"),
    [
        ("a.json", b'{"note": "# about gpt-4.1"}', Bucket.CATALOGUE),
        ("a.yaml", b"# about gpt-4.1", Bucket.COMMENT),
        ("a.yaml", b"command: run -- gpt-4.1", Bucket.CATALOGUE),
        ("a.ts", b"// about gpt-4.1", Bucket.COMMENT),
        ("run.sh", b"desk --model gpt-4.1", Bucket.UNBOUND),
        ("run.sh", b"desk --mode gpt-4.1", Bucket.CATALOGUE),
        ("Dockerfile", b"ENV DESK_MODEL gpt-4.1", Bucket.UNBOUND),
        ("Dockerfile", b'CMD ["desk", "--model", "gpt-4.1"]', Bucket.UNBOUND),
        ("a.ts", b'type Model = "gpt-4.1"', Bucket.CATALOGUE),
        ("a.json", b'{"label": "Big", "price": 2, "model": "gpt-4.1"}', Bucket.CATALOGUE),
        ("a.json", b'{"prompt": "Big", "model": "gpt-4.1"}', Bucket.UNBOUND),
        ("evals/example_output.json", b'{"grader_model": "gpt-4.1"}', Bucket.CATALOGUE),
        ("results/a.json", b'{"model": "gpt-4.1"}', Bucket.CATALOGUE),
    ],
)
def test_line_of_a_file_that_is_no_program(path, line, bucket):
    assert verdict(path, line + b"\n")[0] is bucket
