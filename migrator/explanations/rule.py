"""Explain a rule: what it checks, why, an example, its clause and the facts that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.domain.block import RiskFact
from migrator.domain.layout import BLANK, Row, heading
from migrator.domain.playbook import ParameterFact, Playbook
from migrator.domain.rule import Rule

_FULL = 95  # columns of a rule's own text, a few less than a line of code may have


def rules_called(name: str, rules: Sequence[Rule], playbook: Playbook) -> tuple[str, ...]:
    """Give what a name stands for: codes, or the slug of a rule whose findings bear codes of facts.

    The name is a code or a slug, of a rule or of a fact.
    """
    wanted = name.casefold()
    pairs = [*_pairs(rules, playbook), *((each.slug, each.slug) for each in rules if not each.code)]
    found = (code for code, slug in pairs if wanted in {code.casefold(), slug})
    return tuple(dict.fromkeys(found))


def finding_codes(rules: Sequence[Rule], playbook: Playbook) -> tuple[str, ...]:
    """Give every code that a finding may bear, in order."""
    return tuple(sorted({code for code, _ in _pairs(rules, playbook)}))


def names_of_rules(rules: Sequence[Rule], playbook: Playbook) -> tuple[str, ...]:
    """Give every name that a rule can be asked for by."""
    own = (rule.slug for rule in rules)
    return tuple(
        dict.fromkeys((*(name for pair in _pairs(rules, playbook) for name in pair), *own))
    )


def _pairs(rules: Sequence[Rule], playbook: Playbook) -> Sequence[tuple[str, str]]:
    """Give every code that a finding may bear, with each slug that stands for it."""
    pairs = [(code, rule.slug) for rule in rules for code in rule.codes]
    pairs += [(fact.rule, fact.slug) for fact in playbook.parameters]
    return [*pairs, *((fact.rule, fact.slug) for fact in playbook.risks)]


def explain_rule(code: str, rules: Sequence[Rule], playbook: Playbook) -> Iterator[Row]:
    """Give the rows on one code; `doc` is the text at the head of a rule's file."""
    for rule in rules:
        if code in {rule.name, *rule.codes}:
            yield from _of_rule(rule, code)
    facts = [fact for fact in playbook.parameters if fact.rule == code]
    if facts:
        yield heading(f"{code}  {', '.join(dict.fromkeys(fact.slug for fact in facts))}")
        yield Row(f"clause «{facts[0].clause}»")
    for fact in facts:
        yield BLANK
        yield from _of_fact(fact, playbook)
    yield from _of_risks([fact for fact in playbook.risks if fact.rule == code])
    yield BLANK
    if code not in finding_codes(rules, playbook):
        yield Row("Its findings bear the codes of the playbook's facts.")
        return
    yield Row(
        f"A comment `migrate: accept[{code}] -- reason` at the line removes one such finding."
    )


def _of_rule(rule: Rule, code: str) -> Iterator[Row]:
    yield heading(f"{code}  {rule.slug}" if code != rule.slug else code)
    yield Row(f"{rule.title}; clause «{rule.clause}»")
    for line in _unwrapped(rule.doc.partition("\n")[2].splitlines()):
        if not line.strip():
            yield BLANK
        elif line.startswith(" "):
            yield Row(line.strip(), 4)
        else:
            yield Row(line.strip())


def _unwrapped(lines: Sequence[str]) -> Iterator[str]:
    """Join the lines of a text that were broken where no word more had room."""
    whole: list[str] = []
    for line in lines:
        goes_on = whole and line.strip() and len(whole[-1]) + 1 + len(line.split()[0]) > _FULL
        if whole and not goes_on:
            yield _joined(whole)
            whole = []
        whole.append(line)
    yield _joined(whole)


def _joined(lines: Sequence[str]) -> str:
    return " ".join((*lines[:1], *(each.strip() for each in lines[1:])))


def _of_risks(facts: Sequence[RiskFact]) -> Iterator[Row]:
    if not facts:
        return
    yield heading(f"{facts[0].rule}  {', '.join(dict.fromkeys(fact.slug for fact in facts))}")
    for fact in facts:
        yield BLANK
        yield Row(f"{fact.message}; clause «{fact.clause}»")
        yield Row(f"signs: {fact.signs}", 4)
        yield Row(f"source: {fact.source}", 4)
    yield BLANK
    yield Row("Only strong evidence is reported; it never blocks.")
    yield Row("More: `migrate explain workflow-risk`.")


def _of_fact(fact: ParameterFact, playbook: Playbook) -> Iterator[Row]:
    yield Row(f"`{fact.name}` on {', '.join(fact.surfaces)}: {fact.severity}{_when(fact)}")
    yield Row(fact.message, 4)
    if fact.error:
        yield Row(f"the API answers: {fact.error}", 4)
    if fact.follow_up:
        yield Row(f"do: {fact.follow_up}", 4)
    size = f"; size: {fact.size.kind}, {fact.size.edits} edit" if fact.size else ""
    yield Row(f"evidence: {fact.evidence}{size}", 4)
    read = {each.url: each.read for each in playbook.sources}.get(fact.source)
    yield Row(f"source: {fact.source}{f', read {read}' if read else ''}", 4)


def _when(fact: ParameterFact) -> str:
    values = ", ".join(f"`{each}`" for each in fact.values)
    defaults = ", ".join(f"`{each}`" for each in fact.defaults)
    parts = [
        f"when it is {values}" if values else "",
        f"unless it is the default {defaults}" if defaults else "",
        f"unless the effort is {' or '.join(fact.unless_effort)}" if fact.unless_effort else "",
    ]
    told = ", ".join(each for each in parts if each)
    return f", {told}" if told else ""
