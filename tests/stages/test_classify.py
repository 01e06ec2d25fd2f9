from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.domain.config import Config, Decide, Decision, Role
from migrator.domain.facts import (
    FileFacts,
    Import,
    Pragma,
    Scope,
    ScopeKind,
    StringUse,
    Use,
)
from migrator.domain.source import Location
from migrator.domain.trail import Entered, Frame, HopKind
from migrator.stages.classify import classify, gather
from tests.sites import AT, PATH, bound_call, bound_site, hop, paired, reference


def facts(path=PATH, **given):
    empty = {"scopes": {}, "imports": (), "invocations": (), "strings": ()}
    return FileFacts(path=path, language="python", module="m", **(empty | given))


def at(path, symbol="", **changes):
    return paired(bound_site(bound_call(path=path), reference(path=path, **changes), symbol=symbol))


def role(pair, *files, scope="", config=None):
    evidence = gather(files, sites=[pair.bound], scope=scope)
    return classify(pair, evidence, config or Config()).role


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("app/desk.py", Role.PRODUCTION),
        ("tests/desk.py", Role.TEST),
        ("app/test_desk.py", Role.TEST),
        ("app/desk_test.py", Role.TEST),
        ("conftest.py", Role.TEST),
        ("examples/desk.py", Role.EXAMPLE),
        ("app/demo_desk.py", Role.EXAMPLE),
        ("docs/desk.py", Role.DOCS),
        ("README.md", Role.DOCS),
        ("evals/judge.py", Role.EVAL),
        ("app/eval_desk.py", Role.EVAL),
        ("desk/0_generate_eval_data.py", Role.EVAL),
        ("desk/show_eval_results.py", Role.PRODUCTION),
        ("desk/medieval_data.py", Role.PRODUCTION),
        ("benchmarks/run.py", Role.EVAL),
        ("scripts/compare_models.py", Role.COMPARISON),
        ("scripts/ab_test.py", Role.COMPARISON),
        ("app/compare_contracts.py", Role.PRODUCTION),
        ("app/latest.py", Role.PRODUCTION),
        ("app/contest.py", Role.PRODUCTION),
        ("app/retrieval.py", Role.PRODUCTION),
    ],
)
def test_path_tells_the_role(path, expected):
    assert role(at(path)) is expected


def test_only_the_path_below_the_scope_counts():
    pair = at("fixtures/demo/before/app/desk.py")
    assert role(pair, scope="fixtures/demo/before") is Role.PRODUCTION
    assert role(pair) is Role.TEST


def test_test_folder_below_the_scope_still_counts():
    assert role(at("examples/desk/tests/a.py"), scope="examples/desk") is Role.TEST


def scope(symbol, kind=ScopeKind.FUNCTION, **given):
    return {symbol: Scope(symbol, kind, "", AT, 1, **given)}


def test_file_in_which_a_test_tool_finds_tests():
    tool = (Import("pytest", "pytest", None, AT),)
    collected = facts(scopes=scope("test_reply"), imports=tool)
    assert role(at(PATH, "make_desk"), collected) is Role.TEST


@pytest.mark.parametrize(
    "given",
    [
        {"imports": (Import("pytest", "pytest", None, AT),)},
        {"scopes": scope("test_reply")},
        {"scopes": scope("reply"), "imports": (Import("mock", "unittest", "mock", AT),)},
    ],
)
def test_neither_a_test_tool_nor_a_name_alone_makes_a_test(given):
    assert role(at(PATH, "test_reply"), facts(**given)) is Role.PRODUCTION


def test_configuration_wins_over_the_path():
    config = Config(roles={"tests/**": Role.PRODUCTION})
    assert role(at("tests/desk.py"), config=config) is Role.PRODUCTION


def test_reference_in_a_test_makes_a_test_of_a_call_elsewhere():
    pair = paired(bound_site(bound_call(), reference(path="tests/test_desk.py")))
    assert role(pair) is Role.TEST


def test_caller_in_a_test_makes_a_test_of_a_call_elsewhere():
    call = bound_call()
    entered = Entered(
        PATH, "ask", call.invocation.call.at, Frame("tests/test_desk.py", ""), call.invocation.call
    )
    pair = paired(bound_site(replace(call, frame=Frame(PATH, "ask", (entered,))), reference()))
    assert role(pair) is Role.TEST


def test_call_after_a_failure_is_a_fallback():
    call = bound_call()
    after = replace(call, invocation=replace(call.invocation, handler=True))
    assert role(paired(bound_site(after, reference()))) is Role.FALLBACK


def test_caller_after_a_failure_makes_a_fallback():
    call = bound_call()
    entered = Entered(
        PATH, "ask", call.invocation.call.at, Frame("app/main.py", ""), call.invocation.call
    )
    pair = paired(bound_site(replace(call, frame=Frame(PATH, "ask", (entered,))), reference()))
    rescue = facts("app/main.py", invocations=(replace(call.invocation, handler=True),))
    assert role(pair, rescue) is Role.FALLBACK


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("FALLBACK_MODEL", HopKind.ASSIGNMENT, Role.FALLBACK),
        ("cheapModel", HopKind.KEY, Role.FALLBACK),
        ("BASELINE_MODEL", HopKind.ASSIGNMENT, Role.COMPARISON),
        ("MODEL", HopKind.ENVIRONMENT, Role.PRODUCTION),
        ("fallback", HopKind.CHOICE, Role.PRODUCTION),
    ],
)
def test_name_of_the_reference_tells_the_role(name, kind, expected):
    assert role(at(PATH, via=(hop(name, kind=kind),))) is expected


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [("Desk.ask_fallback", Role.FALLBACK), ("ask_with_fallback", Role.PRODUCTION)],
)
def test_name_of_the_function_tells_the_role(symbol, expected):
    assert role(at(PATH, symbol)) is expected


def pragma(verb, line, reason="asked by legal"):
    return facts(pragmas=(Pragma(replace(AT, line=line), verb, "", reason, line),))


@pytest.mark.parametrize("line", [3, 10, 13])
def test_pragma_at_reference_or_call_decides(line):
    site = classify(at(PATH), gather([pragma("pin", line)]), Config())
    assert site.decision is not None
    assert site.decision.decide is Decide.PIN


@pytest.mark.parametrize("line", [2, 9, 14])
def test_pragma_elsewhere_decides_nothing(line):
    assert classify(at(PATH), gather([pragma("pin", line)]), Config()).decision is None


@pytest.mark.parametrize("on", ["s1", "gpt-5.4", f"{PATH}:3", f"{PATH}:10"])
def test_configuration_decides_by_any_name_of_the_site(on):
    config = Config(decisions=(Decision(on=on, decide=Decide.CONFIRM, reason="checked"),))
    assert classify(at(PATH), gather([]), config).decision == config.decisions[0]


def test_wish_to_leave_alone_wins():
    confirm = Decision(on="s1", decide=Decide.CONFIRM, reason="checked")
    pin = Decision(on="gpt-5.4", decide=Decide.PIN, reason="contract")
    site = classify(at(PATH), gather([]), Config(decisions=(confirm, pin)))
    assert site.decision == pin


@pytest.mark.parametrize("gone", [{"expiry": "2026-01-31"}, {"text": "gpt-4.1"}])
def test_decision_lapses(gone):
    decision = Decision(on="s1", decide=Decide.PIN, reason="contract", **gone)
    evidence = gather([], as_of="2026-02-01")
    assert classify(at(PATH), evidence, Config(decisions=(decision,))).decision is None


def asserting(name="config.MODEL", module="config", path="tests/test_a.py"):
    string = StringUse(Location(4, 1, 9, 20), "gpt-5.4", Use.ASSERTED, "", name)
    return facts(path, strings=(string,), imports=(Import(module, "app", module, AT),))


def asserted(test):
    pair = paired(bound_site(bound_call(), reference(path="app/config.py", symbol="MODEL")))
    config = facts("app/config.py")
    files = (replace(config, module="src.app.config"), facts(), test)
    return classify(pair, gather(files), Config()).traits.get("asserted_at", "")


@pytest.mark.parametrize("name", ["config.MODEL", "model_of().MODEL", "sent.kwargs[]", "1"])
def test_assertion_on_the_id_is_kept_as_a_trait(name):
    assert asserted(asserting(name)) == "tests/test_a.py:4"


@pytest.mark.parametrize("other", [{"name": "config.SMALL_MODEL"}, {"module": "prices"}])
def test_assertion_on_another_constant_or_module_is_none_of_ours(other):
    assert asserted(asserting(**other)) == ""


def test_test_that_asserts_its_own_id_is_marked():
    own = classify(at("tests/test_a.py"), gather([asserting("got.model")]), Config()).traits
    assert own["asserts_id"] == "yes"


def test_name_of_a_choice_is_no_name_of_the_reference():
    ref = reference(via=(hop("fallback", kind=HopKind.CHOICE),), symbol="ask.fallback")
    assert role(paired(bound_site(bound_call(), ref))) is Role.PRODUCTION


def test_family_of_an_unknown_model_is_unclear():
    site = classify(paired(bound_site(bound_call())), gather([]), Config())
    assert (site.family, site.tier) == ("unclear", "unclear")
