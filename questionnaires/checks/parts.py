"""Keys that need or exclude one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from questionnaires.checks.ids import asked_by
from questionnaires.description import Record
from questionnaires.faults import Fault
from questionnaires.text import Text
from questionnaires.types import (
    Aggregation,
    Choice,
    Indicator,
    MultiChoice,
    Number,
    Questionnaire,
    Section,
    Substitute,
    Table,
)

SOURCES = ("ladder", "checklist", "number", "choice", "multi-choice", "question", "formula", "link")
DOMAIN_KEYS = ("weight", "aggregation", "nodes", "reading", "findings", "groups", "indicators")
NOT_A_DOMAIN = Text("本节没有 dimension，不是评分领域", "the section has no dimension, so it is no domain")
NOT_COMPUTED = Text("指标不是由公式或引用计算的", "the indicator is not computed by a formula or link")
NO_FIGURE = Text("指标不是数值，也不是带分值的选项", "the indicator is neither a figure nor an option with a value")
NOT_LEAD = Text("aggregation 的 kind 不是 lead", "the kind of aggregation is not lead")
NOT_FLOORED = Text(
    "aggregation 的 kind 不是 geometric 或 harmonic", "the kind of aggregation is neither geometric nor harmonic"
)


def parts_are_whole(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every key that lacks another, or that has no effect beside the others."""
    for aggregation in (questionnaire.aggregation, *(one.aggregation for one in questionnaire.dimensions)):
        yield from _aggregation(aggregation, lead=False)
    if questionnaire.outcome == "level" and not questionnaire.levels:
        yield missing(questionnaire, "levels")
    for section in questionnaire.sections:
        yield from _section(section)
        yield from _choices(section)
        for indicator in section.indicators:
            yield from _indicator(questionnaire, indicator)


def _section(section: Section) -> Iterator[Fault]:
    if section.is_domain:
        yield from (missing(section, key) for key in ("weight", "indicators") if key not in _written(section))
    else:
        yield from misplaced(section, DOMAIN_KEYS, NOT_A_DOMAIN)
    yield from _aggregation(section.aggregation, lead=bool(section.groups))
    for group in section.groups:
        yield from _aggregation(group.aggregation, lead=False)


def _choices(section: Section) -> Iterator[Fault]:
    for question in section.asked:
        if isinstance(question, Choice | MultiChoice):
            yield from exactly_one(question, ("options", "answer_set"))


def _aggregation(aggregation: Aggregation, *, lead: bool) -> Iterator[Fault]:
    if aggregation.kind == "lead":
        needed = ("shares", "declared", "weight") if lead else ("groups",)
        yield from (missing(aggregation, key) for key in needed if key not in _written(aggregation))
    else:
        yield from misplaced(aggregation, ("shares", "declared", "weight"), NOT_LEAD)
    if aggregation.kind not in {"geometric", "harmonic"}:
        yield from misplaced(aggregation, ("floor",), NOT_FLOORED)


def _indicator(questionnaire: Questionnaire, indicator: Indicator) -> Iterator[Fault]:
    yield from exactly_one(indicator, SOURCES)
    computed = indicator.formula is not None or indicator.link is not None
    if computed:
        yield from (missing(indicator, key) for key in ("definition", "unit") if key not in _written(indicator))
    else:
        yield from misplaced(indicator, ("definition", "unit", "decimals"), NOT_COMPUTED)
    question = asked_by(questionnaire, indicator)
    figure = computed or isinstance(question, Number)
    if not figure and not isinstance(question, Choice | MultiChoice | Table | None):
        yield from misplaced(indicator, ("breakpoints", "goalposts", "undefined", "basis"), NO_FIGURE)
    yield from _rule(indicator, figure=figure)
    for rule in indicator.undefined:
        if isinstance(rule, Substitute):
            yield from _rule(rule, figure=True)


def _rule(part: Indicator | Substitute, *, figure: bool) -> Iterator[Fault]:
    has_rule = bool(part.breakpoints or part.goalposts)
    if part.breakpoints and part.goalposts:
        yield from exactly_one(part, ("breakpoints", "goalposts"))
    if has_rule and figure and part.basis is None:
        yield missing(part, "basis")
    if not has_rule and part.basis:
        yield from misplaced(part, ("basis",), Text("没有折线或标杆值", "there are no breakpoints or goalposts"))


def exactly_one(record: Record, keys: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault unless exactly one of the keys is written."""
    found = [key for key in keys if key in _written(record)]
    if len(found) != 1:
        place = record.place.at(found[1]) if found else record.place
        yield place.fault("one-of", keys=" / ".join(keys), found=len(found))


def misplaced(record: Record, keys: tuple[str, ...], why: Text) -> Iterator[Fault]:
    """Yield a fault for each of the keys that is written and has no effect, with the reason."""
    for key in keys:
        if key in _written(record):
            yield record.place.at(key).fault("misplaced-key", key=key, why=why)


def missing(record: Record, key: str) -> Fault:
    """Return the fault of a key that the others need."""
    return record.place.fault("missing-key", key=key, expected=Text("随其他键一起给出", "goes with the keys given"))


def _written(record: Record) -> Mapping[str, object]:
    return record.place.value if isinstance(record.place.value, dict) else {}
