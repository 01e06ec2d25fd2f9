"""Judge a mention by the text around it, in a file that is no program."""

from __future__ import annotations

import re

from migrator.domain.mention import PART_OF_A_TYPE, Bucket, Mention
from migrator.stages.account._entries import described_beside
from migrator.stages.account._notebook import verdict_on_cell

PROSE_SUFFIXES = (".md", ".mdx", ".rst", ".txt", ".adoc", ".html", ".htm", ".tex", ".org", ".svg")
RECORD_SUFFIXES = (".jsonl", ".csv", ".tsv", ".ndjson", ".har", ".snap", ".log", ".sql", ".ambr")
RECORD_FOLDERS = re.compile(
    r"(?:^|/)(?:cassettes|recordings|__snapshots__|snapshots|recorded|(?:\w+[_-])?results)/"
)
# `example_output.json`, `results-3.json`: what a run wrote down
_RECORD_NAME = re.compile(r"(?:^|[_.-])(?:outputs?|results?|predictions?)(?:[_.-]?\d+)?\.\w+$")
PROSE_NAMES = ("changelog", "history", "news", "license", "readme", "authors", "contributing")
# A request of a batch: its parameters stand beside it, in data that code wrote.
BATCH = re.compile(rb'"custom_id"\s*:.*"url"\s*:\s*"/v1/|"url"\s*:\s*"/v1/.*"custom_id"\s*:')
BATCH_LINE = "a request of a batch file: judge the code that writes it, then write the file anew"
_NAME = re.compile(r"""([A-Za-z_][\w.-]*)["'\]\s]*(?::\s*\w+\s*=|:=|=>|[:=\s])\s*["'`]?$""")
LONG_LINE = 500  # what stands further right is recorded text, not a setting
# Each kind of file opens its comments in its own way; JSON has none.
_HASH, _SLASHES, _ALL = r"#", r"//|/\*|\*", r"#|//|--|/\*|\*|;|<!--"
_OPENS = (
    ((".json", ".ipynb", ".geojson", ".webmanifest"), ""),
    ((".yml", ".yaml", ".toml", ".sh", ".bash", ".rb", ".tf", ".env", ".mk", ".r"), _HASH),
    ((".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".go", ".java", ".kt", ".cs"), _SLASHES),
    ((".jsonc", ".json5", ".rs", ".swift", ".scala", ".dart", ".c", ".cpp", ".h"), _SLASHES),
    ((".ini", ".cfg", ".properties"), r"#|;"),
)
_TYPE = re.compile(r"^\s*(?:export\s+)?(?:declare\s+)?(?:type|enum|interface)\s+\w|\|\s*[\"']$")
# `--model id`, `"--model", "id"`, and the old form of Docker's `ENV MODEL id`
OPTION = re.compile(
    r"""(?:--?[\w-]*(?:model|engine|deployment|llm)[\w-]*["']?[\s,=]+|^\s*ENV\s+\w*MODEL\w*\s+)["'`]?$""",
    re.IGNORECASE,
)
CHOICE = re.compile(
    r"""(?:model|engine|deployment|llm)(?:[_.-]?(?:name|id|key|default))?["'\]\)]*\s*(?::=|=>|[:=(])"""
    r"""\s*(?:\w+\s*\(\s*)?\\?["'`]?$""",
    re.IGNORECASE,
)


def verdict_on_text(mention: Mention, content: bytes) -> tuple[Bucket, str]:
    """Give the bucket and the reason, from the file's name and the mention's own line.

    Only a name such as `model` right before the id makes it a choice; it stays unbound, since no
    front-end can show what reads it.
    """
    name = mention.path.rpartition("/")[2].lower()
    if name.endswith(PROSE_SUFFIXES) or name.partition(".")[0] in PROSE_NAMES:
        return Bucket.PROSE, "in a document"
    recorded = RECORD_FOLDERS.search(mention.path) or _RECORD_NAME.search(name)
    if name.endswith(RECORD_SUFFIXES) or recorded:
        batch = name.endswith(".jsonl") and BATCH.search(_line(content, mention.at.start))
        return Bucket.CATALOGUE, BATCH_LINE if batch else "in recorded or tabular content"
    if name.endswith(".ipynb"):
        cell = verdict_on_cell(content, mention.at.start)
        if cell:
            return cell
    begin = content.rfind(b"\n", 0, mention.at.start) + 1
    before = content[begin : mention.at.start].decode("utf-8", "replace")
    if _opens_comment(name, before):
        return Bucket.COMMENT, "in a comment"
    if _TYPE.search(before):
        return Bucket.CATALOGUE, PART_OF_A_TYPE
    if _chooses(before):
        described = described_beside(mention, content)
        if described:
            return Bucket.CATALOGUE, described
        return Bucket.UNBOUND, f"set as a model in {name}, and no program in view reads it"
    return (
        Bucket.CATALOGUE,
        f"no choice of model is next to it in {name}, and no program in view reads it",
    )


def name_before(mention: Mention, content: bytes) -> str:
    """Give the name, key or option right before a mention on its line, empty without one."""
    begin = content.rfind(b"\n", 0, mention.at.start) + 1
    before = content[begin : mention.at.start].decode("utf-8", "replace")[-120:]
    found = _NAME.search(before)
    return found[1] if found else ""


def _chooses(before: str) -> bool:
    near = before[-120:]
    return len(before) < LONG_LINE and bool(CHOICE.search(near) or OPTION.search(near))


def _opens_comment(name: str, before: str) -> bool:
    opens = next((opens for ends, opens in _OPENS if name.endswith(ends)), _ALL)
    if name.startswith(("dockerfile", "makefile", "procfile", ".env")):
        opens = _HASH
    return bool(opens) and bool(re.search(rf"(?:^|\s)(?:{opens})", _outside_quotes(before)))


def _outside_quotes(text: str) -> str:
    """Blank the closed quotations of a line, so that `"http://…"` opens no comment."""
    return re.sub(r"""("[^"]*"|'[^']*'|`[^`]*`)""", "", text)


def _line(content: bytes, at: int) -> bytes:
    begin = content.rfind(b"\n", 0, at) + 1
    end = content.find(b"\n", at)
    return content[begin : end if end >= 0 else len(content)]
