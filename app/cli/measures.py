"""Measures and consistency findings as lines of text and in the JSON of `servimeter score`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.i18n import Translator
from app.services.measure_words import figure, growth, verdict, without_value
from questionnaires.types import Measure, Questionnaire
from scoring.result import Finding, MeasureResult, Result


def lines(questionnaire: Questionnaire, result: Result, year: int, translator: Translator) -> Iterator[str]:
    """Yield every measure in scope with its years under its section, then what does not fit together or is open."""
    language = translator.language
    for section in questionnaire.sections:
        rows = [row for one in section.measures for row in _measure(one, result, year, translator)]
        if rows:
            yield ""
            yield section.title.get(language)
            yield from rows
    shown = [one for one in result.findings if one.verdict in {"broken", "open"}]
    if shown:
        yield ""
    yield from (_finding(questionnaire, one, year, translator) for one in shown)


def _measure(measure: Measure, result: Result, year: int, translator: Translator) -> Iterator[str]:
    values = [result.measures[name] for name in measure.ids.values()]
    if all(one.state == "out-of-scope" for one in values):
        return
    parts = "  ".join(_value(measure, one, year, translator) for one in values)
    unit = measure.unit.get(translator.language)
    yield f"  {measure.name.get(translator.language)} ({unit})  {parts}"


def _value(measure: Measure, one: MeasureResult, year: int, translator: Translator) -> str:
    head = "" if one.year is None else f"{year + one.year}: "
    if one.value is None:
        return f"{head}– [{without_value(measure, one, translator)}]"
    change = "" if one.growth_reason == "no-year" else growth(measure, one, translator)
    return f"{head}{figure(measure, one.value)}" + (f" [{change}]" if change else "")


def _finding(questionnaire: Questionnaire, one: Finding, year: int, translator: Translator) -> str:
    head = "" if one.year is None else f"{year + one.year} "
    text = questionnaire.consistency[one.rule].text.get(translator.language)
    return f"[{verdict(one, translator)}] {head}{text} ({one.rule}: {', '.join(one.at)})"


def with_texts(plain: dict[str, Any], questionnaire: Questionnaire, year: int) -> dict[str, Any]:
    """Return a plain result whose measures and findings also say what they are: name, unit, calendar year, reason, text."""
    measures = {
        name: one | _about(questionnaire.measures[one["measure"]], one, year) for name, one in plain["measures"].items()
    }
    findings = [
        one | {"calendar_year": _calendar(one, year), "text": _both(questionnaire.consistency[one["rule"]].text)}
        for one in plain["findings"]
    ]
    return plain | {"measures": measures, "findings": findings}


def _about(measure: Measure, one: dict[str, Any], year: int) -> dict[str, Any]:
    kind, _, rule = (one["reason"] or "").partition(":")
    why = {"reason_text": _both(measure.undefined[int(rule)].reason)} if kind == "undefined" else {}
    about = {"name": _both(measure.name), "unit": _both(measure.unit), "decimals": measure.decimals}
    return about | {"calendar_year": _calendar(one, year), "growth_kind": measure.growth} | why


def _calendar(one: dict[str, Any], year: int) -> int | None:
    return None if one["year"] is None else year + int(one["year"])


def _both(text: Any) -> dict[str, str]:
    return {"zh": text.get("zh"), "en": text.get("en")}
