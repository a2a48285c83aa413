import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from reports.charts import Cell, Rung, Spoke, band_scale, bar, coverage, emblem, ladder, palette, radar
from reports.charts.text import width_of

CSS = Path(__file__).parents[2] / "app" / "web" / "static" / "css" / "base.css"
SVG = "{http://www.w3.org/2000/svg}"
LEVELS = [
    Rung(0, "未达级"),
    *(Rung(n, name, n - 0.2) for n, name in enumerate(["起步", "成形", "融合", "协同", "卓越"], 1)),
]
LONG = [
    "Safety and security risk management",
    "人才",
    "Innovation and standards",
    "带动与可持续发展",
    "Pull through the chain",
]
RANDOM_VALUES = [0.0, 4.9, 2.5, 1.7, 3.3, 5.0, 0.2]


def parsed(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def boxes(svg):
    found = []
    for text in parsed(svg).iter(f"{SVG}text"):
        size, x, y = (float(text.get(key)) for key in ("font-size", "x", "y"))
        wide = width_of(text.text, size)
        left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor"), 0)
        found.append((text.text, left, y - 0.8 * size, left + wide, y + 0.15 * size))
    return found


def touching(svg):
    return [
        (one[0], other[0])
        for one, other in combinations(boxes(svg), 2)
        if one[1] < other[3] - 0.5 and other[1] < one[3] - 0.5 and one[2] < other[4] - 0.5 and other[2] < one[4] - 0.5
    ]


def outside(svg):
    root = parsed(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    return [box for box in boxes(svg) if box[1] < -1 or box[2] < -1 or box[3] > width + 1 or box[4] > height + 1]


def spokes(count):
    return [Spoke(f"{LONG[i % len(LONG)]} {i}", RANDOM_VALUES[i % len(RANDOM_VALUES)]) for i in range(count)]


@pytest.mark.parametrize("count", range(1, 31))
def test_radar_labels_neither_touch_nor_leave_the_picture(count):
    drawn = radar(spokes(count), scale=(0, 5), rings=[0.8, 1.8, 2.8], threshold=3.8, title="t")
    assert touching(drawn) == []
    assert outside(drawn) == []


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 10])
@pytest.mark.parametrize("awarded", [0, 1, 99])
def test_ladder_of_any_number_of_levels(count, awarded):
    rungs = [Rung(n, f"Level name {n}") for n in range(count + 1)]
    drawn = ladder(rungs, awarded=min(awarded, count), mark="63.50", title="t")
    assert touching(drawn) == []
    assert outside(drawn) == []
    solid = [r for r in parsed(drawn).iter(f"{SVG}rect") if r.get("fill") != "none"]
    assert len(solid) == min(awarded, count)


def test_ladder_fills_the_next_step_as_far_as_the_score_reaches():
    drawn = parsed(ladder(LEVELS, awarded=3, score=3.05, title="t"))
    partial = next(r for r in drawn.iter(f"{SVG}rect") if r.get("fill-opacity"))
    outline = next(r for r in drawn.iter(f"{SVG}rect") if r.get("fill") == "none")
    assert float(partial.get("height")) / float(outline.get("height")) == pytest.approx(0.25, abs=0.001)


def test_ladder_of_a_gap_marks_the_levels_still_possible():
    drawn = ladder(LEVELS, awarded=None, interval=(1, 3), mark="1.20–2.90", title="t")
    assert "1.20–2.90" in drawn
    assert "<circle" not in drawn


@pytest.mark.parametrize("score", [-3, 0, 2.8, 5, 9])
def test_band_scale_clamps_and_keeps_labels_apart(score):
    drawn = band_scale(LEVELS, scale=(0, 5), score=score, mark=f"{score:.2f}", title="t")
    assert touching(drawn) == []
    assert outside(drawn) == []


def test_band_scale_without_bands_is_a_plain_scale():
    drawn = parsed(band_scale([], scale=(0, 100), interval=(10, 40), title="t"))
    assert len(list(drawn.iter(f"{SVG}rect"))) == 1


def test_bar_is_as_long_as_its_share_of_the_scale():
    rects = list(parsed(bar(2.0, scale=(1, 5), title="t", width=200)).iter(f"{SVG}rect"))
    assert [float(r.get("width")) for r in rects] == [200, 50]


def test_coverage_tells_unasked_from_unanswered():
    drawn = coverage(
        [[Cell("3.1", None, asked=False), Cell("1.2", None), Cell("1.3", 4.0, "4.00")]], scale=(0, 5), title="t"
    )
    dashes = [r.get("stroke-dasharray") for r in parsed(drawn).iter(f"{SVG}rect")]
    assert dashes == ["3 2", None, None]


@pytest.mark.parametrize(
    "drawn",
    [
        ladder(LEVELS, awarded=2, score=2.0, mark="<2>", title="a <b> & c", desc="d"),
        radar(spokes(8), scale=(0, 5), title="a <b> & c", desc="d"),
        bar(1, scale=(0, 5), title="a <b> & c", desc="d"),
        band_scale(LEVELS, scale=(0, 5), score=1, title="a <b> & c", desc="d"),
        coverage([[Cell("<1>", 1.0)]], scale=(0, 5), title="a <b> & c", desc="d"),
        emblem(title="a <b> & c"),
    ],
)
def test_every_chart_is_described_well_formed_and_fit_for_a_strict_policy(drawn):
    root = parsed(drawn)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "a <b> & c"
    assert not re.search(r"\bstyle=|<script|<style|\bon[a-z]+=|\bid=", drawn)


@pytest.mark.parametrize("count", range(1, 12))
def test_level_colours_darken_step_by_step_so_that_grey_tells_them_apart(count):
    light = [palette._luminance(colour) for colour in palette.level_colours(count)]
    assert all(a > b + 0.01 for a, b in pairwise(light))


@pytest.mark.parametrize("fraction", [i / 20 for i in range(21)])
def test_text_on_every_shade_is_readable(fraction):
    fill = palette.shade(fraction)
    lights = sorted([palette._luminance(fill) + 0.05, palette._luminance(palette.ink_on(fill)) + 0.05])
    assert lights[1] / lights[0] >= 4.5


def test_the_palette_is_that_of_the_pages():
    tokens = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", CSS.read_text(encoding="utf-8")))
    for name in (
        "paper",
        "card",
        "wash",
        "ink",
        "ink-2",
        "ink-3",
        "line",
        "line-2",
        "brand",
        "brand-wash",
        "seal",
        "seal-wash",
    ):
        assert getattr(palette, name.replace("-", "_").upper()) == tokens[name], name
    assert [palette.LEVEL_0, *palette.LEVELS] == [tokens[f"l{n}"] for n in range(6)]
