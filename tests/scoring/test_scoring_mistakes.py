"""Mistakes that other assessment tools have shipped, each shown not to be made here; and models that the engine refuses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from engine_models import Plain, flat, ladder, model, number

from scoring.answers import LinkedValue
from scoring.compile import CompileError
from scoring.compile import compile as compile_model
from scoring.display import displayed, displayed_rows
from scoring.engine import score
from scoring.result import Result


def scored(asked: Any, **answers: Any) -> Result:
    return score(compile_model(asked), answers)


def test_an_explicit_weight_of_0_is_not_1() -> None:
    asked = flat([number("a"), number("b")], weights=[0, 1])
    assert scored(asked, a=5, b=2).score == 2.0


def test_a_sum_does_not_saturate_before_its_maximum() -> None:
    """Raising the last answer still raises the total, however high the others are."""
    asked = flat([number(name) for name in "ijklmnop"])
    full = dict.fromkeys("ijklmnop", 5)
    almost = scored(asked, **full | {"p": 4.999999}).score
    assert almost is not None
    assert almost < 5.0
    assert scored(asked, **full).score == 5.0


def test_display_rounds_half_up_and_does_not_cut() -> None:
    assert displayed(3.795, 2) == Decimal("3.80")
    assert displayed(2.675, 2) == Decimal("2.68")
    assert displayed(0.125, 2) == Decimal("0.13")
    assert displayed(3.7999999999999994, 2) == Decimal("3.80")
    assert displayed(-0.125, 2) == Decimal("-0.13")


def test_a_level_is_awarded_by_the_score_not_by_its_display() -> None:
    """3.796 shows as 3.80 and is level 3 all the same."""
    result = scored(flat([number("a")]), a=3.796)
    assert (result.level, displayed(result.score or 0.0, 2)) == (3, Decimal("3.80"))


def test_displayed_rows_add_up() -> None:
    parts = {"a": 1.006, "b": 1.006, "c": 1.006, "d": 0.982}
    rows = displayed_rows(parts, 2)
    assert sum(rows.values()) == displayed(sum(parts.values()), 2) == Decimal("4.00")
    assert rows == {"a": Decimal("1.01"), "b": Decimal("1.01"), "c": Decimal("1.00"), "d": Decimal("0.98")}
    assert displayed_rows({}, 2) == {}
    thirds = displayed_rows(dict.fromkeys("xyz", 1 / 3), 2)
    assert thirds == {"x": Decimal("0.34"), "y": Decimal("0.33"), "z": Decimal("0.33")}


def test_equal_answers_give_equal_totals_whenever_they_are_scored() -> None:
    compiled = compile_model(flat([number("a"), number("b")]))
    answers = {"a": 3.3, "b": 1.7}
    assert len({score(compiled, answers).score for _ in range(5)}) == 1
    assert score(compile_model(flat([number("a"), number("b")])), answers) == score(compiled, answers)


def test_na_leaves_every_denominator_or_none() -> None:
    """Score, effective weights, contributions and the share all leave the same indicator out."""
    asked = flat([number("a", na_allowed=True), number("b"), number("c")], weights=[2, 1, 1], na_ceiling=0.6)
    result = scored(asked, a={"na": "x"}, b=4, c=2)
    nodes = result.nodes
    assert (result.score, result.na_share) == (3.0, 0.5)
    assert [nodes[name].effective_weight for name in "abc"] == [0.0, 0.5, 0.5]
    assert [nodes[name].contribution for name in "abc"] == [None, 2.0, 1.0]
    assert result.score_na_as_zero == 1.5


def test_missing_is_neither_zero_nor_not_applicable() -> None:
    asked = flat([number("a", na_allowed=True), number("b")], na_ceiling=0.6)
    missing, na, zero = scored(asked, b=4), scored(asked, a={"na": "x"}, b=4), scored(asked, a=0, b=4)
    assert (missing.score, missing.outcome, missing.score_interval) == (None, "incomplete", (2.0, 4.5))
    assert (na.score, na.outcome) == (4.0, "level")
    assert (zero.score, zero.outcome) == (2.0, "level")


def test_nothing_falls_back_in_silence() -> None:
    """What cannot be computed has no value and says why."""
    result = scored(_ratio(), a=3, b=0)
    assert (result.nodes["r"].state, result.nodes["r"].reason, result.nodes["r"].raw) == (
        "not-applicable",
        "division-by-zero",
        None,
    )


def _ratio() -> Any:
    nodes = [["total", "total", None, 1], ["d", "dimension", "total", 1], ["d1", "domain", "d", 1]]
    indicators: list[Plain] = [
        {"id": "r", "parent": "d1", "formula": "a / b"},
        {"id": "x", "parent": "d1", "question": "a"},
    ]
    return model({"nodes": nodes, "questions": [number("a"), number("b")], "indicators": indicators})


def test_an_empty_section_moves_nothing() -> None:
    """A domain without indicators is out of scope and the others keep their own numbers."""
    asked = flat([number("a")])
    empty = replace(asked, nodes=(*asked.nodes[:2], replace(asked.nodes[2], id="d0"), *asked.nodes[2:]))
    result = scored(empty, a=3)
    assert (result.score, result.nodes["d0"].state, result.nodes["d1"].value) == (3.0, "out-of-scope", 3.0)


def test_a_link_shows_where_it_comes_from_and_what_was_typed() -> None:
    nodes = [["total", "total", None, 1], ["d", "dimension", "total", 1], ["d1", "domain", "d", 1]]
    indicators: list[Plain] = [{"id": "r", "parent": "d1", "formula": "a / b", "link": ["other", "m"]}]
    asked = model({"nodes": nodes, "questions": [number("a"), number("b")], "indicators": indicators})
    link = LinkedValue(4.0, {"submission": "abc"})
    result = score(compile_model(asked), {"a": 3, "b": 2}, links={"r": link})
    step = next(step for step in result.trace if step.rule == "linked")
    assert (step.output, step.detail["source"], step.detail["own"]) == (4.0, {"submission": "abc"}, 1.5)
    assert result.score == 4.0


def test_a_linked_cell_shows_where_it_comes_from_and_what_was_typed() -> None:
    table = {"id": "t", "kind": "table", "rows": ["a", "b"], "columns": {"y0": None}, "links": ["t.a.y0", "t.b.y0"]}
    nodes = [["total", "total", None, 1], ["d", "dimension", "total", 1], ["d1", "domain", "d", 1]]
    indicators: list[Plain] = [{"id": "r", "parent": "d1", "formula": "t.a.y0 / t.b.y0"}]
    asked = compile_model(model({"nodes": nodes, "questions": [table], "indicators": indicators}))
    links = {"t.a.y0": LinkedValue(8.0, {"submission": "abc"}), "t.b.y0": LinkedValue(4.0, {"submission": "abc"})}
    result = score(asked, {"t": {"a": {"y0": 3}, "b": {"y0": 4}}}, links=links)
    steps = {step.id: (step.output, step.detail["own"]) for step in result.trace if step.rule == "linked"}
    assert steps == {"t.a.y0": (8.0, 3.0), "t.b.y0": (4.0, None)}
    assert {step.detail["source"]["submission"] for step in result.trace if step.rule == "linked"} == {"abc"}
    assert (result.score, score(asked, {}, links=links).missing) == (2.0, ())


def test_the_trace_leads_from_the_answer_to_the_level() -> None:
    asked = flat([ladder("a"), number("n", maximum=100)], weights=[1, 3])
    leaf = replace(asked.indicators[1], rule=_breakpoints())
    result = scored(replace(asked, indicators=(asked.indicators[0], leaf)), a={"level": 3, "degree": "most"}, n=25)
    steps = [(step.id, step.rule, step.output) for step in result.trace]
    assert steps[:4] == [("a", "ladder", 2.8), ("a", "scale", 2.8), ("n", "number", 25.0), ("n", "breakpoints", 3.5)]
    assert next(step for step in result.trace if step.rule == "breakpoints").detail == {
        "points": [[20.0, 3.0], [30.0, 4.0]]
    }
    assert ("d1", "arithmetic", 3.325) in steps
    assert ("n", "contribution", 2.625) in steps
    assert steps[-2:] == [("band", "band", 3.0), ("level", "level", 3.0)]


def _breakpoints() -> Any:
    asked = model(
        {
            "nodes": [["total", "total", None, 1], ["d", "domain", "total", 1]],
            "questions": [number("x")],
            "indicators": [{"id": "x", "parent": "d", "question": "x", "breakpoints": [[0, 0], [20, 3], [30, 4]]}],
        }
    )
    return asked.indicators[0].rule


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"indicators": [{"id": "a", "parent": "d1", "formula": "b +"}]}, "a"),
        ({"indicators": [{"id": "a", "parent": "d1", "formula": "zz"}]}, "a"),
        ({"indicators": [{"id": "a", "parent": "d1"}]}, "a"),
        ({"indicators": [{"id": "a", "parent": "d1", "question": "zz"}]}, "a"),
        ({"indicators": [{"id": "a", "parent": "nowhere", "question": "b"}]}, "nowhere"),
        (
            {
                "indicators": [
                    {"id": "x", "parent": "d1", "formula": "y"},
                    {"id": "y", "parent": "d1", "formula": "x + 1"},
                ]
            },
            "x",
        ),
        ({"indicators": [{"id": "x", "parent": "d1", "question": "b", "when": "x > 1"}]}, "x"),
        ({"indicators": [{"id": "x", "parent": "d1", "question": "b", "weight": -1}]}, "d1"),
        (
            {
                "questions": [
                    number("b", when="c == 'x'"),
                    {"id": "c", "kind": "choice", "options": {"x": 1}, "when": "b > 1"},
                ]
            },
            "b",
        ),
        ({"gates": [{"id": "g", "kind": "cap-key", "nodes": ["zz"], "floor": "level"}]}, "g"),
        ({"gates": [{"id": "g", "kind": "cap-key", "nodes": ["d1"], "floor": "levels"}]}, "g"),
        ({"gates": [{"id": "g", "kind": "cap-key", "nodes": ["d1"], "floor": "1 / (level - 3)"}]}, "g"),
        ({"gates": [{"id": "g", "kind": "veto", "condition": "b"}]}, "g"),
        ({"questions": [{"id": "b", "kind": "choice", "options": {"x": None}}]}, "i"),
        ({"questions": [{"id": "b", "kind": "multi-choice", "options": {f"o{i}": 1 for i in range(70)}}]}, "b"),
        ({"questions": [{"id": "b", "kind": "ladder", "levels": 90}]}, "b"),
        (
            {
                "scale": [-5, 0],
                "nodes": [
                    ["total", "total", None, 1],
                    ["d", "domain", "total", 1],
                    ["d1", "group", "d", 1, {"kind": "geometric"}],
                ],
            },
            "d1",
        ),
        (
            {
                "nodes": [
                    ["total", "total", None, 1],
                    ["d", "domain", "total", 1],
                    ["d1", "group", "d", 1, {"kind": "lead"}],
                ]
            },
            "d1",
        ),
    ],
)
def test_a_faulty_model_is_refused_with_its_place(change: Plain, where: str) -> None:
    plain: Plain = {
        "nodes": [["total", "total", None, 1], ["d", "dimension", "total", 1], ["d1", "domain", "d", 1]],
        "questions": [number("b")],
        "indicators": [{"id": "i", "parent": "d1", "question": "b"}],
    }
    with pytest.raises(CompileError) as caught:
        compile_model(model(plain | change))
    assert caught.value.where == where


def test_an_in_place_question_may_be_asked_about_in_its_own_rules() -> None:
    """`raw(x)` in a rule of x itself is its answer; its value would wait for itself."""
    asked = flat([number("x", maximum=100)])
    leaf = asked.indicators[0]
    rule = {"when": "raw(x) == 7", "then": "zero"}
    ruled = model(
        {
            "nodes": [["total", "total", None, 1], ["d", "domain", "total", 1]],
            "questions": [number("x", maximum=100)],
            "indicators": [{"id": "x", "parent": "d", "question": "x", "undefined": [rule]}],
        }
    )
    assert leaf.undefined == ()
    assert (scored(ruled, x=7).score, scored(ruled, x=4).score) == (0.0, 4.0)
    with pytest.raises(CompileError):
        compile_model(
            replace(
                ruled,
                indicators=(
                    replace(ruled.indicators[0], undefined=(replace(ruled.indicators[0].undefined[0], when="x == 7"),)),
                ),
            )
        )
