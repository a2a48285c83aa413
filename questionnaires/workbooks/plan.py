"""What stands where: one plan, which the writer fills and the reader follows.

A section is a sheet. Column A is hidden and holds the key of each row that has answer cells, so rows are found by key, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from questionnaires.figures import Bounds
from questionnaires.text import Text, both
from questionnaires.types import (
    AnyQuestion,
    Checklist,
    Choice,
    Day,
    FreeText,
    Ladder,
    MultiChoice,
    Number,
    Questionnaire,
    Section,
    Table,
)
from questionnaires.types.questions import Column
from questionnaires.types.questions import Row as TableRow

from .parts import PICKED, Part

KEY, ASK, ANSWER, SECOND, REASON, NOTE, HELP = range(7)
LONGEST_NAME: Final = 31
"""Characters of a sheet's name."""
LONGEST_NOTE: Final = 2000
LONGEST_REASON: Final = 500
LONGEST_REFERENCE: Final = 500
NOT_STARTED: Final = Text("0 未开始", "0 Not started")
NONE_MET: Final = Text("未达到", "Not met")
YES: Final = Text("是", "Yes")

Holds = Literal["option", "number", "text", "date"]
Style = Literal["title", "intro", "columns", "question", "statement", "part", "head", "total"]


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer cell: its column, the part of the answer that it holds, and what may be typed there."""

    column: int
    part: Part
    holds: Holds
    options: tuple[tuple[str, Text], ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: texts by column, and the answer cells if it has a key."""

    style: Style
    texts: Mapping[int, Text]
    key: str = ""
    question: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section's sheet; `name` is its name in both languages."""

    section: str
    name: Text
    rows: tuple[Row, ...]


def sheets(questionnaire: Questionnaire, year: int | None = None) -> tuple[Sheet, ...]:
    """Return the plan of a questionnaire's workbook; `year` is the reporting year that heads the columns of tables."""
    asked = [section for section in questionnaire.sections if any(True for _ in section.asked)]
    return tuple(
        Sheet(section.id, _sheet_name(number, section), tuple(_Rows(questionnaire, year).of(section)))
        for number, section in enumerate(asked, 1)
    )


def _sheet_name(number: int, section: Section) -> Text:
    kept = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
    zh, en = (
        f"{number} {title.translate(kept)}"[:LONGEST_NAME].strip() for title in (section.title.zh, section.title.en)
    )
    return Text(zh, en)


HEADINGS: Final = {
    ASK: Text("问题", "Question"),
    ANSWER: Text("填写", "Answer"),
    SECOND: Text("程度／单位", "Degree / unit"),
    REASON: Text("不适用的理由", "Reason if not applicable"),
    NOTE: Text("备注", "Note"),
    HELP: Text("说明", "Guidance"),
}


class _Rows:
    """The rows of a section."""

    def __init__(self, questionnaire: Questionnaire, year: int | None) -> None:
        self.questionnaire, self.year = questionnaire, year
        self.degrees = tuple((degree.id, degree.label) for degree in questionnaire.degrees)

    def of(self, section: Section) -> Iterator[Row]:
        yield Row("title", {ASK: section.title})
        if section.intro:
            yield Row("intro", {ASK: section.intro})
        yield Row("columns", HEADINGS)
        for question in section.asked:
            yield from self.question(question)

    def question(self, question: AnyQuestion) -> Iterator[Row]:
        texts = {ASK: _ask(question), HELP: _help(question)}
        if isinstance(question, Number):
            texts[SECOND] = question.unit
        yield Row("question", texts, question.id, question.id, (*self.main(question), *_beside(question)))
        match question:
            case Ladder():
                yield from _statements(question)
            case Checklist():
                yield from self.clauses(question)
            case MultiChoice():
                for option in self.questionnaire.options(question):
                    cell = Cell(ANSWER, ("pick", option.id), "option", ((PICKED, YES),))
                    yield _part(question, option.id, {ASK: option.label} | _given(HELP, option.help), (cell,))
            case Table():
                yield from self.table(question)

    def main(self, question: AnyQuestion) -> Iterator[Cell]:
        """Yield the cells of the answer itself that stand beside the question."""
        match question:
            case Ladder(levels=levels):
                numbers = tuple((str(n), Text(f"{n} 级", f"{n} Level")) for n in range(1, len(levels) + 1))
                yield Cell(ANSWER, ("level",), "option", (("0", NOT_STARTED), *numbers))
                yield Cell(SECOND, ("degree",), "option", self.degrees)
            case Number():
                units = (question.unit.zh, question.unit.en)
                yield Cell(
                    ANSWER, ("value",), "number", (), Bounds(question.min, question.max, question.decimals, units)
                )
            case Choice():
                options = tuple((option.id, option.label) for option in self.questionnaire.options(question))
                yield Cell(ANSWER, ("value",), "option", options)
            case Day():
                yield Cell(ANSWER, ("value",), "date")
            case Checklist() | MultiChoice() | Table():
                return
            case _:
                longest = question.max_length if isinstance(question, FreeText) else LONGEST_REFERENCE
                yield Cell(ANSWER, ("value",), "text", longest=longest)

    def clauses(self, question: Checklist) -> Iterator[Row]:
        degrees = (("none", NONE_MET), *self.degrees)
        for group in question.groups:
            reason = Cell(REASON, ("na", group.id), "text", longest=LONGEST_REASON)
            texts = {ASK: group.name} | _given(HELP, group.help)
            yield _part(question, f"{group.id}:", texts, (reason,) if group.na else (), "head")
            for clause in group.clauses:
                cell = Cell(ANSWER, ("clause", group.id, clause.id), "option", degrees)
                yield _part(question, f"{group.id}:{clause.id}", {ASK: clause.text}, (cell,))

    def table(self, table: Table) -> Iterator[Row]:
        heads = {ANSWER + place: self.heading(column) for place, column in enumerate(table.columns)}
        yield Row("head", {ASK: Text(f"单位：{table.unit.zh}", f"Unit: {table.unit.en}")} | heads)
        for row in table.rows:
            cells = tuple(_table_cell(ANSWER + place, table, row, one) for place, one in enumerate(table.columns))
            yield _part(table, row.id, {ASK: _row_label(row)}, cells)
        if table.total:
            yield Row("total", {ASK: table.total}, question=table.id)

    def heading(self, column: Column) -> Text:
        if column.year is None or self.year is None:
            return column.label
        year = self.year + column.year
        return Text(f"{year} {column.label.zh}", f"{year} {column.label.en}")


def _ask(question: AnyQuestion) -> Text:
    return Text(f"{question.name.zh}\n{question.ask.zh}", f"{question.name.en}\n{question.ask.en}")


def _help(question: AnyQuestion) -> Text:
    """Return what helps to answer, and where N/A is allowed."""
    na = question.na and Text(f"可不适用：{question.na.zh}", f"May be not applicable: {question.na.en}")
    given = [text for text in (question.help, question.evidence, na) if text]
    return Text("\n".join(text.zh for text in given), "\n".join(text.en for text in given))


def _given(column: int, text: Text | None) -> dict[int, Text]:
    return {column: text} if text else {}


def _beside(question: AnyQuestion) -> Iterator[Cell]:
    if question.na:
        yield Cell(REASON, ("na",), "text", longest=LONGEST_REASON)
    yield Cell(NOTE, ("note",), "text", longest=LONGEST_NOTE)


def _part(
    question: AnyQuestion, key: str, texts: Mapping[int, Text], cells: tuple[Cell, ...], style: Style = "part"
) -> Row:
    return Row(style, texts, f"{question.id}:{key}" if cells else "", question.id, cells)


def _statements(question: Ladder) -> Iterator[Row]:
    for number, level in enumerate(question.levels, 1):
        statement = Text(f"{number}　{level.statement.zh}", f"{number}  {level.statement.en}")
        yield Row("statement", {ASK: statement} | _given(HELP, level.evidence))


def _row_label(row: TableRow) -> Text:
    label, unit, help_ = row.label, row.unit or both(""), row.help or both("")
    zh = label.zh + (f"（{unit.zh}）" if unit.zh else "") + (f"\n{help_.zh}" if help_.zh else "")
    en = label.en + (f" ({unit.en})" if unit.en else "") + (f"\n{help_.en}" if help_.en else "")
    return Text(zh, en)


def _table_cell(place: int, table: Table, row: TableRow, column: Column) -> Cell:
    part = ("cell", row.id, column.id)
    if column.kind == "choice":
        return Cell(place, part, "option", tuple((option.id, option.label) for option in column.options))
    if column.kind == "text":
        return Cell(place, part, "text", longest=column.max_length)
    unit = row.unit or table.unit
    bounds = Bounds(
        table.min if row.min is None else row.min,
        table.max if row.max is None else row.max,
        table.decimals if row.decimals is None else row.decimals,
        (unit.zh, unit.en),
    )
    return Cell(place, part, "number", (), bounds)
