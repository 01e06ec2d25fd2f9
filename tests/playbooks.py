"""Make a small playbook by hand: a few models, surfaces and facts."""

from __future__ import annotations

from migrator.domain.catalogue import Catalogue, Model, Prefix, Standing, Tier
from migrator.domain.finding import Severity, Size, SizeKind
from migrator.domain.grammar import Grammar
from migrator.domain.playbook import ParameterFact, Playbook, Receiver, Thresholds
from migrator.domain.source import Location
from migrator.domain.surface import Surface, Unavailable

AT = Location(1, 1, 0, 1)
PATH = "app/desk.py"
TARGET = "gpt-5.5"
EFFORTS = ("none", "low", "medium", "high", "xhigh")
SHORT_PROMPT = "Summarise the ticket in one sentence."

OPENAI = Receiver(id="client", library="openai", constructors=("OpenAI",), base_url=("base_url",))
AZURE = Receiver(id="azure", library="openai", constructors=("AzureOpenAI",), host="azure")
RESPONSES = Surface(
    id="responses",
    library="openai",
    label="Responses",
    effort="reasoning.effort",
    tools=("tools",),
    output_format=("text.format",),
    output_cap=("max_output_tokens",),
    state=("previous_response_id",),
)
CHAT = Surface(
    id="chat_completions",
    library="openai",
    label="Chat Completions",
    effort="reasoning_effort",
    tools=("tools", "functions"),
    output_format=("response_format",),
    output_cap=("max_completion_tokens", "max_tokens"),
)
GONE = Surface(
    id="assistants",
    library="openai",
    label="Assistants",
    unavailable=Unavailable(
        rule="R29",
        clause="blocked.1",
        message="the Assistants API is gone",
        size=Size(SizeKind.API, 1),
        follow_up="Port it.",
        source="",
    ),
)

MODELS = (
    Model(id="gpt-5.4", family="GPT-5.4", tier=Tier.MAINLINE, kind="text", standing=Standing.SOURCE,
          efforts=EFFORTS, effort_default="none"),
    Model(id="gpt-5.4-2026-03-05", family="GPT-5.4", tier=Tier.MAINLINE, kind="text",
          standing=Standing.SOURCE, snapshot_of="gpt-5.4", efforts=EFFORTS, effort_default="none"),
    Model(id="gpt-5.4-mini", family="GPT-5.4", tier=Tier.SMALL, kind="text",
          standing=Standing.SOURCE, efforts=EFFORTS, effort_default="none"),
    Model(id="gpt-5.4-pro", family="GPT-5.4", tier=Tier.PRO, kind="text",
          standing=Standing.SOURCE, efforts=("medium", "high"), effort_default="medium"),
    Model(id="gpt-5", family="GPT-5", tier=Tier.MAINLINE, kind="text", standing=Standing.SOURCE,
          efforts=("minimal", "low", "medium", "high"), effort_default="medium"),
    Model(id="gpt-4.1", family="GPT-4.1", tier=Tier.MAINLINE, kind="text",
          standing=Standing.SOURCE),
    Model(id="chatgpt-4o-latest", family="GPT-4o", tier=Tier.CHAT, kind="text",
          standing=Standing.SOURCE, alias=True),
    Model(id="gpt-4o-search-preview", family="GPT-4o", tier=Tier.MAINLINE, kind="text",
          standing=Standing.SOURCE, blocked="it searches by itself"),
    Model(id="gpt-5-turbo", family="GPT-5", tier=Tier.MAINLINE, kind="text",
          standing=Standing.SOURCE, exists=False),
    Model(id=TARGET, family="GPT-5.5", tier=Tier.MAINLINE, kind="text", standing=Standing.TARGET,
          efforts=EFFORTS, effort_default="medium"),
    Model(id="gpt-6-sol", family="GPT-6", tier=Tier.MAINLINE, kind="text",
          standing=Standing.NEWER),
)  # fmt: skip
PREFIXES = (
    Prefix(text="openai/", provider="OpenAI", route="direct"),
    Prefix(text="azure/", provider="Azure", route="deployment"),
    Prefix(text="openrouter/openai/", provider="OpenRouter", route="gateway"),
)
CATALOGUE = Catalogue(
    models={each.id: each for each in MODELS},
    prefixes=PREFIXES,
    grammar=Grammar(
        shapes=("gpt-[0-9]",), quoted_shapes=(), foreign=("claude-.*",), suffix=":[a-z]+"
    ),
    target=TARGET,
)


def fact(name: str, rule: str = "R12", **changes: object) -> ParameterFact:
    """Make a certain parameter fact that rejects any value but a default."""
    given: dict[str, object] = {
        "rule": rule,
        "slug": f"{name}-rejected",
        "name": name,
        "surfaces": ("responses", "chat_completions"),
        "severity": Severity.BLOCKS,
        "message": f"{name} is rejected",
        "error": "",
        "clause": "blocked.2",
        "size": Size(SizeKind.PARAMETER, 1),
        "follow_up": f"Drop {name}.",
        "evidence": "probe",
        "source": "https://example.org/fact",
    }
    return ParameterFact(**(given | changes))  # type: ignore[arg-type]


def playbook(*parameters: ParameterFact, rules_off: tuple[str, ...] = ()) -> Playbook:
    """Make a playbook of the small catalogue with these parameter facts."""
    return Playbook(
        name=TARGET,
        target=TARGET,
        digest="0",
        sources=(),
        thresholds=Thresholds(),
        catalogue=CATALOGUE,
        parameters=parameters,
        libraries=(),
        string_only_families=("GPT-5.4",),
        rules_off=rules_off,
    )
