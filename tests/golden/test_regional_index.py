"""The regional evaluation over made-up regions (`index/regional-evaluation/data.csv`), worked out apart by exact fractions.

The list below is a second writing of the method: weights, ratios and goalposts are not read from the questionnaire.
"""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import main

DATA = Path(__file__).parent / "index" / "regional-evaluation" / "data.csv"

METHOD = """
foundation 30
 manufacturing 10
  share 3 100 manufacturing.value_added base.gdp 10 40
  density 2 1 base.firms base.population 0.5 8
  equipment_share 3 100 manufacturing.equipment base.value_added 5 60
  clustered 2 100 manufacturing.cluster_firms base.firms 0 60
 efficiency 10
  productivity 3 1 base.value_added base.employees 10 50
  rd_intensity 3 100 efficiency.rd base.revenue 0.2 3.5
  rd_spread 2 100 efficiency.rd_firms base.firms 10 70
  specialised_density 2 1000 efficiency.specialised base.firms 20 400
 digital 10
  level_share 4 100 digital.level2 base.firms 0 60
  cloud_share 3 100 digital.cloud base.firms 10 80
  network 3 1 digital.stations base.population 5 45
ecosystem 35
 services 13
  producer_share 4 100 services.producer services.total 25 65
  unit_density 3 1000 services.units base.firms 20 400
  design_density 3 1000 services.design_centres base.firms 0 12
  laboratory_density 3 1000 services.laboratories base.firms 2 60
 platforms 12
  density 2 1000 platforms.number base.firms 0 10
  use 4 100 platforms.users base.firms 0 50
  standards 3 1000 platforms.standard_firms base.firms 5 200
  technology 3 100 platforms.contracts base.gdp 0.2 8
 resources 10
  funding 2 1 resources.funds base.firms 0 1.5
  credit 3 100 resources.loans manufacturing.value_added 10 80
  skill 3 100 resources.highly_skilled resources.skilled 15 45
  training 2 100 resources.trained base.firms 0 30
results 35
 adoption 12
  share 5 100 adoption.firms base.firms 5 60
  remote 4 100 adoption.connected base.firms 0 25
  demonstration 3 1000 adoption.demonstrations base.firms 0 15
 gains 12
  value_rate 4 100 base.value_added base.revenue 10 35
  margin 3 100 gains.profit base.revenue 0 10
  services_growth 3 100 gains.services gains.services_prior 95 120
  energy_fall 2 -1 gains.energy one -2 6
 firms 11
  mean 3 1 firms.mean_score one 0.8 3.8
  median 2 1 firms.median_score one 0.8 3.8
  high 3 1 firms.high_share one 0 50
  revenue 3 1 firms.service_share one 0 30
"""
"""Node and weight by depth; an indicator has its weight, factor, numerator, denominator and goalposts.

Growth is put as the ratio of both years.
"""

ENOUGH = Fraction(3, 5)

Part = tuple[Fraction | None, Fraction, Fraction]
"""The value of a part, its weight and how much of that weight has data."""


def value(row: dict[str, str], words: list[str]) -> Fraction | None:
    factor, low, high = Fraction(words[2]), Fraction(words[5]), Fraction(words[6])
    if not row[words[3]] or not row[words[4]]:
        return None
    raw = factor * Fraction(row[words[3]]) / Fraction(row[words[4]])
    return min(max((raw - low) / (high - low), Fraction(0)), Fraction(1)) * 100


def together(parts: list[Part]) -> tuple[Fraction | None, Fraction]:
    """Return the weighted mean of what has a value and the share of weight with data; neither below the threshold."""
    available = sum((weight * share for _, weight, share in parts), Fraction(0)) / sum(
        (one[1] for one in parts), Fraction(0)
    )
    there = [(one, weight) for one, weight, _ in parts if one is not None]
    if available < ENOUGH or not there:
        return None, Fraction(0)
    return sum((one * weight for one, weight in there), Fraction(0)) / sum(
        (weight for _, weight in there), Fraction(0)
    ), available


def nodes(row: dict[str, str]) -> dict[str, Fraction | None]:
    row = {**row, "one": "1"}
    stack: list[tuple[str, Fraction, list[Part]]] = [("total", Fraction(1), [])]
    found: dict[str, Fraction | None] = {}

    def close(depth: int) -> None:
        while len(stack) > depth:
            name, weight, parts = stack.pop()
            found[name], share = together(parts)
            if stack:
                stack[-1][2].append((found[name], weight, share))

    for line in METHOD.strip().splitlines():
        depth, words = len(line) - len(line.lstrip()), line.split()
        close(depth + 1)
        if depth < 2:
            stack.append((words[0], Fraction(words[1]), []))
        else:
            one = value(row, words)
            stack[-1][2].append((one, Fraction(words[1]), Fraction(one is not None)))
    close(0)
    return found


@pytest.fixture(scope="module")
def results() -> dict[tuple[str, int], dict[str, Any]]:
    done = CliRunner().invoke(main, ["index", "regional-evaluation@1.0.0", str(DATA), "--json", "--draws", "0"])
    assert done.exit_code == 0, done.output
    return {(one["unit"], one["year"]): one for one in json.loads(done.stdout)["results"]}


@pytest.fixture(scope="module")
def expected() -> dict[tuple[str, int], dict[str, Fraction | None]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return {(row["unit"], int(row["year"])): nodes(row) for row in csv.DictReader(file)}


def test_scores_agree_with_exact_fractions(
    results: dict[tuple[str, int], dict[str, Any]], expected: dict[tuple[str, int], dict[str, Fraction | None]]
) -> None:
    assert results.keys() == expected.keys()
    assert len(results) == 24
    for key, found in results.items():
        for name, exact in expected[key].items():
            shown = found["score"] if name == "total" else found["nodes"][name]["value"]
            assert shown == (None if exact is None else pytest.approx(float(exact), abs=1e-9)), (key, name)


def test_levels_are_those_of_the_bands(
    results: dict[tuple[str, int], dict[str, Any]], expected: dict[tuple[str, int], dict[str, Fraction | None]]
) -> None:
    for key, found in results.items():
        score = expected[key]["total"]
        assert found["level"] == (None if score is None else sum(score >= lower for lower in (20, 40, 60, 80, 95)))
    assert {found["level"] for found in results.values()} >= {0, 1, 2, 3, 4}


def test_too_few_enterprises_leave_their_domain_out(results: dict[tuple[str, int], dict[str, Any]]) -> None:
    few = results["丁区", 2025]

    assert few["nodes"]["firms"] == {"value": None, "availability": 0.0, "reason": "availability"}
    assert few["nodes"]["results"]["availability"] == pytest.approx(24 / 35)
    assert few["nodes"]["results"]["value"] == pytest.approx(
        (few["nodes"]["adoption"]["value"] + few["nodes"]["gains"]["value"]) / 2
    )


def test_a_gap_beyond_the_threshold_leaves_a_node_without_a_value(
    results: dict[tuple[str, int], dict[str, Any]],
) -> None:
    found = results["庚区", 2024]["nodes"]

    assert found["resources"]["value"] is None
    assert found["resources"]["reason"] == "availability"
    assert found["ecosystem"]["value"] == pytest.approx(
        (13 * found["services"]["value"] + 12 * found["platforms"]["value"]) / 25
    )


@pytest.mark.parametrize(("number", "coverage", "used"), [("5", "10", True), ("4", "50", False), ("50", "9.99", False)])
def test_aggregated_figures_count_from_five_enterprises_and_a_tenth(
    tmp_path: Path, number: str, coverage: str, used: bool
) -> None:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["firms.mean_score"]][:1]
    rows[0] |= {"firms.number": number, "firms.coverage": coverage}
    with (tmp_path / "data.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    done = CliRunner().invoke(
        main, ["index", "regional-evaluation@1.0.0", str(tmp_path / "data.csv"), "--json", "--draws", "0"]
    )
    assert done.exit_code == 0, done.output
    (found,) = json.loads(done.stdout)["results"]

    assert (found["nodes"]["firms"]["value"] is not None) is used
