from __future__ import annotations

import pytest

from migrator.domain.expression import Call, Item, Member, Name, Opaque, Series, Table, Text
from migrator.domain.facts import ScopeKind


@pytest.fixture
def bound(read):
    def bindings(text, scope=""):
        found = read(text).scopes[scope].bindings
        return [
            (each.name, each.how, each.key, getattr(each.value, "value", None)) for each in found
        ]

    return bindings


def test_scopes_are_named_by_their_symbols(read):
    facts = read("""
        class Desk:
            async def answer(self):
                def inner(): ...
        def outer():
            class Local: ...
    """)
    assert {each.symbol: (each.kind, each.parent) for each in facts.scopes.values()} == {
        "": (ScopeKind.MODULE, None),
        "Desk": (ScopeKind.CLASS, ""),
        "Desk.answer": (ScopeKind.FUNCTION, "Desk"),
        "Desk.answer.inner": (ScopeKind.FUNCTION, "Desk.answer"),
        "outer": (ScopeKind.FUNCTION, ""),
        "outer.Local": (ScopeKind.CLASS, "outer"),
    }


def test_the_last_of_several_definitions_has_the_plain_symbol(read):
    facts = read("""
        if fast:
            def pick(): return "a"
        else:
            def pick(): return "b"
        def pick(): return "c"
    """)
    returned = {key: scope.returns[0].value for key, scope in facts.scopes.items() if key}
    assert returned == {"pick#1": "a", "pick#2": "b", "pick": "c"}


def test_parameters_keep_defaults_annotations_and_kinds(read):
    facts = read("def f(self, a: str = 'x', /, *b, c=None, d: int, **e): ...\n")
    assert [
        (each.name, each.kind, each.default is None, each.annotation is None)
        for each in facts.scopes["f"].parameters
    ] == [
        ("self", "positional", True, True),
        ("a", "positional", False, False),
        ("b", "series", True, True),
        ("c", "keyword", False, True),
        ("d", "keyword", True, False),
        ("e", "table", True, True),
    ]


def test_a_scope_keeps_returns_bases_decorators_and_its_annotation(read):
    facts = read("""
        @cached
        class A(Base, metaclass=M):
            @property
            def f(self) -> "OpenAI | None":
                return "a" or b
                return None
    """)
    method = facts.scopes["A.f"]
    assert [each.name for each in facts.scopes["A"].bases] == ["Base"]
    assert [each.name for each in facts.scopes["A"].decorators + method.decorators] == [
        "cached",
        "property",
    ]
    assert len(method.returns) == 2
    assert method.return_annotation.inner[0].name == "OpenAI"


def test_a_type_written_as_a_string_is_placed_inside_its_quotes(read):
    content = b"def f(a: 'Client[Ctx]', b: 'any words at all'): ...\n"
    first, second = read(content).scopes["f"].parameters
    assert content[first.annotation.base.at.start : first.annotation.base.at.end] == b"Client"
    assert isinstance(second.annotation, Text)


def test_assignments_bind_every_target(bound):
    assert bound("a = b = 'x'\na: str = 'y'\nc: int\na += 'z'\n") == [
        ("a", "assignment", "", "x"),
        ("b", "assignment", "", "x"),
        ("a", "assignment", "", "y"),
        ("c", "assignment", "", None),
        ("a", "augmented", "", "z"),
    ]


def test_attributes_are_bound_by_their_path(bound):
    text = "def f(self):\n    self.model = 'x'\n    self.a.b = 'y'\n    g().c = 'z'\n"
    assert bound(text, "f") == [
        ("self.model", "assignment", "", "x"),
        ("self.a.b", "assignment", "", "y"),
    ]


def test_literal_tuples_are_unpacked_in_pairs_and_others_by_index(read):
    text = "a, (b, c) = 'x', ['y', 'z']\nd, e = f()\ng, *h, i = f()\n"
    bindings = read(text).scopes[""].bindings
    assert [(each.name, type(each.value)) for each in bindings] == [
        ("a", Text),
        ("b", Text),
        ("c", Text),
        ("d", Item),
        ("e", Item),
        ("g", Item),
        ("h", Opaque),
        ("i", Item),
    ]
    items = [each.value for each in bindings if isinstance(each.value, Item)]
    assert [each.key.value for each in items] == [0, 1, 0, -1]


def test_items_are_bound_with_their_key(bound):
    assert bound("d['k'] = 'x'\nd[n] = 'y'\nself.d['k'] = 'z'\n") == [
        ("d", "item", "k", "x"),
        ("d", "item", "", "y"),
        ("self.d", "item", "k", "z"),
    ]


def test_a_deeper_item_hides_what_its_outer_item_holds(read):
    binding = read("d['a']['b'] = 'x'\n").scopes[""].bindings[0]
    assert (binding.name, binding.key, binding.how) == ("d", "a", "item")
    assert isinstance(binding.value, Opaque)


def test_growing_calls_bind_what_they_add(bound):
    text = "a.append('x')\nself.a.extend('y')\na.insert(0, 'z')\na.pop(0)\nf().append('w')\n"
    assert bound(text) == [
        ("a", "call", "append", "x"),
        ("self.a", "call", "extend", "y"),
        ("a", "call", "insert", "z"),
    ]


def test_an_update_binds_a_table(read):
    binding = read("k.update(model='x', **rest)\n").scopes[""].bindings[0]
    assert (binding.name, binding.how, binding.key) == ("k", "call", "update")
    assert isinstance(binding.value, Table)
    assert [each.key and each.key.value for each in binding.value.entries] == ["model", None]


def test_loops_contexts_and_failures_bind_their_targets(read):
    bindings = (
        read("""
        for a in b: pass
        with c as d: pass
        try: pass
        except E as e: pass
        for f, g in [("x", "y"), ("z", "w")]: pass
        for h, i in j.items(): pass
    """)
        .scopes[""]
        .bindings
    )
    assert [(each.name, each.how, type(each.value)) for each in bindings] == [
        ("a", "loop", Name),
        ("d", "with", Name),
        ("e", "assignment", Opaque),
        ("f", "loop", Series),
        ("g", "loop", Series),
        ("h", "loop", Call),
        ("i", "loop", Call),
    ]
    assert [each.value for each in bindings[4].value.items] == ["y", "w"]
    assert [each.key for each in bindings[5:]] == ["0", "1"]


def test_declared_names_are_bound_where_they_live(read):
    facts = read("""
        def f():
            global M
            M = "x"
            n = 0
            def g():
                nonlocal n
                n = "y"
    """)
    assert [each.name for each in facts.scopes[""].bindings] == ["M"]
    assert [each.name for each in facts.scopes["f"].bindings] == ["n", "n"]
    assert facts.scopes["f.g"].bindings == ()


def test_captures_of_a_pattern_hide_what_was_bound_before(read):
    facts = read("m = 'x'\nmatch c:\n    case {'m': m, **rest}: pass\n")
    kinds = [(each.name, type(each.value)) for each in facts.scopes[""].bindings]
    assert kinds == [("m", Text), ("m", Item), ("rest", Opaque)]


def test_patterns_bind_what_they_take_out_of_the_subject(read):
    facts = read("""
        match c:
            case [a, *b]: pass
            case Config(model=d): pass
            case "x" | "y" as e: pass
            case f: pass
    """)
    kinds = [(each.name, type(each.value)) for each in facts.scopes[""].bindings]
    assert kinds == [("a", Item), ("b", Opaque), ("d", Member), ("e", Name), ("f", Name)]


def test_setattr_binds_a_member_and_a_computed_name_any_member(bound):
    text = "setattr(s, 'model', 'x')\nsetattr(s, key, 'y')\nsetattr(f(), 'model', 'z')\n"
    assert bound(text) == [
        ("s.model", "assignment", "", "x"),
        ("s.*", "assignment", "", "y"),
    ]


def test_conditional_assignments_stay_in_source_order(bound):
    text = "if a:\n    m = 'x'\nelif b:\n    m = 'y'\nelse:\n    m = 'z'\n"
    assert [each[3] for each in bound(text)] == ["x", "y", "z"]
