"""Figures that were read from other submissions, for a report: from which, when, what, and how far the own ones are off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.i18n import Translator
from app.services.answer_words import with_unit
from app.services.numbers import grouped
from app.services.report_source import Source
from questionnaires.types import Indicator, Questionnaire
from reports import measured
from scoring.result import TraceStep


def origins(source: Source, translator: Translator) -> tuple[measured.Origin, ...]:
    """Return the linked figures, in the order of the trace."""
    return tuple(_origins(source, translator.language))


def _origins(source: Source, language: str) -> Iterator[measured.Origin]:
    for step in source.result.trace:
        indicator = source.questionnaire.indicators.get(step.id)
        if step.rule == "linked" and indicator is not None:
            yield _origin(indicator, step, source.linked, language)


def _origin(
    indicator: Indicator, step: TraceStep, linked: Mapping[str, Questionnaire], language: str
) -> measured.Origin:
    place, own = step.detail["source"], step.detail.get("own")
    key = f"{place.get('slug', '')} {place.get('version', '')}"
    read = linked.get(key)
    apart = None if own is None or step.output is None else round(step.output - own, 9)
    return measured.Origin(
        id=indicator.id,
        name=indicator.name.get(language),
        value=_figure(indicator, step.output, language),
        questionnaire=f"{read.title.get(language)} {read.version}" if read else key,
        number=place.get("number", ""),
        day=str(place.get("submitted_at", ""))[:10],
        measure=_measure(read, place, language),
        own=_figure(indicator, own, language) if apart else "",
        difference=_figure(indicator, apart, language) if apart else "",
    )


def _figure(indicator: Indicator, value: float | None, language: str) -> str:
    unit, decimals = indicator.unit, indicator.decimals
    if value is None:
        return "–"
    return with_unit(grouped(value, 2 if decimals is None else decimals), unit.get(language) if unit else "")


def _measure(read: Questionnaire | None, place: Mapping[str, Any], language: str) -> str:
    """Return the name of what was read, its id where the questionnaire is not at hand."""
    name = str(place.get("measure", ""))
    if read is None:
        return name
    dimensions = {one.id: one.name for one in read.dimensions}
    found = read.measures.get(name) or read.indicators.get(name)
    text = found.name if found else dimensions.get(name)
    return text.get(language) if text else (read.title.get(language) if name == "total" else name)
