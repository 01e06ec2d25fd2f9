"""Split names into words, and hold the words that tell a role."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

# What tests read; folders of tests themselves are told in the domain.
TEST_DATA_FOLDERS = frozenset({"fixtures", "testdata", "mocks", "__mocks__", "cassettes"})
DOCS_FOLDERS = frozenset({"doc", "docs", "docs_src", "documentation"})
EXAMPLE_FOLDERS = frozenset(
    {"example", "examples", "sample", "samples", "demo", "demos", "cookbook", "cookbooks"}
    | {"tutorial", "tutorials", "notebook", "notebooks", "quickstart", "quickstarts"}
)
EVAL_FOLDERS = frozenset(
    {"eval", "evals", "evaluation", "evaluations", "bench", "benches", "benchmark", "benchmarks"}
)
COMPARISON_FOLDERS = frozenset(
    {"ab_test", "ab_tests", "baseline", "baselines", "comparison", "comparisons"}
)

EXAMPLE_STEMS = frozenset({"example", "examples", "demo", "quickstart", "tutorial"})
EVAL_WORDS = frozenset({"eval", "evals", "evaluate", "evaluation", "benchmark", "bench"})
EVAL_DATA_WORDS = frozenset({"data", "dataset", "datasets", "set", "cases", "samples", "questions"})
FALLBACK_WORDS = frozenset({"fallback", "fallbacks", "backup", "backups", "cheap", "cheaper"})
BASELINE_WORDS = frozenset({"baseline", "baselines"})
COMPARE_WORDS = frozenset({"compare", "comparison"})
MODEL_WORDS = frozenset({"model", "models", "llm", "llms"})
JUDGE_WORDS = frozenset({"judge", "judges"})
GRADER_WORDS = frozenset({"grader", "graders"})
GUARDRAIL_WORDS = frozenset({"guardrail", "guardrails", "moderator", "moderation"})
ROUTER_WORDS = frozenset({"router", "routing", "triage", "dispatcher"})

_MEASURES = re.compile(
    r"\b(?:benchmarks?|bench|evals|eval (?:harness|suite|script))\b", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """Split a name into lower-case words at underscores, dots, hyphens and capitals."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return tuple(each.lower() for each in re.split(r"[^A-Za-z0-9]+", spaced) if each)


def compares_models(name: str) -> bool:
    """Whether a name speaks of setting models side by side, not of comparing anything at all."""
    found = set(words(name))
    if found & BASELINE_WORDS or {"ab", "test"} <= found:
        return True
    return bool(found & COMPARE_WORDS and found & MODEL_WORDS)


def is_fallback(name: str) -> bool:
    """Whether a name says "used when another fails"; `ask_with_fallback` holds both, so not."""
    found = words(name)
    return any(
        word in FALLBACK_WORDS and "with" not in found[:place] for place, word in enumerate(found)
    )


def is_judge(name: str) -> bool:
    """Whether a name is that of one who scores the answers of others; `judge()` is but a verb."""
    return any(_is_judge(words(part)) for part in name.split("."))


def _is_judge(found: tuple[str, ...]) -> bool:
    if GRADER_WORDS & set(found):
        return True
    last = bool(found[1:]) and found[-1] in JUDGE_WORDS
    return last or any(
        one in JUDGE_WORDS and other in MODEL_WORDS for one, other in pairwise(found)
    )


def duty(name: str) -> str:
    """Name the duty in the product that a name tells: guardrail or router; empty for others."""
    found = set(words(name))
    if found & GUARDRAIL_WORDS:
        return "guardrail"
    return "router" if found & ROUTER_WORDS else ""


def measures(sentence: str) -> str:
    """Give the word by which a sentence says that something is measured; empty without one."""
    found = _MEASURES.search(sentence)
    return found[0].lower() if found else ""
