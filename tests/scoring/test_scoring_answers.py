"""All faults of an answer mapping are found at once, and faultless answers become columns."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from engine_models import flat, ladder

from scoring.answers import FaultyAnswers, encode, encode_many, faults
from scoring.batch import CODE_NA, NO_ANSWER, PICKS_MISSING, PICKS_NA
from scoring.compile import compile as compile_model
from scoring.engine import score

MODEL = flat(
    [ladder("l", na_allowed=True)],
    unscored=(
        ladder("strict"),
        {
            "id": "k",
            "kind": "checklist",
            "groups": {"g": {"clauses": {"p": 1, "q": 1}, "na_allowed": True}, "h": {"clauses": {"r": 1}}},
        },
        {"id": "n", "kind": "number", "minimum": 0, "maximum": 100},
        {"id": "c", "kind": "choice", "options": {"x": None, "y": None}},
        {
            "id": "m",
            "kind": "multi-choice",
            "options": {"a": 1, "b": 1, "none": 0},
            "exclusive": ["none"],
            "minimum": 1,
            "maximum": 2,
        },
        {"id": "s", "kind": "text", "max_length": 5},
        {"id": "d", "kind": "date", "earliest": "2024-01-01", "latest": "2025-12-31"},
        {"id": "f", "kind": "file"},
        {
            "id": "t",
            "kind": "table",
            "rows": ["r", "s"],
            "columns": {"y0": None, "y1": None},
            "minimum": 0,
            "row_bounds": {"s": [-10, 10]},
            "na_allowed": True,
        },
    ),
)
COMPILED = compile_model(MODEL)
GOOD: dict[str, Any] = {
    "l": {"level": 3, "degree": "most"},
    "strict": {"level": 0},
    "k": {"g": {"na": "no such work"}, "h": {"r": "none"}},
    "n": 27.4,
    "c": "x",
    "m": ["a", "b"],
    "s": "五个字以内",
    "d": "2025-03-01",
    "f": "scan.pdf",
    "t": {"r": {"y0": 5, "y1": 0}, "s": {"y0": -10}},
}


def test_good_answers_have_no_faults() -> None:
    assert faults(MODEL, GOOD) == []
    assert faults(MODEL, {}) == []
    assert faults(MODEL, {"l": {"na": "因为"}, "t": {"na": "none kept"}}) == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"zz": 1}, [("zz", "unknown-question")]),
        ({"l": 3}, [("l", "wrong-shape")]),
        ({"l": {"level": 3, "degree": "most", "note": ""}}, [("l", "wrong-shape")]),
        ({"l": {"level": 6, "degree": "most"}}, [("l.level", "too-large")]),
        ({"l": {"level": -1, "degree": "most"}}, [("l.level", "too-small")]),
        ({"l": {"level": True, "degree": "most"}}, [("l.level", "not-a-number")]),
        ({"l": {"level": 2.5, "degree": "most"}}, [("l.level", "not-a-number")]),
        ({"l": {"level": 2}}, [("l.degree", "unknown-degree")]),
        ({"l": {"level": 2, "degree": "nearly"}}, [("l.degree", "unknown-degree")]),
        ({"l": {"level": 0, "degree": "full"}}, [("l.degree", "wrong-shape")]),
        ({"l": {"na": ""}}, [("l", "na-without-reason")]),
        ({"l": {"na": "  "}}, [("l", "na-without-reason")]),
        ({"l": {"na": True}}, [("l", "na-without-reason")]),
        ({"l": {"na": "x", "level": 1}}, [("l", "wrong-shape")]),
        ({"strict": {"na": "x"}}, [("strict", "na-not-allowed")]),
        ({"n": {"na": "x"}}, [("n", "na-not-allowed")]),
        ({"k": []}, [("k", "wrong-shape")]),
        ({"k": {"z": {}}}, [("k.z", "unknown-group")]),
        ({"k": {"g": "most"}}, [("k.g", "wrong-shape")]),
        ({"k": {"g": {"z": "most", "p": "almost"}}}, [("k.g.z", "unknown-clause"), ("k.g.p", "unknown-degree")]),
        ({"k": {"h": {"na": "x"}}}, [("k.h", "na-not-allowed")]),
        ({"k": {"g": {"na": None}}}, [("k.g", "na-without-reason")]),
        ({"n": "27"}, [("n", "not-a-number")]),
        ({"n": True}, [("n", "not-a-number")]),
        ({"n": None}, [("n", "not-a-number")]),
        ({"n": math.nan}, [("n", "not-finite")]),
        ({"n": math.inf}, [("n", "not-finite")]),
        ({"n": 10**400}, [("n", "not-finite")]),
        ({"n": -0.1}, [("n", "too-small")]),
        ({"n": 100.1}, [("n", "too-large")]),
        ({"c": "z"}, [("c", "unknown-option")]),
        ({"c": ["x"]}, [("c", "unknown-option")]),
        ({"m": "a"}, [("m", "wrong-shape")]),
        ({"m": ["a", "z"]}, [("m", "unknown-option")]),
        ({"m": ["a", "a"]}, [("m", "repeated")]),
        ({"m": ["a", "none"]}, [("m", "exclusive")]),
        ({"m": []}, [("m", "too-few")]),
        ({"m": ["a", "b", "none"]}, [("m", "exclusive"), ("m", "too-many")]),
        ({"s": ""}, [("s", "wrong-shape")]),
        ({"s": 5}, [("s", "wrong-shape")]),
        ({"s": "sixsix"}, [("s", "too-long")]),
        ({"d": "2025-02-30"}, [("d", "bad-date")]),
        ({"d": "1 March 2025"}, [("d", "bad-date")]),
        ({"d": "2023-12-31"}, [("d", "too-small")]),
        ({"d": "2026-01-01"}, [("d", "too-large")]),
        ({"t": {"z": {"y0": 1}}}, [("t.z", "unknown-row")]),
        ({"t": {"r": {"z": 1}}}, [("t.r.z", "unknown-column")]),
        ({"t": {"r": 5}}, [("t.r", "wrong-shape")]),
        (
            {"t": {"r": {"y0": -1}, "s": {"y0": -11, "y1": 11}}},
            [("t.r.y0", "too-small"), ("t.s.y0", "too-small"), ("t.s.y1", "too-large")],
        ),
    ],
)
def test_fault(answers: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    found = faults(MODEL, answers)
    assert [(fault.path, fault.code) for fault in found] == expected
    assert all(
        isinstance(value, str | int | float | bool | list | None) for fault in found for value in fault.detail.values()
    )


def test_every_fault_is_listed_not_only_the_first() -> None:
    bad = {"l": 3, "n": math.nan, "c": "z", "zz": 1, "m": ["a"]}
    assert [fault.path for fault in faults(MODEL, bad)] == ["l", "n", "c", "zz"]
    with pytest.raises(FaultyAnswers) as caught:
        score(COMPILED, bad)
    assert len(caught.value.faults) == 4


def test_answers_become_columns() -> None:
    batch = encode_many(COMPILED, [GOOD, {}, {"l": {"na": "x"}, "t": {"na": "x"}}], years=[2025, None, 2024])
    assert batch.codes["l"].tolist() == [1 + 2 * 4 + 2, NO_ANSWER, CODE_NA]
    assert batch.codes["k.g.p"].tolist() == [CODE_NA, NO_ANSWER, NO_ANSWER]
    assert batch.codes["k.h.r"].tolist() == [0, NO_ANSWER, NO_ANSWER]
    assert batch.codes["s"].tolist() == [0, NO_ANSWER, NO_ANSWER]
    assert batch.picks["m"].tolist() == [0b011, int(PICKS_MISSING), int(PICKS_MISSING)]
    assert batch.numbers["n"][0] == 27.4
    assert batch.numbers["d"][0] == 20148.0
    assert np.isnan(batch.numbers["t.s.y1"][:2]).all()
    assert np.isinf(batch.numbers["t.s.y1"][2])
    assert batch.year[[0, 2]].tolist() == [2025.0, 2024.0]
    assert int(PICKS_NA) not in batch.picks["m"].tolist()


def test_the_order_of_the_answers_does_not_matter() -> None:
    backwards = dict(reversed(GOOD.items()))
    assert score(COMPILED, backwards) == score(COMPILED, GOOD)
    assert encode(COMPILED, backwards).codes.keys() == encode(COMPILED, GOOD).codes.keys()
