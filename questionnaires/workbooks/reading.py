"""Reads a filled-in workbook: every answer, and every fault with its sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final

from openpyxl.cell.cell import Cell as Found
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from questionnaires.answers import answer_fault
from questionnaires.entries import Entry
from questionnaires.faults import Fault, Faulty, did_you_mean
from questionnaires.finished import finished
from questionnaires.registry import Registry
from questionnaires.types import AnyQuestion, Questionnaire
from scoring.faults import answer_faults

from . import subject as subjects
from .opening import open_workbook
from .parts import BothError, Part, Parts, answer_of
from .plan import ANSWER, KEY, Cell, Row, Sheet, sheets
from .stamp import SHEET, Stamp, fingerprint, stamp_of
from .typed import CellError, read_cell

MOST_ROWS: Final = 5000
"""So many rows of a sheet are looked at."""
MOST_STAMPS: Final = 5000


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that may be meant in another way: `typed` as it stands, `other` if it was a fraction for a percentage."""

    question: str
    part: Part
    place: str
    typed: float
    other: float


@dataclass(frozen=True, slots=True)
class Filled:
    """What a sound workbook says: the answer (None: blank) and note of every question, and where it stands.

    `doubts` are figures to ask about, among the questions that were changed since the workbook was made.
    """

    stamp: Stamp
    questionnaire: Questionnaire
    answers: dict[str, Any]
    notes: dict[str, str]
    places: dict[str, str]
    doubts: tuple[Doubt, ...]
    subject: Mapping[str, Any]
    """The facts of the enterprise, the year and the scope, with the keys of an answer file."""
    _parts: dict[str, Parts] = field(default_factory=dict)

    def changed(self, question: str) -> bool:
        """Whether a question's answer or note is another than when the workbook was made."""
        base = self.stamp.bases.get(question)
        found = self.answers[question], self.notes[question]
        return found != (None, "") if base is None else base.fingerprint != fingerprint(*found)

    def meant(self, doubts: Mapping[str, bool]) -> dict[str, Any]:
        """Return the answers with those doubtful figures, by place, taken the other way."""
        parts = {name: dict(given) for name, given in self._parts.items()}
        for doubt in self.doubts:
            if doubts.get(doubt.place):
                parts[doubt.question][doubt.part] = doubt.other
        asked = self.questionnaire.questions
        return self.answers | {
            name: answer_of(self.questionnaire, asked[name], given)[0] for name, given in parts.items()
        }


def read_workbook(data: bytes, name: str, registry: Registry) -> Filled:
    """Return what a workbook says; `name` is the file named in faults. Raises `Faulty` with every fault."""
    return _Reader(data, name, registry).read()


class _Reader:
    def __init__(self, data: bytes, name: str, registry: Registry) -> None:
        self.name, self.registry = name, registry
        self.book: Workbook = open_workbook(data, name)
        self.faults: list[Fault] = []
        self.parts: dict[str, Parts] = {}
        self.places: dict[str, str] = {}
        self.part_places: dict[tuple[str, Part], str] = {}
        self.doubts: list[Doubt] = []

    def fault(self, code: str, place: str = "", **detail: object) -> None:
        self.faults.append(Fault.of(code, self.name, 0, (place,) if place else (), {"place": place, **detail}))

    def read(self) -> Filled:
        stamp = self.stamp()
        questionnaire = self.questionnaire(stamp)
        plan = sheets(questionnaire, stamp.year)
        for sheet in plan:
            self.sheet(sheet, stamp.language)
        if self.faults:  # what is missing there would look like blanks
            raise Faulty(self.faults)
        answers, notes = self.answers(questionnaire)
        subject = stamp.subject or subjects.as_answer_file(self.facts(stamp.language))
        if self.faults:
            raise Faulty(self.faults)
        filled = Filled(stamp, questionnaire, answers, notes, self.places, (), subject, self.parts)
        return replace(filled, doubts=tuple(doubt for doubt in self.doubts if filled.changed(doubt.question)))

    def facts(self, language: str) -> dict[str, Any]:
        """Return what the first sheet says of the enterprise."""
        name = subjects.SHEET.get(language)
        if name not in self.book.sheetnames:
            return {}
        page = self.book[name]
        for row in range(1, min(page.max_row, MOST_ROWS) + 1):
            key = _plain(page.cell(row, subjects.KEY + 1).value)
            for _, cell in subjects.FIELDS:
                if cell.part == (key,):
                    at = page.cell(row, cell.column + 1)
                    self.parts.setdefault("", {})
                    self.cell(at, _place(name, at.coordinate), "", cell)
        return {part[0]: value for part, value in self.parts.pop("", {}).items()}

    def stamp(self) -> Stamp:
        if SHEET not in self.book.sheetnames:
            self.fault("workbook-stamp")
            raise Faulty(self.faults)
        rows = islice(self.book[SHEET].iter_rows(max_col=3, values_only=True), MOST_STAMPS)
        stamp = stamp_of([(_plain(a), _plain(b), _plain(c)) for a, b, c in rows])
        if stamp is None:
            self.fault("workbook-stamp")
            raise Faulty(self.faults)
        return stamp

    def questionnaire(self, stamp: Stamp) -> Questionnaire:
        known = self.registry.versions(stamp.slug)
        if stamp.version in known:
            found = self.registry.get(stamp.slug, stamp.version)
            if found.digest == stamp.digest:
                return found
        self.fault("workbook-version", slug=stamp.slug, version=stamp.version, known=", ".join(known) or "–")
        raise Faulty(self.faults)

    def sheet(self, sheet: Sheet, language: str) -> None:
        name = sheet.name.get(language)
        if name not in self.book.sheetnames:
            self.fault("workbook-sheet", sheet=name, hint=did_you_mean(name, self._visible()))
            return
        found = self.book[name]
        if merged := sorted(map(str, found.merged_cells.ranges)):
            self.fault("workbook-merged", _place(name, merged[0]), ranges=", ".join(merged[:8]))
            return
        rows = self.rows_by_key(found, name)
        for row in sheet.rows:
            if row.key:
                self.row(found, name, row, rows.get(row.key))

    def _visible(self) -> list[str]:
        return [name for name in self.book.sheetnames if not name.startswith("_")]

    def rows_by_key(self, found: Worksheet, name: str) -> dict[str, int]:
        rows: dict[str, int] = {}
        for number in range(1, min(found.max_row, MOST_ROWS) + 1):
            key = _plain(found.cell(number, KEY + 1).value)
            if key and key in rows:
                self.fault("workbook-twice", _place(name, f"A{number}"), first=rows[key], second=number)
            elif key:
                rows[key] = number
        return rows

    def row(self, found: Worksheet, name: str, row: Row, number: int | None) -> None:
        if number is None:
            self.fault("workbook-row", name, row=row.key)
            return
        self.parts.setdefault(row.question, {})
        self.places.setdefault(row.question, _place(name, found.cell(number, ANSWER + 1).coordinate))
        for cell in row.cells:
            at = found.cell(number, cell.column + 1)
            self.cell(at, _place(name, at.coordinate), row.question, cell)

    def cell(self, at: Found | MergedCell, place: str, question: str, cell: Cell) -> None:
        self.part_places[question, cell.part] = place
        try:
            typed = read_cell(at, cell)
        except CellError as error:
            self.fault(error.code, place, **error.detail)
            return
        if typed is None:
            return
        self.parts[question][cell.part] = typed.value
        if typed.other is not None:
            self.doubts.append(Doubt(question, cell.part, place, typed.value, typed.other))

    def answers(self, questionnaire: Questionnaire) -> tuple[dict[str, Any], dict[str, str]]:
        answers: dict[str, Any] = {}
        notes: dict[str, str] = {}
        model = self.registry.model(questionnaire.slug, questionnaire.version)
        asked = {question.id: question for question in model.questions}
        for name, question in questionnaire.questions.items():
            if ("degree",) in (given := self.parts.get(name, {})) and ("level",) not in given:
                self.fault("workbook-degree", self.part_places[name, ("degree",)])
                continue
            try:
                answers[name], notes[name] = answer_of(questionnaire, question, given)
            except BothError as error:
                self.fault("workbook-both", self.part_places.get((name, error.part), self.places[name]))
                continue
            done = finished(question, answers[name])
            if done is not None:
                found = answer_faults(model, asked[name], done)
                self.faults += [answer_fault(one, self._entry(question, one.path)) for one in found]
        return answers, notes

    def _entry(self, question: AnyQuestion, path: str) -> Entry:
        inner = tuple(path.removeprefix(question.id).strip(".").split("."))
        near = (place for (name, part), place in self.part_places.items() if name == question.id and part[1:] == inner)
        return Entry(self.name, 0, None, (next(near, self.places[question.id]),))


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _place(sheet: str, coordinate: str) -> str:
    return f"{sheet}!{coordinate}"
