"""Questions of every kind."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from questionnaires.description import Length, Record, Within
from questionnaires.text import Text

from .words import AnswerSetRef, Condition, Decimals, Id, LadderRef, LevelNumber, Slug, TermRef, Weight, Word, Year


@dataclass(frozen=True, kw_only=True)
class Need(Record):
    """A prerequisite: another indicator's ladder at a level."""

    indicator: LadderRef
    level: LevelNumber


@dataclass(frozen=True, kw_only=True)
class LadderLevel(Record):
    """A level of a ladder: what it asserts, what proves it, and what to do to get there."""

    statement: Text
    evidence: Text | None = None
    action: Text | None = None
    effort: Annotated[int, Within(low=1, high=5)] | None = None
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Clause(Record):
    """A clause of a checklist group."""

    id: Word
    text: Text
    weight: Weight = 1.0


@dataclass(frozen=True, kw_only=True)
class ClauseGroup(Record):
    """Clauses that may become not applicable together."""

    id: Word
    name: Text
    clauses: Annotated[tuple[Clause, ...], Length(1)]
    help: Text | None = None
    na: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Option(Record):
    """An option of a choice; `value` is None where it is unscored."""

    id: Word
    label: Text
    value: float | None = None
    help: Text | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerSet(Record):
    """Options that several choices share."""

    id: Word
    options: Annotated[tuple[Option, ...], Length(2)]


@dataclass(frozen=True, kw_only=True)
class Row(Record):
    """A row of a table, with its own unit and bounds where they differ from the table's."""

    id: Word
    label: Text
    unit: Text | None = None
    min: float | None = None
    max: float | None = None
    decimals: Decimals | None = None
    help: Text | None = None
    when: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Column(Record):
    """A column of a table: of figures (of the year `year`, counted from the reporting year 0), options or words."""

    id: Word
    label: Text
    when: Condition | None = None
    year: Year | None = None
    kind: Literal["number", "choice", "text"] = "number"
    required: bool = True
    options: Annotated[tuple[Option, ...], Length(2)] = ()
    max_length: Annotated[int, Within(low=1, high=2000)] = 200


@dataclass(frozen=True, kw_only=True)
class OtherUnit(Record):
    """A unit in which a figure may be typed: what is typed times `factor` is stored."""

    unit: Text
    factor: Annotated[float, Within(over=0)]


@dataclass(frozen=True, kw_only=True)
class NumberLink(Record):
    """A measure of another submitted result that gives a number."""

    slug: Slug
    measure: Id


@dataclass(frozen=True, kw_only=True)
class TableLink(Record):
    """Measures of another submitted result that give rows of a table, in the columns of figures that have a year."""

    slug: Slug
    rows: Mapping[Word, Id]


@dataclass(frozen=True, kw_only=True)
class Question(Record):
    """What every question has; `kind` and the rest come from the classes below."""

    id: Id
    name: Text
    ask: Text
    help: Text | None = None
    required: bool = True
    when: Condition | None = None
    na: Text | None = None
    terms: tuple[TermRef, ...] = ()
    evidence: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Ladder(Question):
    """Level statements, ascending; the answer names one and how far it is met."""

    kind: Literal["ladder"] = "ladder"
    levels: Annotated[tuple[LadderLevel, ...], Length(1)]


@dataclass(frozen=True, kw_only=True)
class Checklist(Question):
    """Groups of clauses, each met to a degree."""

    kind: Literal["checklist"] = "checklist"
    groups: Annotated[tuple[ClauseGroup, ...], Length(1)]


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A figure with its unit and range."""

    kind: Literal["number"] = "number"
    unit: Text
    units: tuple[OtherUnit, ...] = ()
    min: float | None = None
    max: float | None = None
    decimals: Decimals = 0
    link: NumberLink | None = None

    @property
    def linked(self) -> dict[str, str]:
        """The measure of each figure that another result may give, by the id of the figure."""
        return {self.id: self.link.measure} if self.link else {}


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One of several options; `Questionnaire.options` also knows those of an answer set."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = ()
    answer_set: AnswerSetRef | None = None


@dataclass(frozen=True, kw_only=True)
class MultiChoice(Question):
    """Any of several options; `min` and `max` bound how many, an `exclusive` one stands alone."""

    kind: Literal["multi-choice"] = "multi-choice"
    options: tuple[Option, ...] = ()
    answer_set: AnswerSetRef | None = None
    min: Annotated[int, Within(low=0)] | None = None
    max: Annotated[int, Within(low=1)] | None = None
    exclusive: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FreeText(Question):
    """Words."""

    kind: Literal["text"] = "text"
    max_length: Annotated[int, Within(low=1, high=20000)] = 2000
    lines: Annotated[int, Within(low=1, high=50)] = 1


@dataclass(frozen=True, kw_only=True)
class Day(Question):
    """A date."""

    kind: Literal["date"] = "date"
    min: datetime.date | None = None
    max: datetime.date | None = None


@dataclass(frozen=True, kw_only=True)
class File(Question):
    """A reference to a document."""

    kind: Literal["file"] = "file"


@dataclass(frozen=True, kw_only=True)
class Table(Question):
    """Figures by row and column; a row's own unit and bounds beat the table's."""

    kind: Literal["table"] = "table"
    unit: Text
    units: tuple[OtherUnit, ...] = ()
    rows: Annotated[tuple[Row, ...], Length(1)]
    columns: Annotated[tuple[Column, ...], Length(1)]
    total: Text | None = None
    min: float | None = None
    max: float | None = None
    decimals: Decimals = 0
    link: TableLink | None = None

    @property
    def linked(self) -> dict[str, str]:
        """The measure of each cell that another result may give, by the id of the cell."""
        if self.link is None:
            return {}
        return {
            f"{self.id}.{row}.{column.id}": f"{measure}.y{-column.year}"
            for row, measure in self.link.rows.items()
            for column in self.columns
            if column.year is not None
        }


AnyQuestion: TypeAlias = Ladder | Checklist | Number | Choice | MultiChoice | FreeText | Day | File | Table
