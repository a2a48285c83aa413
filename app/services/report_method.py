"""How a questionnaire turns answers into a score, in words: aggregation, degrees, thresholds with their basis, references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.i18n import Translator
from app.services.numbers import grouped
from app.services.report_source import Source
from questionnaires.types import Basis, Breakpoints, Goalposts, Indicator, Questionnaire, Substitute
from reports import data

Posts = Mapping[str, tuple[float, float]]


def method(source: Source, translator: Translator) -> data.Method:
    """Return the method of a questionnaire, with the goalposts that counted for the result."""
    questionnaire, language = source.questionnaire, translator.language
    posts = {
        step.id: (step.detail["from"], step.detail["to"]) for step in source.result.trace if step.rule == "goalposts"
    }
    return data.Method(
        total=questionnaire.total,
        aggregation=_aggregations(questionnaire, translator),
        degrees=tuple(data.Fact(one.label.get(language), f"{one.value:g}") for one in questionnaire.degrees),
        thresholds=tuple(
            threshold
            for one in questionnaire.indicators.values()
            for threshold in _thresholds(questionnaire, one, posts, translator)
        ),
        references=tuple(data.Fact(one.title.get(language), one.date or "") for one in questionnaire.references),
    )


def _aggregations(questionnaire: Questionnaire, translator: Translator) -> str:
    """Return how the total is made, then the parts that are made in another way."""
    say, language = translator.say, translator.language
    kinds = {
        "arithmetic": say("加权算术平均"),
        "geometric": say("加权几何平均"),
        "harmonic": say("加权调和平均"),
        "minimum": say("取最小值"),
        "lead": say("以领先项为主"),
    }
    parts = [(one.name, one.aggregation.kind) for one in questionnaire.dimensions]
    parts += [(one.title, one.aggregation.kind) for one in questionnaire.domains]
    parts += [(group.name, group.aggregation.kind) for one in questionnaire.domains for group in one.groups]
    other = [f"{name.get(language)} {kinds[kind]}" for name, kind in parts if kind != "arithmetic"]
    total = kinds[questionnaire.aggregation.kind]
    return (
        say("%(total)s；其余各层除下列外均为加权算术平均：%(other)s", total=total, other=say("、").join(other))
        if other
        else total
    )


def _thresholds(
    questionnaire: Questionnaire, indicator: Indicator, posts: Posts, translator: Translator
) -> Iterator[data.Threshold]:
    name = indicator.name.get(translator.language)
    references = {one.id: one.title.get(translator.language) for one in questionnaire.references}

    def threshold(title: str, points: str, basis: Basis | None) -> data.Threshold:
        if basis is None:
            return data.Threshold(indicator.id, title, points, "", "")
        named = tuple(references[one] for one in basis.references)
        return data.Threshold(indicator.id, title, points, basis.kind, basis.text.get(translator.language), named)

    words = _Points(questionnaire, posts.get(indicator.id), translator)
    points = words.written(indicator.breakpoints, indicator.goalposts, _unit(indicator, translator))
    if points:
        yield threshold(name, points, indicator.basis)
    for rule in indicator.undefined:
        if isinstance(rule, Substitute):
            unit = rule.unit.get(translator.language) if rule.unit else ""
            replaced = words.written(rule.breakpoints, rule.goalposts, unit)
            yield threshold(translator.say("%(name)s（替代口径）", name=name), replaced, rule.basis or indicator.basis)


def _unit(indicator: Indicator, translator: Translator) -> str:
    unit = indicator.unit or (indicator.number.unit if indicator.number else None)
    return unit.get(translator.language) if unit else ""


class _Points:
    """Writes the points of an indicator; `counted` are the goalposts that the result was worked out with, where it was."""

    def __init__(
        self, questionnaire: Questionnaire, counted: tuple[float, float] | None, translator: Translator
    ) -> None:
        self.parameters = {one.id: one.name.get(translator.language) for one in questionnaire.parameters}
        self.counted = counted
        self.say = translator.say

    def written(self, points: Breakpoints, posts: Goalposts | None, unit: str) -> str:
        """Return how a raw value becomes a score, empty where it is one already."""
        say = self.say
        if points:
            pairs = say("、").join(f"{raw:g} → {value:g}" for raw, value in points)
            return say("原值（%(unit)s）→ 得分：%(pairs)s；其间线性，两端截止", unit=unit or "–", pairs=pairs)
        if posts is None:
            return ""
        start, end = self.counted or (None, None)
        return say(
            "原值（%(unit)s）从 %(start)s 到 %(end)s，由最低分到最高分，%(how)s",
            unit=unit or "–",
            start=self._post(posts.start, start),
            end=self._post(posts.end, end),
            how=say("取对数后线性") if posts.log else say("线性"),
        )

    def _post(self, post: float | str, counted: float | None) -> str:
        """Return a goalpost in figures, the name of its parameter where none counted."""
        if isinstance(post, str):
            return self.parameters[post] if counted is None else grouped(round(counted, 6))
        return grouped(post)
