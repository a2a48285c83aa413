"""What the answers given so far come to: what is asked, what is missing, how far each section is, and the provisional result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.models import Answer
from app.services.engines import engine_of
from questionnaires.finished import finished
from questionnaires.types import Questionnaire, Row, Section, Table
from scoring.answers import LinkedValue, encode
from scoring.engine import score
from scoring.result import Result
from scoring.scope import asked


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the required questions that are asked have their whole answer."""

    done: int
    total: int


@dataclass(frozen=True)
class Standing:
    """The state of a draft. `asked` has the questions (and `QUESTION.COLUMN`, `QUESTION.ROW.COLUMN`) that the answers so far ask for."""

    questionnaire: Questionnaire
    result: Result
    asked: frozenset[str]
    sections: dict[str, Progress]

    @property
    def progress(self) -> Progress:
        parts = [part for name, part in self.sections.items() if not self.is_hidden(name)]
        return Progress(sum(part.done for part in parts), sum(part.total for part in parts))

    def is_hidden(self, section_id: str) -> bool:
        """Whether a section asks and computes nothing now."""
        section = next(one for one in self.questionnaire.sections if one.id == section_id)
        return not (self.asked.intersection(one.id for one in section.asked) or self.computed(section))

    def computed(self, section: Section) -> list[str]:
        """Return the computed indicators of a section that are in scope."""
        computed = [one.id for one in section.indicators if one.question_id is None]
        return [one for one in computed if self.result.nodes[one].state != "out-of-scope"]

    def rows(self, section: Section) -> Iterable[str]:
        """Yield `QUESTION:ROW` for each row of a table of the section with a cell that is asked."""
        for table in section.asked:
            if isinstance(table, Table):
                yield from (f"{table.id}:{row.id}" for row in table.rows if self.cells(table, row))

    def cells(self, table: Table, row: Row) -> list[str]:
        """Return the columns of a row whose cells are asked."""
        return [column.id for column in table.columns if f"{table.id}.{row.id}.{column.id}" in self.asked]

    def hidden(self, section: Section) -> frozenset[str]:
        """Return the questions, rows (`QUESTION:ROW`), columns and computed indicators of a section that are not shown."""
        shown = {*self.asked, *self.rows(section), *self.computed(section)}
        return frozenset(part for part in _parts(section) if part not in shown)


def _parts(section: Section) -> Iterable[str]:
    for question in section.asked:
        yield question.id
        if isinstance(question, Table):
            yield from (f"{question.id}.{column.id}" for column in question.columns)
            yield from (f"{question.id}:{row.id}" for row in question.rows)
    yield from (one.id for one in section.indicators if one.question_id is None)


def scorable(questionnaire: Questionnaire, stored: Iterable[Answer]) -> dict[str, Any]:
    """Return the finished answers by question, in the order of the questionnaire."""
    by_id = {answer.question: answer.value for answer in stored}
    read = {one.id: finished(one, by_id[one.id]) for one in questionnaire.questions.values() if one.id in by_id}
    return {name: value for name, value in read.items() if value is not None}


def standing(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    year: int,
    links: Mapping[str, LinkedValue] | None = None,
    industry: str | None = None,
) -> Standing:
    """Score the answers as they are, of an enterprise of this division, and count what is missing."""
    compiled = engine_of(questionnaire)
    result = score(compiled, answers, year=year, links=links, industry=industry)
    shown = asked(compiled, encode(compiled, answers, links, year, industry))
    missing = {question_of(questionnaire, name) for name in result.missing}
    sections = {section.id: _progress(section, shown, missing) for section in questionnaire.sections}
    return Standing(questionnaire, result, shown, sections)


def _progress(section: Section, shown: frozenset[str], missing: set[str]) -> Progress:
    required = [one.id for one in section.asked if one.required and one.id in shown]
    return Progress(sum(one not in missing for one in required), len(required))


def question_of(questionnaire: Questionnaire, missing: str) -> str:
    """Return the question that a missing question, clause or cell belongs to."""
    while missing not in questionnaire.questions and "." in missing:
        missing = missing.rpartition(".")[0]
    return missing
