"""Plan a folder the way the command does, and trim the plan to what a fixture states."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter

from migrator.adapters.plan_file import dump_plan, plan_schema
from migrator.commands.options import PlanOptions
from migrator.commands.plan import make_plan
from migrator.domain.edit_words import in_words
from migrator.domain.plan import PlanEdit

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = tuple(sorted(place.parent.name for place in FIXTURES.glob("*/before")))
TELLING = ("blocks", "unsettled", "risk", "warns")
PLAIN = ("none_observed", "held")
# Silence about the effort is warned of at nearly every site; listing it would hide the rest. It and
# notes are listed where the case is about them: where it says of a twin what such a code turns on.
EVERYWHERE = frozenset({"R07"})

Document = Mapping


def planned(path: Path, sampling: str = "") -> Document:
    """Give the plan of a folder as the JSON document that `--save` writes.

    With a way to deal with sampling, edits outside the guide are asked for.
    """
    options = PlanOptions(unblock=bool(sampling), sampling=sampling)
    return json.loads(dump_plan(make_plan(path, options).plan))


def sampling_of(case: str) -> str:
    """Give the way with sampling that a case asks for, empty where it does not unblock."""
    expected = FIXTURES / case / "expected.json"
    if not expected.exists():
        return ""
    return json.loads(expected.read_text(encoding="utf-8")).get("unblock", {}).get("sampling", "")


def unblocked(document: Document) -> Document:
    """Give a plan document in which the edits outside the guide are among its own."""
    layer = document["unblocking"]
    return {**document, "edits": [*document["edits"], *layer["edits"]]}


def schema() -> Document:
    """Give the shipped JSON Schema of a plan."""
    return plan_schema()


def trimmed(document: Document, about: Collection[str] = ()) -> Document:
    """Reduce a plan to the shape of `expected.json`, as `fixtures/README.md` defines it.

    `about` are the codes that the case has twins of: findings that bear them are never left out.
    """
    sites = sorted(document["sites"], key=_order)
    mentions = (each for each in document["mentions"] if each["bucket"] != "site")
    optional = {
        "overrides": [f"{_at(each)} {each['key']}" for each in document["overrides"]],
        "sync_sets": _sync_sets(document),
        "skipped": [f"{each['path']}: {each['reason']}" for each in document["skipped"]],
        "notices": document["notices"],
        "unblock": _unblocking(document),
    }
    return {
        "sites": [_site(each, document, about) for each in sites],
        "edits": _by_place((_at(each), _edit(each)) for each in document["edits"]),
        "mentions": _by_place((_at(each), f"{each['text']} {each['bucket']}") for each in mentions),
        **{name: value for name, value in optional.items() if value},
        "accounting": {
            name: count
            for name, count in document["accounting"].items()
            if count or name in {"unread", "residual"}
        },
    }


def _sync_sets(document: Document) -> Document:
    homes = {each["id"]: ", ".join(each["references"]) for each in document["groups"]}
    return {
        homes[each["group"]]: [f"{_at(one)} {one['kind']}" for one in each["members"]]
        for each in document["sync_sets"]
    }


def _unblocking(document: Document) -> Document:
    layer = document["unblocking"]
    if not layer["sampling"]:
        return {}
    places = {each["id"]: _at(each) for each in document["sites"]}
    references = {each["id"]: each["references"][0] for each in document["groups"]}
    return {
        "sampling": layer["sampling"],
        "frees": sorted({places[each] for each in layer["frees"]}),
        "edits": _by_place((_at(each), _in_words(each)) for each in layer["edits"]),
        "left": sorted(f"{references[each['group']]} {each['reason']}" for each in layer["left"]),
    }


def _in_words(edit: Document) -> str:
    made = TypeAdapter(PlanEdit).validate_python(edit)
    return in_words(made) + (" (with the swap)" if made.with_swap else "")


def written(expected: Document) -> str:
    """Give a trimmed plan as the text of an `expected.json`."""
    return json.dumps(expected, indent=2, ensure_ascii=False) + "\n"


def tree(root: Path) -> dict[str, bytes]:
    """Read every file below a folder, by relative path."""
    files = (place for place in sorted(root.rglob("*")) if place.is_file())
    return {place.relative_to(root).as_posix(): place.read_bytes() for place in files}


def _edit(edit: Document) -> str:
    if edit["kind"] == "prompt":
        return f"prompt + {', '.join(edit['blocks'])}"
    return f"{edit['before']} -> {edit['after']}"


def _site(site: Document, document: Document, about: Collection[str]) -> Document:
    places = {each["id"]: _at(each) for each in document["sites"]}
    groups = (each for each in document["groups"] if site["id"] in each["sites"])
    holders = {holder for group in groups for holder in group["held_by"]} - {site["id"]}
    optional = {
        "reference": _reference(site),
        "outcome": site["outcome"],
        "if_confirmed": site["if_confirmed"] if site["call"] else None,
        "asks": sorted(site["asks"]),
        "held_by": sorted(places[each] for each in holders),
        "moves_with": sorted(places[each] for each in site["moves_with"]),
        "findings": _findings(site, about, accepted=False),
        "accepted": _findings(site, about, accepted=True),
        "prompt_edit": site["prompt_edit"] if site["prompt_edit"] not in PLAIN else None,
        "blocks": [_block(each) for each in site["blocks"]],
        "prompts": [f"{_at(each)} {each['kind']}" for each in site["prompts"] if each["prompt"]],
    }
    return {
        "at": _at(site),
        "call": site["call"],
        "surface": site["surface"],
        "role": site["role"],
        "model": site["model"]["written"],
        **{name: value for name, value in optional.items() if value},
    }


def _block(block: Document) -> str:
    return " ".join((block["block"], block["fate"], *block["points"]))


def _findings(site: Document, about: Collection[str], *, accepted: bool) -> list[str]:
    telling = {
        f"{each['rule']} {each['severity']}" + _elsewhere(each["at"], site)
        for each in site["findings"]
        if each["accepted"] is accepted and (each["rule"] in about or _tells(each))
    }
    return sorted(telling)


def _tells(finding: Document) -> bool:
    return finding["severity"] in TELLING and finding["rule"] not in EVERYWHERE


def _elsewhere(at: Document, site: Document) -> str:
    return "" if at["path"] == site["path"] else f" at {_at(at)}"


def _reference(site: Document) -> str:
    return _at(site["references"][0]) if site["references"] else ""


def _order(site: Document) -> tuple[str, int, str, str]:
    return site["path"], site["line"], _reference(site), site["model"]["written"] or ""


def _at(place: Document) -> str:
    return f"{place['path']}:{place['line']}"


def _by_place(entries: Iterator[tuple[str, str]]) -> list[str]:
    def order(entry: tuple[str, str]) -> tuple[str, int, str]:
        path, _, line = entry[0].rpartition(":")
        return path, int(line), entry[1]

    return [f"{at} {text}" for at, text in sorted(entries, key=order)]
