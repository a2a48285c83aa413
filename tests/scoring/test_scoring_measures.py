"""What holds of measures, rules and parameters whatever the accounts: a batch is its rows, order changes nothing, undefined is never 0."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import numpy as np
from engine_models import Plain, model
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.answers import encode_many
from scoring.columns import KNOWN
from scoring.compile import compile as compile_model
from scoring.consistency import VERDICTS
from scoring.engine import score, score_batch
from scoring.freeze import from_plain, to_plain
from scoring.model import Entry, Parameter
from scoring.parameters import INDUSTRIES, code_of, entry_of, values_of

YEARS = {0: "y0", -1: "y1", -2: "y2"}
FORMULAS = {
    "share": "a.service.{0} / a.revenue.{0} * 100",
    "rest": "a.revenue.{0} - total(a.{0})",
    "rate": "share.{0} / 100 + a.extra.{0} ** 0.5",
    "scaled": "share.{0} * factor",
}
ACCOUNTS: Plain = {
    "outcome": "measured",
    "levels": {},
    "questions": [
        {"id": "kind", "kind": "choice", "options": {"p": None, "q": None}},
        {
            "id": "a",
            "kind": "table",
            "na_allowed": True,
            "rows": ["revenue", "service", "extra"],
            "row_whens": {"extra": "kind == 'p'"},
            "columns": {
                column: {"year": year, "when": "kind == 'p'" if year < -1 else None} for year, column in YEARS.items()
            },
        },
    ],
    "parameters": {"factor": [{"since": 2020, "value": 2}, {"since": 2024, "value": 3, "industries": ["34"]}]},
    "measures": [
        {
            "id": f"{family}.{column}",
            "family": family,
            "year": year,
            "formula": formula.format(column),
            "growth": "relative",
            "undefined": [f"a.revenue.{column} < 0"],
        }
        for family, formula in FORMULAS.items()
        for year, column in YEARS.items()
    ],
    "consistency": [
        {"id": "within", "severity": "error", "holds": f"a.service.{column} <= a.revenue.{column}", "year": year}
        for year, column in YEARS.items()
    ],
}
SEEDS = st.integers(0, 2**32)
thorough = settings(max_examples=80, deadline=None)


def accounts(random: Random) -> Plain:
    """Accounts with zeros, negative figures and gaps."""
    figures = [0, 0, -50, 3, 80, random.uniform(-100, 100)]
    rows = {
        row: {column: random.choice(figures) for column in YEARS.values() if random.random() < 0.85}
        for row in ("revenue", "service", "extra")
    }
    table: Any = {"na": "none kept"} if random.random() < 0.1 else rows
    return {"kind": random.choice(["p", "q"]), "a": table} if random.random() < 0.9 else {"a": table}


@thorough
@given(SEEDS)
def test_a_batch_is_its_rows_bit_for_bit(seed: int) -> None:
    random, compiled = Random(seed), compile_model(model(ACCOUNTS))
    rows = [accounts(random) for _ in range(8)]
    years = [random.choice([None, 2019, 2025]) for _ in rows]
    industries = [random.choice([None, "34", "35"]) for _ in rows]
    batch = score_batch(compiled, encode_many(compiled, rows, None, years, industries))
    for place, (row, year, industry) in enumerate(zip(rows, years, industries, strict=True)):
        one = score(compiled, row, year=year, industry=industry)
        for name, columns in batch.measures.items():
            known = columns.state[place] == KNOWN
            assert one.measures[name].value == (float(columns.value[place]) if known else None)
        assert [VERDICTS[column[place]] for column in batch.findings] == [found.verdict for found in one.findings]


@thorough
@given(SEEDS)
def test_the_order_of_measures_changes_nothing(seed: int) -> None:
    random = Random(seed)
    row = accounts(random)
    shuffled = ACCOUNTS | {"measures": random.sample(ACCOUNTS["measures"], len(ACCOUNTS["measures"]))}
    assert score(compile_model(model(shuffled)), row).measures == score(compile_model(model(ACCOUNTS)), row).measures


@thorough
@given(SEEDS)
def test_what_has_no_value_has_a_reason_and_is_never_a_number(seed: int) -> None:
    random = Random(seed)
    row = accounts(random)
    result = score(compile_model(model(ACCOUNTS)), row, year=2025)
    for one in result.measures.values():
        assert (one.value is None) == (one.state != "valued")
        assert (one.reason is None) == (one.state != "undefined")
        assert one.growth is None or one.growth_reason is None
        assert one.value is None or np.isfinite(one.value)
    cells = row["a"]
    share = result.measures["share.y0"]
    if "na" not in cells and cells["revenue"].get("y0") == 0 and "y0" in cells["service"]:
        assert (share.state, share.reason) == ("undefined", "division-by-zero")


@thorough
@given(SEEDS)
def test_a_frozen_result_thaws_to_itself(seed: int) -> None:
    result = score(compile_model(model(ACCOUNTS)), accounts(Random(seed)), year=2025, industry="34")
    assert from_plain(json.loads(json.dumps(to_plain(result)))) == result


def test_a_result_from_before_there_were_measures_thaws() -> None:
    plain = to_plain(score(compile_model(model(ACCOUNTS)), {}))
    del plain["measures"], plain["findings"]
    assert from_plain(plain).measures == {}


@thorough
@given(SEEDS)
def test_parameters_in_columns_are_those_of_each_row(seed: int) -> None:
    random = Random(seed)
    dated = [Entry(random.randint(2018, 2026), random.random(), (random.choice(INDUSTRIES),)) for _ in range(5)]
    parameter = Parameter("p", (Entry(2020, 0.5), Entry(2024, 0.7), *dated))
    years = [random.choice([None, *range(2015, 2030)]) for _ in range(30)]
    industries = [random.choice([None, *INDUSTRIES]) for _ in years]
    found = values_of(
        parameter,
        np.array([np.nan if year is None else year for year in years]),
        np.array([code_of(industry) for industry in industries], np.uint8),
    )
    wanted = [entry_of(parameter, year, industry).value for year, industry in zip(years, industries, strict=True)]
    assert found.tolist() == wanted
