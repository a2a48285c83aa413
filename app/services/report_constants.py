"""The entries of dated parameters that a result was worked out with, for a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.i18n import Translator
from app.services.answer_words import with_unit
from app.services.numbers import grouped
from app.services.report_source import Source
from questionnaires.types import Parameter, ParameterValue
from reports import measured


def constants(source: Source, translator: Translator) -> tuple[measured.Constant, ...]:
    """Return every entry that counted, in the questionnaire's order."""
    used: dict[str, Mapping[str, Any]] = {}
    for step in source.result.trace:
        used |= step.detail.get("parameters") or {}
    named = {one.id: one.title.get(translator.language) for one in source.questionnaire.references}
    return tuple(
        _constant(one, used[one.id], named, translator) for one in source.questionnaire.parameters if one.id in used
    )


def _constant(
    parameter: Parameter, used: Mapping[str, Any], references: Mapping[str, str], translator: Translator
) -> measured.Constant:
    language, entry = translator.language, _entry(parameter, used)
    return measured.Constant(
        id=parameter.id,
        name=parameter.name.get(language),
        value=with_unit(grouped(entry.value), parameter.unit.get(language)),
        since=entry.since,
        industries=translator.say("、").join(entry.industries),
        basis=entry.basis.kind,
        reasoning=entry.basis.text.get(language),
        references=tuple(references[one] for one in entry.basis.references),
    )


def _entry(parameter: Parameter, used: Mapping[str, Any]) -> ParameterValue:
    """Return the entry that the trace names by its date and industries."""
    return next(
        one
        for one in parameter.values
        if one.since == used["from"] and sorted(one.industries) == sorted(used["industries"])
    )
