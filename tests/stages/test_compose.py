"""Words go behind a prompt's instructions, in its own form, and never into its data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.domain.block import Point
from migrator.domain.rewrite import Chosen
from migrator.playbook import load_playbook
from migrator.stages.compose import Composed, Nowhere, compose

BLOCKS = {each.id: each for each in load_playbook("gpt-5.5").blocks}
SECTION = Chosen(
    block=BLOCKS["research"],
    points=(Point(id="a", text="Do a."), Point(id="b", text="Do b."), Point(id="c", text="Do c.")),
)
RULE = Chosen(block=BLOCKS["batch"], points=(Point(id="r", text="Leave none out."),))


def grown(text, *chosen):
    made = compose(text, chosen)
    assert isinstance(made, Composed), made
    return text[: made.position] + made.addition + text[made.position :]


FORMS = {
    "a sentence": ("Sort the letters by day", (RULE,), "Sort the letters by day. Leave none out."),
    "paragraphs": (
        "Sort the letters.\n\nBe kind to all.",
        (SECTION,),
        "Sort the letters.\n\nBe kind to all.\n\nDo a. Do b. Do c.",
    ),
    "lines": (
        "Sort the letters.\nBe kind.",
        (RULE,),
        "Sort the letters.\nBe kind.\nLeave none out.",
    ),
    "headings in capitals": (
        "Sort the letters.\n\n## TONE\nBe kind.\n",
        (SECTION,),
        "Sort the letters.\n\n## TONE\nBe kind.\n\n## EVIDENCE\nDo a.\nDo b.\nDo c.\n",
    ),
    "bold titles": (
        "Sort the letters.\n\n**Tone:**\n- Be kind.\n",
        (SECTION,),
        "Sort the letters.\n\n**Tone:**\n- Be kind.\n\n**Evidence:**\n- Do a.\n- Do b.\n- Do c.\n",
    ),
    "elements": (
        "<task>\n  Sort letters.\n</task>",
        (SECTION,),
        "<task>\n  Sort letters.\n</task>\n\n<evidence>\n  Do a.\n  Do b.\n  Do c.\n</evidence>",
    ),
    "numbered rules": (
        "Sort the letters.\n\nRules:\n1) Be kind.\n2) Be brief.\n\n{letters}",
        (RULE,),
        "Sort the letters.\n\nRules:\n1) Be kind.\n2) Be brief.\n3) Leave none out.\n\n{letters}",
    ),
    "what leads to data that is put behind": (
        "Sort the letters.\nBe kind.\n\nThese are the letters of today:\n```",
        (RULE,),
        "Sort the letters.\nBe kind.\nLeave none out.\n\nThese are the letters of today:\n```",
    ),
    "steps are no rules": (
        "Sort the letters.\n\nSteps:\n1. Read.\n2. Sort.",
        (RULE,),
        "Sort the letters.\n\nSteps:\n1. Read.\n2. Sort.\n\nCompleteness:\nLeave none out.",
    ),
    "indented": (
        "Sort the letters.\n    Be kind.\n    ",
        (RULE,),
        "Sort the letters.\n    Be kind.\n    Leave none out.\n    ",
    ),
    "data in an element at the end": (
        "Sort these letters by day.\n<letters>\n{{ letters }}\n</letters>",
        (RULE,),
        "Sort these letters by day.\nLeave none out.\n<letters>\n{{ letters }}\n</letters>",
    ),
    "examples at the end": (
        "Sort these letters by day.\n\nExamples:\nA: monday\nB: sunday",
        (RULE,),
        "Sort these letters by day.\nLeave none out.\n\nExamples:\nA: monday\nB: sunday",
    ),
    "a slot for the answer": (
        "Sort these letters by day.\n\n{letters}\n\nAnswer:",
        (RULE,),
        "Sort these letters by day.\nLeave none out.\n\n{letters}\n\nAnswer:",
    ),
    "a section of the same name": (
        "## Evidence\nCite it.\n\n## Tone\nBe kind.",
        (SECTION,),
        "## Evidence\nCite it.\n\n## Tone\nBe kind.\n\n## Claims and sources\nDo a.\nDo b.\nDo c.",
    ),
    "headings that are closed": (
        "# Task #\nSort the letters.\n\n# Tone #\nBe kind.",
        (SECTION,),
        "# Task #\nSort the letters.\n\n# Tone #\nBe kind.\n\n# Evidence #\nDo a.\nDo b.\nDo c.",
    ),
    "elements of one line": (
        "<task>Sort letters.</task>\n<tone>Be kind.</tone>",
        (SECTION,),
        "<task>Sort letters.</task>\n<tone>Be kind.</tone>\n<evidence>Do a. Do b. Do c.</evidence>",
    ),
    "an element around it all": (
        "<prompt>\n  Sort the letters.\n\n  Be kind.\n</prompt>\n{letters}",
        (RULE,),
        "<prompt>\n  Sort the letters.\n\n  Be kind.\n\n  Leave none out.\n</prompt>\n{letters}",
    ),
    "a branch at the end": (
        "Sort the letters by day.\n{% if late %}\nBe quick.\n{% endif %}",
        (RULE,),
        "Sort the letters by day.\nLeave none out.\n{% if late %}\nBe quick.\n{% endif %}",
    ),
    "a branch before the end": (
        "{% if late %}\nBe quick.\n{% endif %}\nSort the letters by day.",
        (RULE,),
        "{% if late %}\nBe quick.\n{% endif %}\nSort the letters by day.\nLeave none out.",
    ),
    "a trimmed branch on lines of its own": (
        "Sort the letters by day.\n{%- if late %}\n\nBe quick.\n{%- endif %}",
        (RULE,),
        "Sort the letters by day.\nLeave none out.\n{%- if late %}\n\nBe quick.\n{%- endif %}",
    ),
    "a rule with something woven in": (
        "Sort these letters.\n\nRules:\n1. Be kind to {name} please.\n",
        (RULE,),
        "Sort these letters.\n\nRules:\n1. Be kind to {name} please.\n2. Leave none out.\n",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_words_take_the_form_of_the_prompt(form):
    text, chosen, after = FORMS[form]
    assert grown(text, *chosen) == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{letters}", "made of what is woven in"),
        ("Sort all of these letters by day: {letters}", "share a line"),
        ("Sort these letters by day:\n```\nDear town,\n", "inside a fenced passage"),
        ("Sort these letters by day.\n{%- if a %} Be kind.{% endif %}", "goes on in the same line"),
        ("Sort these by day:\n- the letters\n- {letters}", "in the middle of its last list"),
    ],
)
def test_a_prompt_without_an_end_of_instructions_gets_none(text, why):
    made = compose(text, (RULE,))
    assert isinstance(made, Nowhere)
    assert why in made.why


KINDS = [
    *("Sort these letters by day.", "- Be kind.", "1. Be brief.", "## Rules", "{letters}", ""),
    *("  x", "<a>", "</a>", "```", "Examples:", "Answer:", "**Tone**", "{{ day }} is a day."),
]


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=12))
def test_every_line_of_any_prompt_stays_as_it_is(lines):
    text = "\n".join(lines)
    made = compose(text, (RULE, SECTION))
    if isinstance(made, Composed):
        after = text[: made.position] + made.addition + text[made.position :]
        left = iter(after.split("\n"))
        assert all(any(each.startswith(line.rstrip()) for each in left) for line in lines if line)
        assert made.addition.count("Leave none out.") == 1
