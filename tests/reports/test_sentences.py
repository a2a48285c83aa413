"""Headlines for every outcome, and what stands out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import ranking, sentences
from reports.words import Words


def worded(report, **outcome):
    return Words(replace(report, outcome=replace(report.outcome, **outcome)), lambda message: message)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (
            {"kind": "level", "level": 3, "band_level": 3, "score": 3.12, "margin_to_next": 0.68},
            "三级 · 融合，距四级 0.68 分",
        ),
        (
            {"kind": "level", "level": 2, "band_level": 4, "margin_to_next": -1.0},
            "二级 · 成形；得分已达四级，为等级条件所限",
        ),
        ({"kind": "level", "level": 5, "band_level": 5, "margin_to_next": None}, "五级 · 卓越"),
        ({"kind": "level", "level": 0, "band_level": 0, "margin_to_next": 0.3}, "未达级，距一级 0.30 分"),
        ({"kind": "vetoed", "level": None}, "不予定级：触及底线条件"),
        ({"kind": "not-rateable", "level": None}, "不予定级：不适用的内容过多"),
        ({"kind": "incomplete", "score": None, "level": None, "level_interval": (1, 3)}, "暂定：一级至三级"),
        ({"kind": "incomplete", "score": None, "level": None, "level_interval": (2, 2)}, "暂定：二级 · 成形"),
        ({"kind": "incomplete", "score": None, "level_interval": None, "interval": (1.0, 2.5)}, "暂定：1.00–2.50 之间"),
        ({"kind": "index", "score": 2.345}, "指数 2.35"),
        ({"kind": "measured", "score": None}, "测算完成"),
    ],
)
def test_headline(report, outcome, expected):
    assert sentences.headline(worded(report(), **outcome)) == expected


def test_strong_and_weak_never_share_an_indicator(report):
    for name in ("furniture-maker", "compressor-group", "mould-shop"):
        strong = {one.value.id for one in ranking.strongest(report(name), 5)}
        weak = {one.value.id for one in ranking.weakest(report(name), 5)}
        assert len(strong) == len(weak) == 5
        assert not strong & weak


def test_the_next_border_is_that_of_the_level_after_the_one_held(report):
    found = report()
    assert ranking.next_border(replace(found, outcome=replace(found.outcome, level=2))) == 2.8
    assert ranking.next_border(replace(found, outcome=replace(found.outcome, level=5))) is None
    open_yet = replace(found.outcome, level=None, band_level=None, score=None, level_interval=(1, 3))
    assert ranking.next_border(replace(found, outcome=open_yet)) == 1.8


def test_steps_that_unblock_the_next_level_come_first(report):
    for name in ("mould-shop", "furniture-maker", "gas-supplier", "compressor-group"):
        found = report(name)
        blockers = {blocker.name for blocker in ranking.blockers(found)}
        first = ranking.next_steps(found, 1)[0]
        domain = next(one.value.name for one in found.domains if first in one.indicators)
        assert {first.value.name, domain} & blockers
        assert "进入" in sentences.worth(worded(found), first)


def test_what_only_a_later_level_asks_blocks_nothing_yet(report):
    found = report("furniture-maker")
    assert [blocker.name for blocker in ranking.blockers(found)] == ["资源池"]
    assert any(gate.held > found.outcome.level and gate.blockers for gate in found.gates if gate.held)


def test_the_first_steps_are_spread_over_domains(report):
    found = report("vetoed-pump-maker")
    first = ranking.next_steps(found, 3)
    assert len({one.value.code for one in first}) == 3
    every = ranking.next_steps(found, 1000)
    assert len(every) == sum(1 for one in found.indicators if one.step and one.step.action)


def test_clauses_not_met_in_full_are_named_the_least_met_first(report):
    degrees = [clause.degree for clause in ranking.open_clauses(report("mould-shop"), "b2.safety")]
    order = ["未达到", "部分达到", "大部分达到"]
    assert degrees == sorted(degrees, key=order.index)
    assert set(degrees) == set(order)


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("第一句。第二句。", 5, "第一句。"),
        ("第一句。第二句。", 20, "第一句。第二句。"),
        ("先做这个；再做那个，然后收尾。", 6, "先做这个。"),
        ("没有句号的一长串，还有逗号和更多的字", 10, "没有句号的一长串…"),
    ],
)
def test_first_sentence(report, text, longest, expected):
    assert worded(report()).first_sentence(text, longest) == expected


@pytest.mark.parametrize(("value", "shown"), [(None, ""), (0.004, ""), (-0.001, ""), (0.005, "0.01"), (0.12, "0.12")])
def test_a_gain_too_small_to_show_is_not_shown(report, value, shown):
    assert worded(report()).gain(value) == shown
