from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from questionnaires.catalogue import catalogue, duplicates, glossary
from questionnaires.disclosures import disclosures
from questionnaires.entries import Entry
from questionnaires.faults import Fault
from questionnaires.references import dangling, unknown
from questionnaires.types import Checklist, Indicator, Ladder, MultiChoice, Question, Questionnaire, Section, Table
from questionnaires.types.questions import Choice
from questionnaires.years import Years


class Identified(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str: ...
    @property
    def place(self) -> Entry: ...


def ids_are_unique(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every id used twice, in the questionnaire or within the owner of single words."""
    sections = questionnaire.sections
    parts = [part for section in sections for part in (*section.questions, *section.groups, *section.indicators)]
    measured = [one for section in sections for one in (*section.measures, *section.consistency, *section.charts)]
    yield from _unique(
        [*questionnaire.dimensions, *sections, *parts, *questionnaire.gates, *measured, *questionnaire.parameters]
    )
    yield from duplicates(
        (name, questionnaire.place.at("sections", i)) for i, name in enumerate(questionnaire.section_ids)
    )
    for owned in (questionnaire.degrees, questionnaire.answer_sets, questionnaire.references):
        yield from _unique(owned)
    for answer_set in questionnaire.answer_sets:
        yield from _unique(answer_set.options)
    for question in _questions(questionnaire):
        yield from _within(question)


def _unique(parts: Iterable[Identified]) -> Iterator[Fault]:
    return duplicates((part.id, part.place.at("id")) for part in parts)


def _questions(questionnaire: Questionnaire) -> Iterator[Question]:
    return (question for section in questionnaire.sections for question in section.asked)


def _within(question: Question) -> Iterator[Fault]:
    if isinstance(question, Checklist):
        yield from _unique(question.groups)
        for group in question.groups:
            yield from _unique(group.clauses)
    if isinstance(question, Choice | MultiChoice):
        yield from _unique(question.options)
    if isinstance(question, Table):
        yield from _unique(question.rows)
        yield from _unique(question.columns)
        for column in question.columns:
            yield from _unique(column.options)


def names_exist(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every reference that names nothing."""
    known = _known(questionnaire)
    for part in (questionnaire, *questionnaire.sections, *questionnaire.parameters):
        groups = [group.id for group in part.groups] if isinstance(part, Section) else []
        yield from dangling(part, {**known, "group": groups})
    for question in _questions(questionnaire):
        if isinstance(question, MultiChoice):
            yield from _exclusive(question, [option.id for option in questionnaire.options(question)])


def _exclusive(question: MultiChoice, options: list[str]) -> Iterator[Fault]:
    for index, name in enumerate(question.exclusive):
        if name not in options:
            yield unknown(question.place.at("exclusive", index), "option", name, options)


def _known(questionnaire: Questionnaire) -> Mapping[str, Collection[str]]:
    indicators = questionnaire.indicators
    groups = [group.id for section in questionnaire.sections for group in section.groups]
    return {
        "indicator": indicators,
        "ladder": [one.id for one in indicators.values() if isinstance(asked_by(questionnaire, one), Ladder)],
        "question": questionnaire.questions,
        "dimension": [dimension.id for dimension in questionnaire.dimensions],
        "value": [*indicators, *groups, *(one.id for one in questionnaire.domains), *_clause_groups(questionnaire)],
        "answer-set": [one.id for one in questionnaire.answer_sets],
        "reference": [one.id for one in questionnaire.references],
        "node": catalogue().by_id,
        "topic": catalogue().topics,
        "term": glossary().by_id,
        "disclosure": disclosures().by_id,
        "measure": [name for one in questionnaire.measures.values() for name in (one.id, *one.ids.values())],
        "parameter": [one.id for one in questionnaire.parameters],
        "row": [name for name in Years(questionnaire) if name not in questionnaire.questions],
    }


def asked_by(questionnaire: Questionnaire, indicator: Indicator) -> Question | None:
    """Return the question that an indicator reads, if it reads one that exists."""
    return indicator.asked or questionnaire.questions.get(indicator.question or "")


def _clause_groups(questionnaire: Questionnaire) -> Iterator[str]:
    for indicator in questionnaire.indicators.values():
        question = asked_by(questionnaire, indicator)
        if isinstance(question, Checklist):
            yield from (f"{indicator.id}.{group.id}" for group in question.groups)
