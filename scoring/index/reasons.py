"""Why something has no value: one code each, so that columns of reasons stay small."""

from __future__ import annotations

from typing import Final

NONE: Final = 0
MISSING: Final = 1
NOT_APPLICABLE: Final = 2
OUT_OF_SCOPE: Final = 3
AVAILABILITY: Final = 4
CONSTANT: Final = 5
ONE_UNIT: Final = 6
NO_DATA: Final = 7
NO_LOGARITHM: Final = 8
TARGET: Final = 9
NO_WEIGHTS: Final = 10
NO_LEADER: Final = 11
NO_FIXED_SCALE: Final = 12
NO_BANDS: Final = 13
VETOED: Final = 14
NOT_RATEABLE: Final = 15
OFF_SCALE: Final = 16
NO_RULE: Final = 17
NOT_VARIED: Final = 18
NO_VARIANCE: Final = 19
NO_SCORE: Final = 20

NAMES: Final[tuple[str | None, ...]] = (
    None,
    "missing",
    "not-applicable",
    "out-of-scope",
    "availability",
    "constant",
    "one-unit",
    "no-data",
    "no-logarithm",
    "target",
    "no-entropy-weights",
    "no-leader",
    "no-fixed-scale",
    "no-bands",
    "vetoed",
    "not-rateable",
    "off-scale",
    "no-rule",
    "not-varied",
    "no-variance",
    "no-score",
)
"""The words of the codes, as results show them."""

OF_THE_COLUMN: Final = (CONSTANT, ONE_UNIT, NO_DATA, TARGET, NO_WEIGHTS, NO_LEADER)
"""Reasons that hold for a whole column; a node that lacks nothing else has the same reason."""

MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "missing": ("没有数据", "there is no figure"),
    "not-applicable": ("不适用", "it is not applicable"),
    "out-of-scope": ("不在范围内", "it is out of scope"),
    "availability": ("有数据的权重低于 availability", "less of its weight has data than `availability` asks for"),
    "constant": ("各单位数值相同，无法归一化", "all units have the same figure, so it cannot be normalised"),
    "one-unit": ("只有一个单位有数据，无法比较", "only one unit has data, so there is nothing to compare with"),
    "no-data": ("没有任何单位有数据", "no unit has data"),
    "no-logarithm": ("数值不大于零，不能取对数", "the figure is not above zero, so it has no logarithm"),
    "target": ("目标值不优于最差的单位", "the target is not beyond the worst unit"),
    "no-entropy-weights": ("没有可计算熵权的指标", "no indicator varies, so there are no entropy weights"),
    "no-leader": ("不知道哪一组领先", "it is not known which group leads"),
    "no-fixed-scale": (
        "归一化取决于其他单位，没有固定的等级界限",
        "the normalisation depends on other units, so levels have no fixed borders",
    ),
    "no-bands": ("问卷没有等级", "the questionnaire has no levels"),
    "vetoed": ("触发一票否决", "a veto is hit"),
    "not-rateable": ("不适用的权重超过上限", "more than the ceiling is not applicable"),
    "off-scale": ("数值在标度之外", "the value lies outside the scale"),
    "no-rule": ("指标没有自己的标杆值或折线", "the indicator has no goalposts or breakpoints of its own"),
    "not-varied": ("只有一种做法，没有变动", "there is only one alternative, so it is not varied"),
    "no-variance": ("结果没有变化", "the result does not vary"),
    "no-score": ("该单位没有得分", "the unit has no score"),
}
"""What each word means, in Chinese and English."""
