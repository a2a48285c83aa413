"""Writes a questionnaire's workbook. Only what Excel, LibreOffice and WPS have in common is used."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from questionnaires.text import Text
from questionnaires.types import Questionnaire, Table

from . import subject
from .parts import Parts, parts_of
from .plan import ANSWER, ASK, HELP, KEY, NOTE, REASON, SECOND, Cell, Row, Sheet, sheets
from .stamp import LISTS, SHEET, Base, Stamp, fingerprint

INK, PAPER, LINE, BAND, FILL, TEAL = "#1f2933", "#ffffff", "#c9d3d6", "#e6eff1", "#fffdf2", "#0d5b6b"
WIDTHS: Final = {KEY: 2, ASK: 64, ANSWER: 18, SECOND: 18, REASON: 18, NOTE: 26, HELP: 60}
FONTS: Final = {"zh": "Microsoft YaHei", "en": "Calibri"}
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "font_color": TEAL},
    "intro": {"text_wrap": True, "font_color": INK},
    "columns": {"bold": True, "bg_color": TEAL, "font_color": PAPER, "text_wrap": True},
    "question": {"bold": True, "text_wrap": True, "bg_color": BAND, "top": 1, "top_color": LINE},
    "statement": {"text_wrap": True, "indent": 1},
    "part": {"text_wrap": True, "indent": 1},
    "head": {"bold": True, "text_wrap": True, "indent": 1},
    "total": {"bold": True, "indent": 1, "top": 1, "top_color": LINE},
}
GUIDE: Final = (
    Text(
        "只填浅黄色的格子；其余格子已锁定。可以随时保存，下次接着填。",
        "Fill in the light yellow cells only; the others are locked. Save whenever you like.",
    ),
    Text(
        "不要改工作表的名称，不要合并单元格，不要删除或增加行。",
        "Do not rename sheets, merge cells, or delete or add rows.",
    ),
    Text(
        "数字填数值，不填公式：从别的表复制时，请用“选择性粘贴—数值”。",
        "Put in values, not formulas: paste from other sheets with Paste Special, Values.",
    ),
    Text(
        "单位写在格子旁边。单位是 % 的，30 表示百分之三十。",
        "Units stand beside the cells. Where the unit is %, 30 means thirty percent.",
    ),
    Text(
        "留空表示还没有答案；零请填 0。不适用的，在“不适用的理由”一栏写明理由，不填答案。",
        "Blank means not answered yet; for zero write 0. Where something is not applicable, give the reason in its column "
        "and leave the answer blank.",
    ),
    Text(
        "填好后在网站的同一份评价里上传。上传后先看到改动和错误，确认后才保存。",
        "Then upload it in the same assessment. You see the changes and faults first; nothing is stored before you confirm.",
    ),
)


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a workbook: the answers and notes so far, how often each was saved, and the facts of the enterprise."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    year: int | None = None
    assessment: str = ""
    subject: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[tuple[Text, str], ...] = ()
    """What the first sheet says of the assessment, as label and value."""


def write_workbook(questionnaire: Questionnaire, language: str, content: Content | None = None) -> bytes:
    """Return the .xlsx of a questionnaire in one language with the answers of `content`."""
    return _Writer(questionnaire, language, content or Content()).write()


class _Writer:
    def __init__(self, questionnaire: Questionnaire, language: str, content: Content) -> None:
        self.questionnaire, self.language, self.content = questionnaire, language, content
        self.stream = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self.stream, options)
        self.formats: dict[tuple[Any, ...], Format] = {}
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self) -> bytes:
        self.book.set_properties({"title": self.say(self.questionnaire.title), "created": self.questionnaire.date})
        first = self.book.add_worksheet(self.say(subject.SHEET))
        plan = sheets(self.questionnaire, self.content.year)
        made = [(sheet, self.book.add_worksheet(sheet.name.get(self.language))) for sheet in plan]
        self.list_sheet = self.book.add_worksheet(LISTS)
        self.guide(first)
        for sheet, page in made:
            self.sheet(sheet, page)
        self.stamp()
        self.list_sheet.hide()
        self.book.close()
        return self.stream.getvalue()

    def say(self, text: Text) -> str:
        return text.get(self.language)

    def look(self, **more: Any) -> Format:
        base = {"font_name": FONTS[self.language], "font_size": 10, "valign": "top", "locked": True}
        key = tuple(sorted((base | more).items()))
        return self.formats.setdefault(key, self.book.add_format(base | more))

    def guide(self, page: Worksheet) -> None:
        page.hide_gridlines(2)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 90)
        page.write_string(0, 0, self.say(self.questionnaire.title), self.look(**LOOKS["title"]))
        version = f"{self.questionnaire.slug} {self.questionnaire.version}"
        for number, (label, value) in enumerate(((Text("问卷", "Questionnaire"), version), *self.content.facts), 2):
            page.write_string(number, 0, self.say(label), self.look(bold=True))
            page.write_string(number, 1, value, self.look(text_wrap=True))
        start = 4 + len(self.content.facts)
        if not self.content.subject:
            start = 1 + self.subject(page, start)
        for number, text in enumerate(GUIDE):
            page.write_string(start + number, 0, f"{number + 1}", self.look(align="right", font_color=TEAL, bold=True))
            page.write_string(start + number, 1, self.say(text), self.look(text_wrap=True))
        page.protect()

    def subject(self, page: Worksheet, row: int) -> int:
        """Write the cells for the facts of the enterprise and return the row below."""
        page.set_column(subject.KEY, subject.KEY, 2, None, {"hidden": True})
        for number, (label, cell) in enumerate(subject.FIELDS, row):
            page.write_string(number, subject.LABEL, self.say(label), self.look(bold=True, text_wrap=True))
            page.write_string(number, subject.KEY, cell.part[0], self.look())
            self.cell(page, number, cell, None)
        return row + len(subject.FIELDS)

    def sheet(self, sheet: Sheet, page: Worksheet) -> None:
        for column, width in WIDTHS.items():
            page.set_column(column, column, width, None, {"hidden": column == KEY})
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        parts = {name: self.parts(name) for name in {row.question for row in sheet.rows if row.key}}
        first = 0
        for number, row in enumerate(sheet.rows):
            self.row(page, number, row, parts.get(row.question, {}))
            if row.style == "head" and not row.key:
                first = number + 1
            if row.style == "total":
                self.total(page, first, number, row.question)
            if row.style == "columns":
                page.freeze_panes(number + 1, ANSWER)
        page.protect("", {"format_columns": True, "format_rows": True})

    def parts(self, name: str) -> Parts:
        question = self.questionnaire.questions[name]
        return parts_of(question, self.content.answers.get(name), self.content.notes.get(name, ""))

    def row(self, page: Worksheet, number: int, row: Row, parts: Parts) -> None:
        if row.key:
            page.write_string(number, KEY, row.key)
        look = LOOKS[row.style]
        if row.style == "question":
            for column in range(ASK, HELP + 1):
                page.write_blank(number, column, None, self.look(**look))
        for column, text in row.texts.items():
            plain = look if column == ASK or row.style in {"columns", "head"} else {"text_wrap": True} | _ground(look)
            page.write_string(number, column, self.say(text), self.look(**plain))
        for cell in row.cells:
            self.cell(page, number, cell, parts.get(cell.part))

    def cell(self, page: Worksheet, number: int, cell: Cell, value: Any) -> None:
        look = self.look(
            locked=False, bg_color=FILL, border=1, border_color=LINE, text_wrap=True, **_number_format(cell)
        )
        if value is None:
            page.write_blank(number, cell.column, None, look)
        elif cell.holds == "number":
            page.write_number(number, cell.column, value, look)
        elif cell.holds == "date":
            page.write_datetime(number, cell.column, date.fromisoformat(value), look)
        elif cell.holds == "option":
            page.write_string(number, cell.column, self.say(dict(cell.options)[value]), look)
        else:
            page.write_string(number, cell.column, value, look)
        self.validate(page, number, cell)

    def validate(self, page: Worksheet, number: int, cell: Cell) -> None:
        if cell.holds == "option":
            labels = tuple(self.say(label) for _, label in cell.options)
            rule: dict[str, Any] = {"validate": "list", "source": self.list_of(labels)}
        elif cell.holds == "number" and cell.bounds.minimum is not None and cell.bounds.maximum is not None:
            low, high = cell.bounds.minimum, cell.bounds.maximum
            rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
        else:
            return
        page.data_validation(number, cell.column, number, cell.column, rule)

    def list_of(self, labels: tuple[str, ...]) -> str:
        """Return the range on the hidden sheet where these options stand; lists in the rule itself end at 255 characters."""
        if labels not in self.lists:
            row = len(self.lists)
            for column, label in enumerate(labels):
                self.list_sheet.write_string(row, column, label)
            self.lists[labels] = f"={LISTS}!{xl_range_abs(row, 0, row, len(labels) - 1)}"
        return self.lists[labels]

    def total(self, page: Worksheet, first: int, number: int, name: str) -> None:
        """Write the sums of the columns of figures, without rows in a unit of their own; the table's rows begin at `first`."""
        table = self.questionnaire.questions[name]
        assert isinstance(table, Table)  # noqa: S101 - nothing else has a total
        given = self.content.answers.get(name)
        cells = given if isinstance(given, Mapping) and "na" not in given else {}
        summed = {row.id: first + place for place, row in enumerate(table.rows) if row.unit in {None, table.unit}}
        look = self.look(**LOOKS["total"] | {"indent": 0, "num_format": "#,##0.##"})
        for place, column in enumerate(table.columns, ANSWER):
            if column.kind == "number" and summed:
                value = sum(cells[row][column.id] for row in summed if column.id in cells.get(row, {}))
                parts = ",".join(xl_rowcol_to_cell(row, place) for row in summed.values())
                page.write_formula(number, place, f"=SUM({parts})", look, value)

    def stamp(self) -> None:
        page = self.book.add_worksheet(SHEET)
        for number, row in enumerate(stamp_for(self.questionnaire, self.language, self.content).rows()):
            for column, text in enumerate(row):
                page.write_string(number, column, text)
        page.protect()
        page.hide()


def stamp_for(questionnaire: Questionnaire, language: str, content: Content) -> Stamp:
    """Return what the workbook says of itself."""
    answered = {name: content.answers.get(name) for name in questionnaire.questions}
    bases = {
        name: Base(content.revisions.get(name, 0), fingerprint(value, content.notes.get(name, "")))
        for name, value in answered.items()
        if value is not None or name in content.notes or name in content.revisions
    }
    head = questionnaire.slug, questionnaire.version, questionnaire.digest, language
    return Stamp(*head, content.year, content.assessment, content.subject, bases)


def _ground(look: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in look.items() if key in {"bg_color", "top", "top_color"}}


def _number_format(cell: Cell) -> dict[str, str]:
    if cell.holds == "number":
        places = cell.bounds.decimals
        return {"num_format": "#,##0" + (f".{'0' * places}" if places else ""), "align": "right"}
    if cell.holds == "date":
        return {"num_format": "yyyy-mm-dd", "align": "left"}
    return {"num_format": "@" if cell.holds == "text" else "General"}


__all__ = ["Content", "stamp_for", "write_workbook"]
