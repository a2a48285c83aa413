"""Measures and consistency findings in words: figures with their units, why there is none, what a rule says."""

from __future__ import annotations

from app.i18n import N_, Translator
from questionnaires.figures import grouped
from questionnaires.types import Measure
from scoring.display import displayed
from scoring.result import Finding, MeasureResult

_REASONS = {
    "no-year": N_("没有这一年的数据"),
    "division-by-zero": N_("除数为零"),
    "inputs": N_("所用的数不适用或没有值"),
}
_NO_GROWTH = {
    "no-year": N_("没有上一年"),
    "base": N_("上一年不大于零，增长率无意义"),
    "values": N_("两年中有一年没有值"),
}
_VERDICTS = {"kept": N_("相符"), "broken": N_("不符"), "open": N_("待定"), "skipped": N_("不适用")}
_SEVERITIES = {"error": N_("错误"), "explain": N_("须说明"), "warning": N_("提醒")}


def figure(measure: Measure, value: float) -> str:
    """Return a value as it is shown, without its unit."""
    return grouped(float(displayed(value, measure.decimals)), measure.decimals)


def without_value(measure: Measure, result: MeasureResult, translator: Translator) -> str:
    """Return why a measure has no value."""
    if result.state == "missing":
        return translator.say("缺数据")
    if result.state == "out-of-scope":
        return translator.say("不涉及")
    kind, _, rule = (result.reason or "").partition(":")
    return measure.undefined[int(rule)].reason.get(translator.language) if rule else translator.say(_REASONS[kind])


def growth(measure: Measure, result: MeasureResult, translator: Translator) -> str:
    """Return the growth over the year before with its sign, or why there is none; empty for a measure that shows none."""
    if result.growth is None:
        return translator.say(_NO_GROWTH[result.growth_reason]) if result.growth_reason else ""
    decimals = 1 if measure.growth == "relative" else measure.decimals
    shown = displayed(result.growth, decimals)
    sign = "+" if shown > 0 else ""
    unit = "%" if measure.growth == "relative" else ""
    return f"{sign}{grouped(float(shown), decimals)}{unit}"


def verdict(finding: Finding, translator: Translator) -> str:
    """Return the verdict of a rule; of a broken one how serious that is."""
    return translator.say(_SEVERITIES[finding.severity] if finding.verdict == "broken" else _VERDICTS[finding.verdict])
