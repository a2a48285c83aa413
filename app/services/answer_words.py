"""Stored answers the other way: back into form fields, and into words that people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.i18n import Translator
from app.services import fields as names
from app.services.cells import cell_words, unit_of
from app.services.numbers import grouped
from questionnaires.types import (
    AnyQuestion,
    Checklist,
    Choice,
    Column,
    Ladder,
    MultiChoice,
    Number,
    Questionnaire,
    Row,
    Table,
    Text,
)


def as_fields(question: AnyQuestion, value: Any, note: str = "", revision: int = 0) -> dict[str, list[str]]:
    """Return the fields of a form that says this; `answer_forms.read_entry` reads them back to the same."""
    found = {names.revision(question.id): [str(revision)], names.note(question.id): [note]}
    if isinstance(value, dict) and "na" in value and not isinstance(value["na"], dict):
        mark = question.id if isinstance(question, Ladder | Choice) else names.na(question.id)
        return found | {mark: [names.NA], names.reason(question.id): [value["na"]]}
    return found | dict(_value_fields(question, value))


def _value_fields(question: AnyQuestion, value: Any) -> Iterator[tuple[str, list[str]]]:
    if value is None:
        return
    match question:
        case Ladder():
            yield question.id, [str(value["level"])]
            yield names.degree(question.id, value["level"]), [value.get("degree", "")]
        case Checklist():
            for group, clauses in value.items():
                yield from _clause_fields(question.id, group, clauses)
        case Table():
            for row, cells in value.items():
                yield from (
                    (names.part(question.id, row, column), [cell_words(cell)]) for column, cell in cells.items()
                )
        case MultiChoice():
            yield question.id, list(value)
        case _:
            yield question.id, [grouped(value) if isinstance(question, Number) else str(value)]


def _clause_fields(question: str, group: str, clauses: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    if "na" in clauses:
        yield names.group_na(question, group), [names.NA]
        yield names.group_reason(question, group), [clauses["na"]]
        return
    yield from ((names.part(question, group, clause), [degree]) for clause, degree in clauses.items())


class Wording:
    """Puts answers into words of one language."""

    def __init__(self, questionnaire: Questionnaire, translator: Translator) -> None:
        self.questionnaire = questionnaire
        self.say = translator.say
        self.language = translator.language
        self.degrees = {degree.id: degree.label.get(self.language) for degree in questionnaire.degrees}
        self.degrees["none"] = self.say("未达到")

    def lines(self, question: AnyQuestion, value: Any) -> list[str]:
        """Return the answer as one or more lines."""
        if value is None:
            return [self.say("未作答")]
        if isinstance(value, dict) and "na" in value and not isinstance(value["na"], dict):
            return [self.na(value["na"])]
        match question:
            case Checklist():
                return [line for group in question.groups for line in self._group(group, value.get(group.id))]
            case Table():
                return [self._row(question, row, value[row.id]) for row in question.rows if row.id in value]
        return [self._plain(question, value)]

    def na(self, reason: str) -> str:
        return self.say("不适用：%(reason)s", reason=reason or self.say("（未写理由）"))

    def note(self, note: str) -> list[str]:
        """Return the note as a line, nothing when there is none."""
        return [self.say("备注：%(note)s", note=note)] if note else []

    def _text(self, text: Text) -> str:
        return text.get(self.language)

    def _plain(self, question: AnyQuestion, value: Any) -> str:
        match question:
            case Ladder():
                return self._ladder(value)
            case Number():
                return with_unit(grouped(value), self._text(question.unit))
            case Choice() | MultiChoice():
                labels = {option.id: self._text(option.label) for option in self.questionnaire.options(question)}
                chosen = value if isinstance(value, list) else [value]
                return self.say("、").join(str(labels.get(one, one)) for one in chosen)
        return str(value)

    def _ladder(self, value: dict[str, Any]) -> str:
        if value["level"] == 0:
            return self.say("尚未开展")
        degree = self.degrees.get(value.get("degree", ""), self.say("未选达到程度"))
        return self.say("第 %(level)s 级 · %(degree)s", level=value["level"], degree=degree)

    def _group(self, group: Any, clauses: dict[str, str] | None) -> Iterator[str]:
        if clauses is None:
            return
        name = self._text(group.name)
        if "na" in clauses:
            yield f"{name} — {self.na(clauses['na'])}"
            return
        met = [self.degrees[clauses[clause.id]] if clause.id in clauses else "…" for clause in group.clauses]
        yield f"{name} — {' / '.join(met)}"

    def _row(self, table: Table, row: Row, cells: dict[str, float | str]) -> str:
        shown = [
            f"{self._text(column.label)} {self._cell(column, cells[column.id])}"
            for column in table.columns
            if column.id in cells
        ]
        return (
            f"{self._text(row.label)}（{self._text(unit_of(table, row))}）{self.say('：')}{self.say('；').join(shown)}"
        )

    def _cell(self, column: Column, cell: float | str) -> str:
        labels = {option.id: self._text(option.label) for option in column.options}
        return labels.get(str(cell), cell_words(cell))


def level_name(number: int, translator: Translator) -> str:
    """Return the level's number in words, as in 三级 or Level 3."""
    if translator.language == "zh":
        numerals = "零一二三四五六七八九十"
        return f"{numerals[number]}级" if number < len(numerals) else f"{number} 级"
    return f"Level {number}"


def with_unit(figure: str, unit: str) -> str:
    """Return a figure with its unit, the per cent sign without a space, a unit that is a number itself (10,000 yuan) as a factor."""
    if unit.startswith("%"):
        return f"{figure}{unit}"
    return f"{figure} × {unit}" if unit[:1].isdigit() else f"{figure} {unit}".strip()
