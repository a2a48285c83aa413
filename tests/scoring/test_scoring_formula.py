"""The language of formulas: what it computes, what gaps do in it, and what it refuses and where."""

from __future__ import annotations

import numpy as np
import pytest
from engine_models import flat, number

from scoring.answers import encode, encode_many
from scoring.columns import KNOWN, MISSING, NOT_APPLICABLE, UNDEFINED, Number, Truth
from scoring.compile import compile as compile_model
from scoring.formula import FormulaError, compile_condition, compile_formula, names
from scoring.values import Values
from scoring.vocabulary import Ids

MODEL = flat(
    [number("a", na_allowed=True), number("b")],
    unscored=(
        {"id": "kind", "kind": "choice", "options": {"maker": None, "trader": None}, "na_allowed": True},
        {"id": "modes", "kind": "multi-choice", "options": {"x": None, "y": None}, "na_allowed": True},
        {"id": "t", "kind": "table", "rows": ["in", "3d"], "columns": {"y0": None}},
        {"id": "day", "kind": "date"},
        {"id": "note", "kind": "text", "required": False},
        {"id": "step", "kind": "ladder", "levels": 5},
    ),
)
COMPILED = compile_model(MODEL)
IDS = Ids(MODEL)


def value(source: str, **answers: object) -> float | str:
    """The one value of a formula, or why it has none."""
    with np.errstate(all="ignore"):
        result = compile_formula(source, IDS).evaluate(Values(COMPILED, encode(COMPILED, answers, year=2025)))
    states = {MISSING: "missing", NOT_APPLICABLE: "not applicable", UNDEFINED: "undefined"}
    return states.get(int(result.state[0]), float(result.value[0]))


def truth(source: str, **answers: object) -> bool | None:
    """Whether a condition holds, None for unknown."""
    with np.errstate(all="ignore"):
        yes, no = compile_condition(source, IDS).evaluate(Values(COMPILED, encode(COMPILED, answers, year=2025)))
    return True if yes[0] else False if no[0] else None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("-a ** 2", -9.0),
        ("(a - b) / 4", 0.25),
        ("2 ** -1", 0.5),
        ("100 * ((a / b) ** (1 / 2) - 1)", 100 * (1.5**0.5 - 1)),
        ("min(a, b, 1) + max(a, b)", 4.0),
        ("mean(a, b, 4)", 3.0),
        ("sum(a, b, 4)", 9.0),
        ("abs(b - a) + sqrt(4) + log(exp(2))", 5.0),
        ("1 if a > b else 0", 1.0),
        ("a if kind == 'maker' else b", 3.0),
        ("t.3d.y0 + t.in.y0", 7.0),
        ("year - 2000", 25.0),
        ("raw(a) + a", 6.0),
        ("step", 2.8),
        ("\n  a\n  + b", 5.0),
    ],
)
def test_value(source: str, expected: float) -> None:
    answers = {
        "a": 3,
        "b": 2,
        "kind": "maker",
        "t": {"in": {"y0": 3}, "3d": {"y0": 4}},
        "step": {"level": 3, "degree": "most"},
    }
    assert value(source, **answers) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("source", "answers", "expected"),
    [
        ("a + b", {"a": 1}, "missing"),
        ("a + b", {"a": {"na": "no"}, "b": 1}, "not applicable"),
        ("a + b", {"a": {"na": "no"}}, "not applicable"),
        ("a / b", {"a": 1, "b": 0}, "undefined"),
        ("a / b", {"b": 0}, "undefined"),
        ("0 / b", {"b": 0}, "undefined"),
        ("log(b)", {"b": 0}, "undefined"),
        ("sqrt(b - 1)", {"b": 0}, "undefined"),
        ("(b - 1) ** 0.5", {"b": 0}, "undefined"),
        ("b ** -1", {"b": 0}, "undefined"),
        ("exp(1000 * b)", {"b": 5}, "undefined"),
        ("a if b > 1 else 2", {"a": 1}, "missing"),
        ("a if b > 1 else 2", {"b": 0}, 2.0),
        ("1 if 'x' in modes else 0", {"modes": []}, 0.0),
        ("1 if 'x' in modes else 0", {"modes": {"na": "no"}}, 0.0),
        ("1 if 'x' in modes else 0", {}, "missing"),
    ],
)
def test_gaps_in_arithmetic(source: str, answers: dict[str, object], expected: object) -> None:
    assert value(source, **answers) == expected


@pytest.mark.parametrize(
    ("source", "answers", "expected"),
    [
        ("a > 1 and b > 1", {"a": 0}, False),
        ("a > 1 and b > 1", {"a": 2}, None),
        ("a > 1 or b > 1", {"a": 2}, True),
        ("a > 1 or b > 1", {"a": 0}, None),
        ("not a > 1", {}, None),
        ("not a > 1", {"a": 1}, True),
        ("0 < a <= 3", {"a": 3}, True),
        ("0 < a <= 3 < b", {"a": 3, "b": 3}, False),
        ("a == 3", {"a": {"na": "no"}}, False),
        ("a != 3", {"a": {"na": "no"}}, True),
        ("kind == 'maker'", {}, None),
        ("kind == 'maker'", {"kind": {"na": "no"}}, False),
        ("kind != 'maker'", {"kind": {"na": "no"}}, True),
        ("'maker' == kind", {"kind": "maker"}, True),
        ("'x' in modes", {"modes": ["x", "y"]}, True),
        ("'x' not in modes", {"modes": ["y"]}, True),
        ("day >= '2025-03-01'", {"day": "2025-03-01"}, True),
        ("'2025-03-01' < day", {"day": "2025-03-01"}, False),
        ("answered(a)", {"a": {"na": "no"}}, True),
        ("answered(a)", {}, None),
        ("answered(note)", {}, False),
        ("answered(note)", {"note": "x"}, True),
        ("answered(t)", {"t": {"in": {"y0": 1}}}, True),
        ("answered(t.3d.y0)", {"t": {"in": {"y0": 1}}}, None),
    ],
)
def test_logic_is_three_valued(source: str, answers: dict[str, object], expected: bool | None) -> None:
    assert truth(source, **answers) is expected


def test_comparisons_are_made_after_rounding() -> None:
    tenth = {"t": {"in": {"y0": 0.1}}}
    assert truth("t.in.y0 * 3 == 0.3", **tenth) is True
    assert truth("t.in.y0 * 3 >= 0.3", **tenth) is True
    assert truth("t.in.y0 * 3 < 0.3 or t.in.y0 * 3 > 0.3", **tenth) is False
    assert truth("t.in.y0 * 3 == 0.3", t={"in": {"y0": 0.1000001}}) is False


@pytest.mark.parametrize(
    ("source", "code", "column"),
    [
        ("", "syntax", 1),
        ("a b", "syntax", 3),
        ("a + unknown", "unknown-name", 5),
        ("  a + unknown", "unknown-name", 7),
        ("t.in.y0 + t.in.y9", "unknown-name", 11),
        ("note + 1", "unknown-name", 1),
        ("kind", "unknown-name", 1),
        ("a.__class__", "unknown-name", 1),
        ("a.b.__globals__", "unknown-name", 1),
        ("__import__('os')", "unknown-function", 1),
        ("().__class__", "number-expected", 1),
        ("(lambda: 1)()", "not-allowed", 1),
        ("open('x')", "unknown-function", 1),
        ("eval('1')", "unknown-function", 1),
        ("[1, 2]", "number-expected", 1),
        ("[x for x in a]", "number-expected", 1),
        ("{'a': 1}", "number-expected", 1),
        ("a[0]", "number-expected", 1),
        ("f'{a}'", "number-expected", 1),
        ("'text'", "number-expected", 1),
        ("True", "number-expected", 1),
        ("None", "number-expected", 1),
        ("1j", "number-expected", 1),
        ("1e400", "number-too-large", 1),
        ("10 ** 1000", "power-too-large", 7),
        ("9 ** 9 ** 9", "power-too-large", 6),
        ("a ** (10 * 20)", "power-too-large", 7),
        ("2 ** (1 / 0)", "power-too-large", 7),
        ("a % 2", "not-allowed", 1),
        ("a // 2", "not-allowed", 1),
        ("a << 99", "not-allowed", 1),
        ("min()", "wrong-arguments", 1),
        ("min(*a)", "number-expected", 5),
        ("max(a, key=b)", "wrong-arguments", 1),
        ("raw(b, a)", "wrong-arguments", 1),
        ("raw(kind)", "unknown-name", 1),
        ("a if b else 1", "condition-expected", 6),
        ("(a := 1)", "number-expected", 2),
        ("1 if kind == 'makr' else 0", "unknown-option", 14),
        ("1 if kind < 'maker' else 0", "not-allowed", 6),
        ("1 if 'z' in modes else 0", "unknown-option", 6),
        ("1 if a in modes else 0", "not-allowed", 6),
        ("1 if 'x' in kind else 0", "unknown-name", 13),
        ("1 if day > 'soon' else 0", "bad-date", 12),
        ("1 if a is b else 0", "not-allowed", 6),
        ("1 if answered(nothing) else 0", "unknown-name", 6),
        ("a\x00", "syntax", 1),
    ],
)
def test_refused(source: str, code: str, column: int) -> None:
    with pytest.raises(FormulaError) as caught:
        compile_formula(source, IDS)
    assert (caught.value.code, caught.value.column) == (code, column)


@pytest.mark.parametrize(
    "source",
    ["(" * 150 + "1" + ")" * 150, "-" * 3000 + "1", "+".join(["a"] * 1500), "1 if a > 0 else " * 90 + "1", "x" * 5000],
    ids=["brackets", "signs", "long sum", "nested conditions", "long"],
)
def test_hostile_sizes_are_refused_at_once(source: str) -> None:
    if source.startswith("("):
        compile_formula(source, IDS)  # brackets leave no trace in the tree
        return
    with pytest.raises(FormulaError) as caught:
        compile_formula(source, IDS)
    assert caught.value.code in {"too-long", "too-complex", "too-deep", "syntax"}


def test_names_are_listed_once_in_order_without_functions() -> None:
    assert names("max(t.3d.y0, a) / t.3d.y0 if kind == 'a.b' else raw(b)") == ("t.3d.y0", "a", "kind", "b")
    with pytest.raises(FormulaError):
        names("Upper + 1")


def test_a_column_gives_the_same_bits_as_its_rows() -> None:
    rows = [{"a": a, "b": b, "kind": "maker"} for a in (0, 0.1, 1 / 3, 2.5, 5) for b in (0.7, 1.9, 4.3)]
    formula = compile_formula("100 * ((a / b) ** 0.3 - log(b + 1) + exp(-a) + a ** 2.5 + sqrt(a)) / 7", IDS)
    with np.errstate(all="ignore"):
        column: Number = formula.evaluate(Values(COMPILED, encode_many(COMPILED, rows)))
        single = [formula.evaluate(Values(COMPILED, encode(COMPILED, row))).value[0] for row in rows]
    assert (column.value == np.array(single)).all()
    assert (column.state == KNOWN).all()


def test_a_condition_over_a_column() -> None:
    batch = encode_many(COMPILED, [{"a": 1}, {"a": 4}, {}])
    result: Truth = compile_condition("a > 2", IDS).evaluate(Values(COMPILED, batch))
    assert (result.yes.tolist(), result.no.tolist()) == ([False, True, False], [True, False, False])
