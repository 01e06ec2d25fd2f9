"""Split names into words, and hold the words that tell a role."""

from __future__ import annotations

import re

TEST_FOLDERS = frozenset(
    {"test", "tests", "__tests__", "unit_tests", "integration_tests", "e2e", "e2e_tests"}
    | {"fixtures", "testdata", "mocks", "__mocks__"}
)
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
FALLBACK_WORDS = frozenset({"fallback", "backup", "cheap", "cheaper"})
BASELINE_WORDS = frozenset({"baseline", "baselines"})
COMPARE_WORDS = frozenset({"compare", "comparison"})
MODEL_WORDS = frozenset({"model", "models", "llm", "llms"})


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
