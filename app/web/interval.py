"""The provisional result, as the form and the review show it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from app.i18n import Translator
from app.services.answer_words import level_name
from app.services.drafts import Draft
from reports.charts import Rung, band_scale


@dataclass(frozen=True, slots=True)
class IntervalView:
    """Score interval, its drawing, and the levels it allows in words."""

    low: float | None
    high: float | None
    decimals: int
    chart: Markup
    levels: str
    done: int
    total: int
    complete: bool
    vetoes_open: bool


def interval_view(draft: Draft, translator: Translator) -> IntervalView:
    """Return what the answers so far allow."""
    result, questionnaire = draft.standing.result, draft.questionnaire
    progress = draft.standing.progress
    span = result.score_interval
    complete = span is not None and not result.missing
    return IntervalView(
        low=span.low if span else None,
        high=span.high if span else None,
        decimals=questionnaire.decimals,
        chart=_chart(draft, translator),
        levels=_levels(draft, translator),
        done=progress.done,
        total=progress.total,
        complete=complete,
        vetoes_open=any(gate.kind == "veto" and gate.verdict == "open" for gate in result.gates),
    )


def _chart(draft: Draft, translator: Translator) -> Markup:
    questionnaire, result = draft.questionnaire, draft.standing.result
    rungs = [Rung(level.number, f"L{level.number}", level.lower) for level in questionnaire.levels]
    banded = any(rung.lower is not None for rung in rungs)
    span = result.score_interval
    return band_scale(
        rungs if banded else [],
        scale=(questionnaire.scale.min, questionnaire.scale.max),
        title=translator.say("得分在分段上的位置"),
        score=span.low if span and span.low == span.high else None,
        interval=(span.low, span.high) if span else None,
        width=230,
    )


def _levels(draft: Draft, translator: Translator) -> str:
    found = draft.standing.result.level_interval
    if found is None:
        return ""
    low, high = (_level(draft, number, translator) for number in found)
    if low == high:
        return translator.say("按现有答案的等级：%(level)s。", level=low)
    return translator.say("可能的等级：%(low)s 至 %(high)s。", low=low, high=high)


def _level(draft: Draft, number: int, translator: Translator) -> str:
    level = next(one for one in draft.questionnaire.levels if one.number == number)
    name = level.name.get(translator.language)
    return name if number == 0 else f"{level_name(number, translator)} {name}"
