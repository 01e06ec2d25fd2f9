"""Make sites by hand, with sane defaults: every test names only what matters to it."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.domain.catalogue import Recognised
from migrator.domain.config import Decision, Role
from migrator.domain.expression import (
    Call,
    Entry,
    Expression,
    Name,
    Opaque,
    Scalar,
    Series,
    Table,
    Text,
)
from migrator.domain.facts import Invocation
from migrator.domain.finding import Finding, Severity, Size, SizeKind
from migrator.domain.playbook import CallShape
from migrator.domain.prompt import PromptKind, PromptLink, PromptSurface, Speaker
from migrator.domain.site import (
    BoundCall,
    BoundSite,
    ClassifiedSite,
    JudgedSite,
    PairedSite,
    Plain,
    Reference,
    Setting,
    SettingState,
)
from migrator.domain.source import Location, Place
from migrator.domain.surface import Surface
from migrator.domain.trail import Confidence, Found, Frame, Hop, HopKind
from tests.playbooks import CATALOGUE, OPENAI, RESPONSES

AT = Location(1, 1, 0, 1)
PATH = "app/desk.py"
SHORT_PROMPT = "Summarise the ticket in one sentence."


def sent(value: Plain, line: int = 1) -> Setting:
    """Make a setting with a literal value."""
    end: Expression = Text(AT, value) if isinstance(value, str) else Scalar(AT, value)
    return sent_as(end, value=value, line=line)


def sent_as(*ends: Expression, value: Plain = None, line: int = 1, path: str = PATH) -> Setting:
    """Make an explicit setting that was followed to these expressions, and to no others."""
    return Setting(
        state=SettingState.EXPLICIT,
        value="seen" if value is None and len(ends) == 1 else value,
        at=Place(path, line),
        ends=tuple(found_at(each, path) for each in ends),
    )


def found_at(expression: Expression, path: str = PATH) -> Found:
    """Say that following ended at this expression."""
    return Found(expression, Frame(path, ""))


def unread(reason: str = "from the environment", line: int = 1) -> Setting:
    """Make a setting whose value could not be followed."""
    return Setting(state=SettingState.UNRESOLVED, at=Place(PATH, line), reason=reason)


def series(*items: Expression) -> Series:
    """Make a list literal."""
    return Series(AT, items)


def table(**entries: str) -> Table:
    """Make a mapping literal of texts."""
    return Table(AT, tuple(Entry(Text(AT, key), Text(AT, text)) for key, text in entries.items()))


def opaque() -> Opaque:
    """Make an expression that nothing can be read from."""
    return Opaque(AT, "comprehension")


def recognised(text: str) -> Recognised:
    """Read a model id by the small catalogue."""
    found = CATALOGUE.recognise(text)
    assert found is not None, text
    return found


def reference(
    text: str = "gpt-5.4", *, line: int = 3, path: str = PATH, **changes: object
) -> Reference:
    """Make a reference to a model id, on a line of its own."""
    given: dict[str, object] = {
        "path": path,
        "place": Place(path, line, 10),
        "at": Location(line, 10, line * 100, line * 100 + len(text)),
        "symbol": "",
        "recognised": recognised(text),
    }
    return Reference(**(given | changes))  # type: ignore[arg-type]


def hop(
    detail: str = "MODEL",
    *,
    kind: HopKind = HopKind.ASSIGNMENT,
    confidence: Confidence = Confidence.CERTAIN,
) -> Hop:
    """Make one hop of a path."""
    return Hop(Place(PATH, 2), kind, confidence, detail)


def bound_call(
    settings: Mapping[str, Setting] | None = None,
    *,
    surface: Surface = RESPONSES,
    line: int = 10,
    path: str = PATH,
    hidden: tuple[str, ...] = (),
    **changes: object,
) -> BoundCall:
    """Make a call; its settings are written at it, apart from the `hidden` ones."""
    written = {name.partition(".")[0] for name in settings or {} if name not in hidden}
    callee = Name(AT, "create")
    invocation = Invocation(Call(Location(line, 5, line * 100, line * 100 + 9), callee, (), ()), "")
    given: dict[str, object] = {
        "place": Place(path, line, 5),
        "end_line": line + 3,
        "text": "client.create",
        "frame": Frame(path, ""),
        "invocation": invocation,
        "shape": CallShape(id="create", library="openai", surface=surface.id),
        "surface": surface,
        "receiver": OPENAI,
        "client": {},
        "settings": settings or {},
        "arguments": dict.fromkeys(sorted(written), found_at(opaque())),
    }
    return BoundCall(**(given | changes))  # type: ignore[arg-type]


def bound_site(
    call: BoundCall | None = None, ref: Reference | None = None, **changes: object
) -> BoundSite:
    """Make a bound site at its call, or at its reference when it has no call."""
    assert call or ref, "a site has a call or a reference"
    given: dict[str, object] = {
        "id": "s1",
        "place": call.place if call else ref and ref.place,
        "symbol": "",
        "language": "python",
        "call": call,
        "reference": ref,
    }
    return BoundSite(**(given | changes))  # type: ignore[arg-type]


def prompt(text: str = SHORT_PROMPT, **changes: object) -> PromptLink:
    """Make a certain tie to an inline prompt of these words."""
    surface = PromptSurface(
        id="p1",
        path=PATH,
        at=AT,
        end_line=1,
        kind=PromptKind.INLINE,
        speaker=Speaker.INSTRUCTIONS,
        text=text,
        editable=True,
        words=len(text.split()),
        lines=text.count("\n") + 1,
    )
    given: dict[str, object] = {
        "surface": surface,
        "path": PATH,
        "line": 1,
        "kind": PromptKind.INLINE,
        "speaker": Speaker.INSTRUCTIONS,
        "confidence": Confidence.CERTAIN,
    }
    return PromptLink(**(given | changes))  # type: ignore[arg-type]


def wordless(kind: PromptKind, **changes: object) -> PromptLink:
    """Make a prompt part without words of its own."""
    return prompt(**({"surface": None, "kind": kind, "speaker": Speaker.USER} | changes))


def paired(
    bound: BoundSite | None = None, prompts: tuple[PromptLink, ...] | None = None
) -> PairedSite:
    """Make a paired site; by default a clean gpt-5.4 call with a short prompt."""
    return PairedSite(
        bound=bound or bound_site(bound_call(), reference()),
        prompts=(prompt(),) if prompts is None else prompts,
    )


def classified(
    bound: BoundSite | None = None,
    prompts: tuple[PromptLink, ...] | None = None,
    *,
    role: Role = Role.PRODUCTION,
    decision: Decision | None = None,
    traits: Mapping[str, str] | None = None,
) -> ClassifiedSite:
    """Make a classified site, by default of production."""
    pair = paired(bound, prompts)
    ref = pair.bound.reference
    model = ref.recognised.model if ref else None
    return ClassifiedSite(
        paired=pair,
        role=role,
        why_role="said by the test",
        family=model.family if model else "unclear",
        tier=model.tier if model else "unclear",
        traits=traits or {},
        decision=decision,
    )


def site_of(
    settings: Mapping[str, Setting] | None = None, model: str = "gpt-4.1", **changes: object
) -> ClassifiedSite:
    """Make a classified site of one call with these settings and this model."""
    return classified(bound_site(bound_call(settings, **changes), reference(model)))  # type: ignore[arg-type]


def finding(severity: Severity = Severity.BLOCKS, rule: str = "R12", line: int = 10) -> Finding:
    """Make a finding of a severity."""
    return Finding(
        rule=rule,
        clause="blocked.2",
        severity=severity,
        message=f"{rule} says so",
        at=Place(PATH, line),
        size=Size(SizeKind.PARAMETER, 1) if severity is Severity.BLOCKS else None,
    )


def judged(site: ClassifiedSite | None = None, *findings: Finding) -> JudgedSite:
    """Make a judged site, by default a clean one that may move by string alone."""
    return JudgedSite(classified=site or classified(), findings=findings)
