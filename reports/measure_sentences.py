"""The sentences on what was measured: what it comes to, how it moved, how well the figures fit together."""

from __future__ import annotations

from reports.data import Dimension
from reports.measured import Finding, Headline, Measure
from reports.words import Words


def measured_headline(words: Words) -> str:
    """Return the first figure that stands for the result, or that everything was measured."""
    found = words.report.headlines
    if not found:
        return words.say("测算完成")
    first = found[0].measure
    return words.say("%(name)s %(figure)s", name=first.name, figure=first.latest.shown)


def measured_verdict(words: Words) -> list[str]:
    """Return what was measured, what it comes to, and how well it fits together."""
    first, *others = opening(words)
    return [first, *(headline_sentence(words, one) for one in words.report.headlines), *others]


def opening(words: Words) -> list[str]:
    """Return what was measured, what is missing and how well the figures fit together."""
    return [part for part in (_extent(words), _open(words), quality(words)) if part]


def _open(words: Words) -> str:
    missing = words.report.missing
    if not missing:
        return ""
    return words.say("还有 %(count)s 项必答内容未答，要用到它们的指标没有值。", count=sum(one.count for one in missing))


def _extent(words: Words) -> str:
    report = words.report
    years = sorted({year for group in report.groups for year in group.years})
    count = sum(len(group.measures) for group in report.groups)
    if not years:
        return words.say("本报告测算了 %(count)s 项指标，只测算，不评级。", count=count)
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return words.say("本报告测算了 %(years)s 年的 %(count)s 项指标，只测算，不评级。", years=span, count=count)


def headline_sentence(words: Words, headline: Headline) -> str:
    """Return a figure with its growth, what is shown along with it and how far the two are apart."""
    others = [_named(words, one) for one in (*headline.others, *headline.apart) if one.latest.figure]
    lead = _named(words, headline.measure)
    return words.say("%(figures)s。", figures=words.say("；").join([lead, *others]))


def _named(words: Words, measure: Measure) -> str:
    cell = measure.latest
    if not cell.growth:
        return words.say("%(name)s %(figure)s", name=measure.name, figure=cell.shown)
    return words.say("%(name)s %(figure)s，比上年 %(growth)s", name=measure.name, figure=cell.shown, growth=cell.growth)


def quality(words: Words) -> str:
    """Return how many checks are not met and how many of these the enterprise has explained."""
    found = words.report.findings
    if not found:
        return words.say("各项核对关系都相符。")
    explained = sum(bool(one.note) for one in found)
    if not explained:
        return words.say("有 %(count)s 处核对关系不相符。", count=len(found))
    return words.say(
        "有 %(count)s 处核对关系不相符，其中 %(explained)s 处附有企业的说明。", count=len(found), explained=explained
    )


def severity(words: Words, finding: Finding) -> str:
    """Return how serious a finding is, and whether it was explained."""
    if finding.severity == "error":
        return words.say("错误")
    if finding.severity == "explain":
        return words.say("已说明") if finding.note else words.say("须说明")
    return words.say("提醒")


def dimension_sentence(words: Words, dimension: Dimension) -> str:
    """Return what a dimension comes to and which of its domains lead and lag."""
    value = dimension.value
    if value.value is None:
        return ""
    share = words.percent(value.share, 0)
    lead = words.say(
        "%(name)s得 %(score)s 分，占总权重的 %(share)s", name=value.name, score=words.score(value.value), share=share
    )
    known = [(one.value.value, one.value.name) for one in dimension.domains if one.value.value is not None]
    if len(known) < 2 or max(known)[0] - min(known)[0] < 0.05:  # nothing to tell apart at the decimals shown
        return words.say("%(lead)s。", lead=lead)
    return words.say(
        "%(lead)s；其中%(best)s最高（%(high)s），%(worst)s最低（%(low)s）。",
        lead=lead,
        best=max(known)[1],
        high=words.score(max(known)[0]),
        worst=min(known)[1],
        low=words.score(min(known)[0]),
    )


def missing_reasons(words: Words, measure: Measure) -> list[str]:
    """Return why a measure has no value, once for the years that share the reason."""
    reasons: dict[str, list[str]] = {}
    for cell in measure.cells:
        if cell.reason:
            reasons.setdefault(cell.reason, []).append("" if cell.year is None else str(cell.year))
    return [
        words.say("%(years)s：%(reason)s", years=words.listed(years), reason=reason) if any(years) else reason
        for reason, years in reasons.items()
    ]
