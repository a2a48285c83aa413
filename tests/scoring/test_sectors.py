"""The input–output benchmark: three sectors worked out by hand, and what must hold for any table."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli import main
from scoring.sectors import TableError, service_input

FLOWS = np.array([[10.0, 40, 5], [15, 60, 20], [10, 50, 30]])
OUTPUT = np.array([100.0, 250, 200])
EXPECTED = {
    "direct": 0.2,
    "complete": 0.3638051,
    "relative_direct": 0.3333333,
    "relative_complete": 0.3495319,
    "value_added": 0.2637587,
}


def test_three_sectors():
    found = service_input(FLOWS, OUTPUT, 1, [2])
    for name, value in EXPECTED.items():
        assert getattr(found, name) == pytest.approx(value, abs=5e-8)


def test_shares_of_value_added_add_up_to_one():
    parts = [service_input(FLOWS, OUTPUT, 1, [row]).value_added for row in range(3)]
    assert sum(parts) == pytest.approx(1)


@given(st.lists(st.floats(0, 0.3), min_size=9, max_size=9), st.lists(st.floats(1, 1e4), min_size=3, max_size=3))
@settings(deadline=None)
def test_any_table(coefficients, output):
    direct = np.array(coefficients).reshape(3, 3)
    totals = np.array(output)
    found = service_input(direct * totals, totals, 0, [1, 2])
    assert found.direct == pytest.approx(direct[1:, 0].sum(), abs=1e-9)
    assert found.complete >= found.direct - 1e-12
    assert sum(service_input(direct * totals, totals, 0, [row]).value_added for row in range(3)) == pytest.approx(1)


@pytest.mark.parametrize(
    ("flows", "output", "code"),
    [
        (FLOWS[:2], OUTPUT, "shape"),
        (-FLOWS, OUTPUT, "negative"),
        (FLOWS, OUTPUT * 0, "output"),
        (np.diag(OUTPUT), OUTPUT, "singular"),
    ],
)
def test_tables_that_cannot_be_worked_out(flows, output, code):
    with pytest.raises(TableError) as caught:
        service_input(flows, output, 1, [2])
    assert caught.value.code == code


def test_a_sector_that_takes_nothing_has_no_relative_measure():
    found = service_input(np.zeros((2, 2)), np.ones(2), 0, [1])
    assert (found.direct, found.relative_direct, found.relative_complete) == (0, None, None)


def test_the_command(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("sector,P,M,S\nP,10,40,5\nM,15,60,20\nS,10,50,30\noutput,100,250,200\n", "utf-8")
    run = CliRunner().invoke(main, ["sector", str(table), "--sector", "M", "--services", "S", "--json"])
    assert run.exit_code == 0, run.output
    assert {name: round(value, 7) for name, value in json.loads(run.stdout).items()} == EXPECTED
    shown = CliRunner().invoke(main, ["sector", str(table), "--sector", "M", "--services", "S", "--lang", "en"])
    assert "0.2637587" in shown.stdout
    for arguments in (["--sector", "X", "--services", "S"], ["--sector", "M", "--services", "Y"]):
        assert CliRunner().invoke(main, ["sector", str(table), *arguments]).exit_code == 2
    table.write_text("sector,P\nP,x\noutput,1\n", "utf-8")
    assert CliRunner().invoke(main, ["sector", str(table), "--sector", "P", "--services", "P"]).exit_code == 2
