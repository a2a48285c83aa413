"""The data file of an index: a line for each unit and year, a column for each question. FORMAT.md describes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import scoring.faults as engine
from scoring.model import Model, Question
from scoring.slots import slots_of

from .answers import answer_fault
from .entries import Entry
from .faults import Fault, Faulty, did_you_mean
from .figures import half_width
from .sheet import SheetRow, read_sheet

UNIT, YEAR, NA = "unit", "year", "na"
YEARS = range(1900, 2201)
FROM_FILE = "CSV"
"""The reason that stands for `na` in a cell."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)


class NoNumberError(ValueError):
    """What stands where a number is expected."""


@dataclass(frozen=True, slots=True)
class Units:
    """Units in the order of the file, their years (None throughout without the column) and stored answers."""

    names: tuple[str, ...]
    years: tuple[int | None, ...]
    answers: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of answers: its number from 1, its header, the question and how a cell of it becomes (part of) the answer."""

    number: int
    name: str
    question: Question
    path: tuple[str, ...]


def read_units(path: Path, model: Model) -> Units:
    """Return the units in a CSV file. Raises `Faulty` with all faults."""
    return units_of(read_sheet(path), str(path), model)


def units_of(rows: Sequence[SheetRow], file: str, model: Model) -> Units:
    """Return the units in the records of a file. Raises `Faulty` with all faults."""
    if not rows:
        raise Faulty([Fault.of("data-empty", file, 1, (), {})])
    header = rows[0]
    faults: list[Fault] = []
    columns = list(_columns(header, model, file, faults))
    if faults:
        raise Faulty(faults)
    if len(rows) == 1:
        raise Faulty([Fault.of("data-empty", file, header.line, (), {})])
    frame = _Frame(file, len(header.cells), YEAR in map(half_width, header.cells[1:2]), columns, model)
    read = [_Row(row, frame) for row in rows[1:]]
    faults = [fault for row in read for fault in row.faults] + list(_twice(read))
    if faults:
        raise Faulty(sorted(faults, key=lambda fault: fault.line))
    return Units(tuple(row.unit for row in read), tuple(row.year for row in read), tuple(row.answers for row in read))


def _columns(header: SheetRow, model: Model, file: str, faults: list[Fault]) -> Iterator[_Column]:
    known = {path: question for question in model.questions for path in _paths(question)}
    cells = [half_width(cell) for cell in header.cells]
    if cells[0] != UNIT:
        faults.append(Fault.of("data-first", file, header.line, (), {"found": repr(cells[0][:40])}))
    seen: dict[str, int] = {}
    for number, name in enumerate(cells, start=1):
        if name in seen:
            detail = {"column": number, "first": seen[name], "found": name}
            faults.append(Fault.of("data-column-twice", file, header.line, (), detail))
        elif name in known:
            yield _Column(number, name, known[name], _path(known[name], name))
        elif number > 1 and not (number == 2 and name == YEAR):
            hint = did_you_mean(name, [YEAR, *known])
            detail = {"column": number, "found": repr(name[:60]), "hint": hint}
            faults.append(Fault.of("data-column", file, header.line, (), detail))
        seen.setdefault(name, number)


def _paths(question: Question) -> list[str]:
    return [slot.id for slot in slots_of(question)]


def _path(question: Question, name: str) -> tuple[str, ...]:
    """Return where in its question's answer a column stands: nowhere, or row and column, or group and clause."""
    return tuple(name.removeprefix(question.id).split(".")[1:])


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the header says of every record."""

    file: str
    width: int
    has_year: bool
    columns: list[_Column]
    model: Model


class _Row:
    """A record with what is wrong with it."""

    def __init__(self, row: SheetRow, frame: _Frame) -> None:
        self.place = Entry(frame.file, row.line)
        self.faults: list[Fault] = []
        self.unit = row.cells[0]
        self.year = self._year(row.cells) if frame.has_year else None
        self.answers: dict[str, Any] = {}
        if not self.unit:
            self.faults.append(self.place.fault("data-unit"))
        if len(row.cells) != frame.width:
            self.faults.append(self.place.fault("data-width", found=len(row.cells), expected=frame.width))
        else:
            self._fill(row, frame)

    def _year(self, cells: tuple[str, ...]) -> int | None:
        typed = half_width(cells[1]) if len(cells) > 1 else ""
        if re.fullmatch(r"\d{4}", typed, re.ASCII) and int(typed) in YEARS:
            return int(typed)
        self.faults.append(self.place.fault("data-year", found=repr(typed[:40])))
        return None

    def _fill(self, row: SheetRow, frame: _Frame) -> None:
        for column in frame.columns:
            cell = row.cells[column.number - 1]
            if cell:
                self._cell(column, cell, frame.model)
        mixed = {column.question.id: column.question for column in frame.columns if column.question.kind == "checklist"}
        for name, question in mixed.items():
            found = engine.answer_faults(frame.model, question, self.answers.get(name, {})) if not self.faults else []
            self.faults += [answer_fault(fault, self._at(name)) for fault in found]

    def _at(self, name: str) -> Entry:
        return Entry(self.place.file, self.place.line, None, (name,))

    def _cell(self, column: _Column, cell: str, model: Model) -> None:
        place = self._at(column.name)
        try:
            answer = _answer(column, cell)
        except NoNumberError:
            self.faults.append(place.fault("data-number", column=column.number, found=repr(cell[:40])))
            return
        found = engine.answer_faults(model, column.question, answer)
        self.faults += [answer_fault(fault, place) for fault in found]
        if not found:
            _merge(self.answers, {column.question.id: answer})


def _answer(column: _Column, cell: str) -> Any:
    """Return a cell as the part of the stored answer that it gives; `na` in a clause is that of its whole group."""
    question, path = column.question, column.path
    if cell.lower() == NA and question.kind != "table" and not any(option.id == NA for option in question.options):
        return _nested(path[:-1], {NA: FROM_FILE})
    if question.kind == "table":
        kinds = {one.id: one.kind for one in question.columns}
        return _nested(path, number(cell) if kinds[path[-1]] == "number" else cell)
    return _nested(path, _KINDS.get(question.kind, _as_it_is)(cell))


def _as_it_is(cell: str) -> str:
    return cell


def _picks(cell: str) -> list[str]:
    return [part.strip() for part in re.split("[;；]", cell) if part.strip()]


def _rung(cell: str) -> dict[str, Any]:
    level, _, degree = half_width(cell).partition(":")
    if not level.strip().isdecimal():
        raise NoNumberError(cell)
    rung: dict[str, Any] = {"level": int(level)}
    return {**rung, "degree": degree.strip()} if degree else rung


def number(cell: str) -> float:
    """Return the number that a cell holds: full-width digits and thousands separators are understood. Raises `NoNumberError`."""
    text = half_width(cell)
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    if not _NUMBER.fullmatch(text):
        raise NoNumberError(cell)
    return float(text)


_KINDS: Mapping[str, Callable[[str], Any]] = {"number": number, "multi-choice": _picks, "ladder": _rung}


def _nested(path: tuple[str, ...], value: Any) -> Any:
    for part in reversed(path):
        value = {part: value}
    return value


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _twice(rows: list[_Row]) -> Iterator[Fault]:
    seen: dict[tuple[str, int | None], int] = {}
    for row in rows:
        key = row.unit, row.year
        if row.unit and key in seen:
            yield row.place.fault("data-unit-twice", found=row.unit, first=seen[key])
        seen.setdefault(key, row.place.line)
