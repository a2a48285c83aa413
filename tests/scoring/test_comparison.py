"""Figures of groups, against the plain way."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.comparison import adjusted, change, figures

ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 4), st.floats(0, 5), st.integers(0, 5)), min_size=1, max_size=40
)


def columns(rows):
    places, kinds, scores, levels = zip(*rows, strict=True)
    return np.array(places), np.array(kinds), np.array(scores, float), np.array(levels)


@given(ROWS)
@settings(deadline=None)
def test_figures_of_each_group(rows):
    places, _, scores, levels = columns(rows)
    service, operating = scores, scores * 3 + 1
    found = figures(places, 5, scores, levels, service, operating)
    for place in range(5):
        mine = [row for row in rows if row[0] == place]
        assert found.number[place] == len(mine)
        if not mine:
            assert np.isnan([found.mean[place], found.median[place], found.service_share[place]]).all()
            continue
        own = [row[2] for row in mine]
        assert found.mean[place] == pytest.approx(statistics.mean(own))
        assert found.median[place] == pytest.approx(statistics.median(own))
        assert found.high_share[place] == pytest.approx(sum(row[3] >= 3 for row in mine) / len(mine))
        assert found.levels[place].tolist() == [sum(row[3] == level for row in mine) for level in range(6)]
        assert found.service_share[place] == pytest.approx(sum(own) / sum(3 * one + 1 for one in own))
        if len(mine) == 1:
            assert np.isnan(found.low[place])
        else:
            half = 1.6448536 * statistics.stdev(own) / len(own) ** 0.5
            assert found.high[place] - found.low[place] == pytest.approx(2 * half, abs=1e-6)


def test_adjusted_takes_the_make_up_out():
    """Both groups do as well as their kinds do everywhere; only their make-up differs."""
    kinds = np.array([0, 0, 0, 1, 0, 1, 1, 1])
    places = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    scores = np.where(kinds == 0, 1.0, 3.0)
    assert adjusted(places, 2, kinds, scores) == pytest.approx([2.0, 2.0])
    assert adjusted(places, 2, kinds, scores + np.where(places == 0, 0.5, 0))[0] > 2.0


@given(ROWS, ROWS)
@settings(deadline=None)
def test_real_change_and_composition_add_up(before, after):
    (p0, k0, s0, _), (p1, k1, s1, _) = columns(before), columns(after)
    found = change(4, 5, (p0, k0, s0), (p1, k1, s1))
    for place in range(4):
        if place in p0 and place in p1:
            expected = s1[p1 == place].mean() - s0[p0 == place].mean()
            assert found.total[place] == pytest.approx(expected, abs=1e-9)
        else:
            assert np.isnan(found.total[place])


def test_a_change_of_make_up_alone_is_no_real_change():
    before = np.zeros(4, int), np.array([0, 0, 0, 1]), np.array([1.0, 1, 1, 3])
    after = np.zeros(4, int), np.array([0, 1, 1, 1]), np.array([1.0, 3, 3, 3])
    found = change(1, 2, before, after)
    assert found.real[0] == pytest.approx(0)
    assert found.composition[0] == pytest.approx(1)
