from __future__ import annotations

import pytest

from migrator.domain.facts import Course


def guard(read, text):
    (found,) = read(text).guards
    return found


@pytest.mark.parametrize(
    ("body", "course"),
    [
        ("raise ValueError(x)", Course.RAISES),
        ("return x", Course.RETURNS),
        ("continue", Course.SKIPS),
        ("sys.exit(2)", Course.RAISES),
        ("log(x)", Course.GOES_ON),
    ],
)
def test_branch_tells_how_it_ends(read, body, course):
    text = f"def f(x):\n  while 1:\n    if x in T:\n      {body}\n    go(x)\n"
    found = next(each for each in read(text).guards if each.then.course is course)
    assert found.scope == "f"


def test_branch_that_raises_names_the_exception(read):
    found = guard(read, "if x: pass\nelse: raise errors.Unknown(x)\n")
    assert (found.then.course, found.otherwise.raised) == (Course.GOES_ON, "errors.Unknown")


def test_assertion_is_a_guard_that_raises(read):
    found = guard(read, "assert x in T\n")
    assert found.asserts
    assert found.otherwise.course is Course.RAISES


def test_elif_guards_up_to_the_end_of_the_block_of_its_if(read):
    text = "def f(x):\n if x: return 1\n elif y: return 2\n return 3\n"
    first, second = read(text).guards
    assert first.ends == second.ends == len(text) - 1


def test_case_compares_the_subject_with_its_literals(read):
    text = "match x:\n case 'a' | 'b': pass\n case _: raise ValueError\n"
    found = guard(read, text)
    assert [each.value for each in found.test.right.items] == ["a", "b"]
    assert found.otherwise.course is Course.RAISES


@pytest.mark.parametrize(
    ("handler", "caught"),
    [
        ("except KeyError: pass", ("KeyError",)),
        ("except (KeyError, errors.Odd): pass", ("KeyError", "errors.Odd")),
        ("except KeyError: raise ValueError(x)", ()),
        ("except: pass", ("BaseException",)),
    ],
)
def test_look_up_knows_what_is_caught_around_it(read, handler, caught):
    (found,) = read(f"try: y = T[x]\n{handler}\n").lookups
    assert found.caught == caught


def test_broad_handler_around_much_work_is_no_fallback_for_a_look_up(read):
    text = "try:\n a()\n b()\n y = T[x]\nexcept Exception: pass\n"
    assert read(text).lookups[0].caught == ()


@pytest.mark.parametrize("text", ["T['a']", "T[0]", "T[1:2]", "x: dict[str, V] = {}", "T[-1]"])
def test_literal_keys_and_types_are_no_look_ups(read, text):
    assert read(text).lookups == ()


def test_binding_in_a_loop_hangs_on_more_than_guards(read):
    text = "if x:\n a = 1\nfor y in z:\n if y: a = 2\n"
    first, second = (each for each in read(text).scopes[""].bindings if each.name == "a")
    assert (first.attempted, second.attempted) == (False, True)


def test_dropped_item_is_a_binding(read):
    found = read("o.pop('a')\ndel o['b']\n").scopes[""].bindings
    assert [(each.how, each.key) for each in found] == [("drop", "a"), ("drop", "b")]


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("T[x] += 1", 1),
        ("def f():\n    T[x] += 1", 1),
        ("def f():\n    self.t[x] += 1", 1),
        ('T["a"] += 1', 0),
        ("T[x] = 1", 0),
    ],
)
def test_an_item_that_is_changed_is_looked_up_first(read, text, looked_up):
    assert len(read(text).lookups) == looked_up
