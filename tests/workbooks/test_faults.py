"""Every way in which a workbook goes wrong gets its own answer, with sheet and cell."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import openpyxl
import pytest

from questionnaires.faults import Faulty
from questionnaires.registry import Registry
from questionnaires.workbooks.plan import sheets
from questionnaires.workbooks.reading import read_workbook
from questionnaires.workbooks.writing import Content, write_workbook
from workbooks.random_answers import random_answers

REGISTRY = Registry([Path(__file__).parent / "questionnaires"])
QUESTIONNAIRE = REGISTRY.get("every-kind", "1.0.0")
ANSWERS = random_answers(QUESTIONNAIRE, Random(7)) | {"facts.share": 91.5}


@pytest.fixture(scope="module")
def made():
    return write_workbook(QUESTIONNAIRE, "zh", Content(ANSWERS, {}, {}, 2025))


def edited(data, change):
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_of(book, question, part=("value",)):
    for sheet in sheets(QUESTIONNAIRE, 2025):
        page = book[sheet.name.zh]
        for row in sheet.rows:
            for cell in row.cells:
                if row.question == question and cell.part == part:
                    number = next(one.row for one in page["A"] if one.value == row.key)
                    return page.cell(number, cell.column + 1)
    raise KeyError(question)


def codes(data, name="answers.xlsx"):
    with pytest.raises(Faulty) as caught:
        read_workbook(data, name, REGISTRY)
    for fault in caught.value.faults:
        assert fault.message("zh") != fault.message("en")
        assert "{" not in fault.message("zh") + fault.message("en")
    return [(fault.code, fault.path) for fault in caught.value.faults]


def set_cell(question, value, part=("value",), **more):
    def change(book):
        cell = cell_of(book, question, part)
        cell.value = value
        for key, one in more.items():
            setattr(cell, key, one)

    return change


def place(data, question, part=("value",)):
    cell = cell_of(openpyxl.load_workbook(io.BytesIO(data)), question, part)
    return f"{cell.parent.title}!{cell.coordinate}"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("九十", "figure-text"),
        ("1,23,4", "figure-separators"),
        ("99999", "figure-large"),
        (-1, "figure-small"),
        ("=C5*2", "workbook-formula"),
        (True, "figure-text"),
    ],
)
def test_a_figure_that_is_none(made, typed, code):
    found = codes(edited(made, set_cell("facts.share", typed)))
    assert found == [(code, place(made, "facts.share"))]


@pytest.mark.parametrize(
    ("question", "typed", "code"),
    [
        ("facts.heads", 1.5, "figure-whole"),
        ("facts.heads", "1.5", "figure-whole"),
        ("facts.share", "1.234", "figure-decimals"),
        ("facts.heads", 1e16, "figure-digits"),
        ("facts.day", "三月初", "workbook-date"),
        ("facts.day", "2019-12-31", "answer-too-small"),
        ("facts.words", "长" * 61, "workbook-long"),
        ("facts.maker", "丙", "workbook-option"),
    ],
)
def test_an_answer_of_another_kind_that_is_none(made, question, typed, code):
    assert codes(edited(made, set_cell(question, typed))) == [(code, place(made, question))]


def test_an_error_value(made):
    data = edited(made, set_cell("facts.words", "#REF!", data_type="e"))
    assert codes(data) == [("workbook-error", place(made, "facts.words"))]


def test_cells_of_a_table(made):
    data = edited(made, set_cell("facts.lines", "一百", ("cell", "hours", "y0")))
    assert codes(data) == [("figure-text", place(made, "facts.lines", ("cell", "hours", "y0")))]


@pytest.mark.parametrize(
    ("typed", "value"), [("９１．５", 91.5), ("91.5 %", 91.5), (91.5000000001, 91.5), (" 91,5", None), ("91", 91.0)]
)
def test_a_figure_as_people_type_it(made, typed, value):
    data = edited(made, set_cell("facts.share", typed))
    if value is None:
        assert codes(data)[0][0] == "figure-separators"
        return
    assert read_workbook(data, "x.xlsx", REGISTRY).answers["facts.share"] == value


def test_a_cell_of_percent_format_counts_in_percent(made):
    data = edited(made, set_cell("facts.share", 0.3, number_format="0%"))
    filled = read_workbook(data, "x.xlsx", REGISTRY)
    assert filled.answers["facts.share"] == 30
    assert filled.doubts == ()


def test_a_bare_fraction_is_taken_as_it_stands_and_asked_about(made):
    filled = read_workbook(edited(made, set_cell("facts.share", 0.3)), "x.xlsx", REGISTRY)
    assert filled.answers["facts.share"] == 0.3
    [doubt] = filled.doubts
    assert (doubt.question, doubt.typed, doubt.other) == ("facts.share", 0.3, 30)
    assert filled.meant({doubt.place: True})["facts.share"] == 30
    assert filled.meant({})["facts.share"] == 0.3


def test_percent_where_the_unit_is_another(made):
    found = codes(edited(made, set_cell("facts.money", 0.3, number_format="0.0%")))
    assert found == [("workbook-percent", place(made, "facts.money"))]


def test_an_unknown_option(made):
    found = codes(edited(made, set_cell("facts.practice", "9 级", ("level",))))
    assert found == [("workbook-option", place(made, "facts.practice", ("level",)))]


def test_a_degree_without_a_level(made):
    def change(book):
        set_cell("facts.practice", None, ("level",))(book)
        set_cell("facts.practice", "全部", ("degree",))(book)

    assert codes(edited(made, change)) == [("workbook-degree", place(made, "facts.practice", ("degree",)))]


def test_an_answer_and_a_reason(made):
    name = "facts.practice"

    def change(book):
        set_cell(name, "1 级", ("level",))(book)
        set_cell(name, "全部", ("degree",))(book)
        set_cell(name, "没有", ("na",))(book)

    assert codes(edited(made, change)) == [("workbook-both", place(made, name, ("na",)))]


def test_a_sheet_renamed(made):
    def change(book):
        book.worksheets[1].title = "我的表"

    [(code, _)] = codes(edited(made, change))
    assert code == "workbook-sheet"


def test_cells_merged(made):
    def change(book):
        book.worksheets[1].merge_cells("C5:D6")

    [(code, at)] = codes(edited(made, change))
    assert code == "workbook-merged"
    assert at.endswith("!C5:D6")


def test_a_row_deleted_and_a_row_copied(made):
    def delete(book):
        cell = cell_of(book, "facts.share")
        cell.parent.delete_rows(cell.row)

    def copy(book):
        cell = cell_of(book, "facts.share")
        cell.parent.cell(cell.row + 60, 1).value = "facts.share"

    assert [code for code, _ in codes(edited(made, delete))] == ["workbook-row"]
    assert [code for code, _ in codes(edited(made, copy))] == ["workbook-twice"]


def test_rows_inserted_above_do_no_harm(made):
    def change(book):
        book.worksheets[1].insert_rows(2, 3)

    filled = read_workbook(edited(made, change), "x.xlsx", REGISTRY)
    assert {name: value for name, value in filled.answers.items() if value is not None} == ANSWERS


def test_another_version(made):
    def change(book):
        page = book["_servimeter"]
        for row in page.iter_rows():
            if row[0].value == "version":
                row[1].value = "7.0.0"

    assert [code for code, _ in codes(edited(made, change))] == ["workbook-version"]


def test_a_workbook_of_somebody_else():
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    assert codes(stream.getvalue()) == [("workbook-stamp", "")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "workbook-kind"),
        (b"name,score\n1,2\n", "workbook-kind"),
        (b"PK\x03\x04broken", "workbook-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook-old"),
        (b"\0" * 5_000_001, "workbook-large"),
    ],
)
def test_no_workbook_at_all(data, code):
    assert codes(data) == [(code, "")]


def repacked(data, extra=(), drop=()):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in drop:
                new.writestr(part.filename, old.read(part))
        for name, content in extra:
            new.writestr(name, content)
    return stream.getvalue()


def test_a_macro_file(made):
    assert codes(repacked(made, [("xl/vbaProject.bin", b"x")])) == [("workbook-macros", "")]


def test_a_zip_bomb(made):
    assert codes(repacked(made, [("xl/media/image1.bin", b"\0" * 70_000_000)])) == [("workbook-bomb", "")]
    assert codes(repacked(made, [("xl/media/image1.bin", b"\0" * 3_000_000)])) == [("workbook-bomb", "")]
    assert codes(repacked(made, [(f"xl/media/{n}.bin", b"") for n in range(600)])) == [("workbook-bomb", "")]


def test_an_entity_in_the_xml(made):
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    data = repacked(made, [("xl/sharedStrings.xml", bomb)], drop=("xl/sharedStrings.xml",))
    assert codes(data) == [("workbook-bomb", "")]


def test_a_part_that_is_garbage(made):
    data = repacked(made, [("xl/workbook.xml", b"<<<")], drop=("xl/workbook.xml",))
    assert codes(data) == [("workbook-broken", "")]
