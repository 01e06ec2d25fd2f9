from __future__ import annotations

from migrator.domain.expression import dotted


def test_calls_are_found_wherever_they_stand(read):
    facts = read("""
        @decorator()
        class A(base()):
            field = in_class()
            def f(self, x=default()):
                return outer(inner())[key()]
        if test(): ...
        with context(): ...
        del d[deleted()]
        raise failure() from cause()
    """)
    assert {dotted(each.call.callee): each.scope for each in facts.invocations} == {
        "decorator": "",
        "base": "",
        "in_class": "A",
        "default": "A",
        "outer": "A.f",
        "inner": "A.f",
        "key": "A.f",
        "test": "",
        "context": "",
        "deleted": "",
        "failure": "",
        "cause": "",
    }


def test_loops_are_counted_inside_the_function(read):
    facts = read("""
        for a in zero():
            while one():
                two()
                [three() for b in two_again()]
                def f():
                    none()
        else:
            zero_again()
    """)
    assert {dotted(each.call.callee): each.loops for each in facts.invocations} == {
        "zero": 0,
        "one": 2,
        "two": 2,
        "two_again": 2,
        "three": 3,
        "none": 0,
        "zero_again": 0,
    }


def test_the_handler_of_a_failure_is_told_from_the_attempt(read):
    facts = read("""
        try:
            first()
        except E:
            second()
        else:
            third()
        finally:
            fourth()
    """)
    assert [each.handler for each in facts.invocations] == [False, True, False, False]


def test_a_call_knows_the_name_it_is_assigned_to(read):
    facts = read("""
        a = f(g())
        self.b = await f()
        c: T = f()
        d, e = f(), f()
        if h := f(): ...
        i = f().x
        f()
    """)
    results = [each.result for each in facts.invocations if dotted(each.call.callee) == "f"]
    assert results == ["a", "self.b", "c", "d", "e", "h", None, None]
