"""Reads posted fields into answers as FORMAT.md has them. Gaps are accepted, impossible values are refused.

Three unfinished answers are kept as they are, so that nothing typed is lost: a ladder level without a degree (`{"level": 3}`),
fewer options than the least, and not applicable without a reason (`{"na": ""}`). `questionnaires.finished` leaves them out of scoring.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from app.errors import InvalidError
from app.services import fields as names
from app.services.cells import cell_bounds, figure, number_bounds, shares_unit
from app.services.fields import Fields, single
from app.services.numbers import parse_number
from questionnaires.days import read_day
from questionnaires.types import (
    AnyQuestion,
    Checklist,
    Choice,
    ClauseGroup,
    Column,
    Day,
    FreeText,
    Ladder,
    MultiChoice,
    Number,
    Questionnaire,
    Row,
    Table,
)

LONGEST_NOTE = 2000
LONGEST_REASON = 500
LONGEST_REFERENCE = 500


@dataclass
class Entry:
    """What a form says of one question: the answer (None is a gap), the note, the revision it was made from, and what is wrong."""

    question: str
    value: Any = None
    note: str = ""
    revision: int = 0
    keep: str = ""
    faults: dict[str, InvalidError] = field(default_factory=dict)


def read_entry(questionnaire: Questionnaire, question: AnyQuestion, fields: Fields) -> Entry:
    """Return what `fields` say of `question`; faults are collected by field."""
    return _Reader(questionnaire, question, fields).read()


def read_entries(questionnaire: Questionnaire, questions: Iterable[AnyQuestion], fields: Fields) -> list[Entry]:
    """Return what `fields` say of those `questions` that are in the form."""
    return [read_entry(questionnaire, one, fields) for one in questions if names.revision(one.id) in fields]


class _Reader:
    """Reads one question."""

    def __init__(self, questionnaire: Questionnaire, question: AnyQuestion, fields: Fields) -> None:
        self.questionnaire, self.question, self.fields = questionnaire, question, fields
        self.entry = Entry(question.id)
        self.degrees = [degree.id for degree in questionnaire.degrees]

    def read(self) -> Entry:
        question, entry = self.question, self.entry
        entry.keep = self.typed(names.keep(question.id))
        entry.revision = _revision(self.typed(names.revision(question.id)))
        with self.catching(names.note(question.id)):
            entry.note = words(self.typed(names.note(question.id)), LONGEST_NOTE)
        entry.value = self.not_applicable(names.reason(question.id)) if self.na_chosen() else self.value()
        return entry

    def typed(self, name: str) -> str:
        return single(self.fields, name)

    @contextmanager
    def catching(self, name: str) -> Iterator[None]:
        """Keep what is wrong with one field and let the reading of the others go on."""
        try:
            yield
        except InvalidError as error:
            self.entry.faults[name] = error

    def na_chosen(self) -> bool:
        if self.question.na is None:
            return False
        if self.typed(names.na(self.question.id)):
            return True
        # Where the answer is one of several radio buttons, so is N/A, unless an option has that name.
        own = isinstance(self.question, Choice) and names.NA in self.options()
        return isinstance(self.question, Ladder | Choice) and not own and self.typed(self.question.id) == names.NA

    def not_applicable(self, name: str) -> dict[str, str]:
        with self.catching(name):
            return {"na": words(self.typed(name), LONGEST_REASON)}
        return {"na": ""}

    def value(self) -> Any:
        match self.question:
            case Checklist(groups=groups):
                return _filled({group.id: self.clauses(group) for group in groups})
            case Table(rows=rows) as table:
                return _filled({row.id: self.cells(table, row) for row in rows})
        with self.catching(self.question.id):
            return self.simple(self.typed(self.question.id))
        return None

    def simple(self, typed: str) -> Any:
        match self.question:
            case Ladder():
                return self.ladder(self.question, typed)
            case Number():
                return figure(typed, number_bounds(self.question), self.question, self.unit())
            case MultiChoice():
                return self.several(self.question)
            case Day():
                return day(typed, self.question)
        return self.words_or_option(typed)

    def words_or_option(self, typed: str) -> str | None:
        if not typed:
            return None
        if isinstance(self.question, Choice):
            return one_of(typed, self.options())
        return words(typed, self.question.max_length if isinstance(self.question, FreeText) else LONGEST_REFERENCE)

    def options(self) -> list[str]:
        question = self.question
        return (
            [one.id for one in self.questionnaire.options(question)]
            if isinstance(question, Choice | MultiChoice)
            else []
        )

    def ladder(self, question: Ladder, typed: str) -> dict[str, Any] | None:
        if not typed:
            return None
        level = int(one_of(typed, [str(number) for number in range(len(question.levels) + 1)]))
        if level == 0:
            return {"level": 0}
        degree = self.degrees[0] if len(self.degrees) == 1 else self.typed(names.degree(question.id, level))
        return {"level": level, "degree": one_of(degree, self.degrees)} if degree else {"level": level}

    def several(self, question: MultiChoice) -> list[str] | None:
        known = self.options()
        chosen = {one_of(one, known) for one in self.fields.get(question.id, ()) if one}
        if len(chosen) > 1 and (alone := chosen.intersection(question.exclusive)):
            label = next(option.label for option in self.questionnaire.options(question) if option.id in alone)
            raise InvalidError("“%(option)s”不能与其他选项同时选择。", option=label)
        if question.max is not None and len(chosen) > question.max:
            raise InvalidError("最多选 %(most)s 项。", most=question.max)
        return [option for option in known if option in chosen] or None

    def clauses(self, group: ClauseGroup) -> dict[str, str]:
        if group.na is not None and self.typed(names.group_na(self.question.id, group.id)):
            return self.not_applicable(names.group_reason(self.question.id, group.id))
        found = {}
        for clause in group.clauses:
            name = names.part(self.question.id, group.id, clause.id)
            with self.catching(name):
                if typed := self.typed(name):
                    found[clause.id] = one_of(typed, ["none", *self.degrees])
        return found

    def unit(self) -> str:
        return self.typed(names.unit(self.question.id))

    def cells(self, table: Table, row: Row) -> dict[str, float | str]:
        found = {}
        for column in table.columns:
            name = names.part(table.id, row.id, column.id)
            with self.catching(name):
                value = self.cell(table, row, column, self.typed(name))
                if value is not None:
                    found[column.id] = value
        return found

    def cell(self, table: Table, row: Row, column: Column, typed: str) -> float | str | None:
        if column.kind == "number":
            bounds = cell_bounds(table, row)
            return figure(typed, bounds, table, self.unit()) if shares_unit(table, row) else parse_number(typed, bounds)
        if not typed:
            return None
        return one_of(typed, [one.id for one in column.options]) if column.options else words(typed, column.max_length)


def _revision(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _filled(parts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]] | None:
    return {name: inner for name, inner in parts.items() if inner} or None


def one_of(typed: str, known: Sequence[str]) -> str:
    """Return `typed` if it is one of the `known` words; `InvalidError` if not."""
    if typed not in known:
        raise InvalidError("“%(typed)s”不在选项之内。请刷新页面后重新选择。", typed=typed[:40])
    return typed


def words(typed: str, longest: int) -> str:
    """Return free text without control characters; `InvalidError` when it is too long."""
    text = "".join(char for char in typed.replace("\r\n", "\n") if char == "\n" or unicodedata.category(char) != "Cc")
    if len(text) > longest:
        raise InvalidError("最多 %(most)s 个字，现有 %(found)s 个。", most=longest, found=len(text))
    return text


def day(typed: str, question: Day) -> str | None:
    """Return the ISO date that was typed, None when blank; `InvalidError` when it is none or out of range."""
    if not typed.strip():
        return None
    date = read_day(typed)
    if date is None:
        raise InvalidError("“%(typed)s”不是日期。请按 2025-03-01 的样子填写。", typed=typed[:20])
    if question.min and date < question.min:
        raise InvalidError("不能早于 %(limit)s。", limit=question.min.isoformat())
    if question.max and date > question.max:
        raise InvalidError("不能晚于 %(limit)s。", limit=question.max.isoformat())
    return date.isoformat()
