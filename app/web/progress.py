"""The side of a form that measures without scoring: how far, the headline measures so far, and what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.i18n import Translator
from app.services.answer_words import with_unit
from app.services.drafts import Draft
from app.web.page import number
from questionnaires.types import Measure

HEADLINES = 3


@dataclass(frozen=True, slots=True)
class ProgressView:
    """`measures` are names with the value of the reporting year, empty while there is none."""

    done: int
    total: int
    measures: list[tuple[str, str]]
    concerns: int
    blocking: int


def progress_view(draft: Draft, translator: Translator) -> ProgressView:
    """Return what the answers so far come to."""
    progress, found = draft.standing.progress, draft.concerns
    return ProgressView(
        progress.done,
        progress.total,
        [(one.name.get(translator.language), _value(draft, one, translator)) for one in _headlines(draft)],
        len(found),
        sum(one.blocks for one in found),
    )


def _headlines(draft: Draft) -> Iterator[Measure]:
    """Yield the measures that the questionnaire itself puts into its first series, else its first ones."""
    measures = draft.questionnaire.measures
    drawn = next((chart.measures for chart in draft.questionnaire.charts if chart.kind == "series"), ())
    for name in (drawn or tuple(measures))[:HEADLINES]:
        if name in measures:
            yield measures[name]


def _value(draft: Draft, measure: Measure, translator: Translator) -> str:
    found = draft.standing.result.measures
    result = found.get(f"{measure.id}.y0") or found.get(measure.id)
    if result is None or result.value is None:
        return ""
    return with_unit(number(result.value, measure.decimals), measure.unit.get(translator.language))
