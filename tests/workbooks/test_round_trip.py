"""What is written into a workbook is read back the same, for every kind of question and every questionnaire."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import openpyxl
import pytest

from questionnaires.registry import Registry
from questionnaires.workbooks.reading import read_workbook
from questionnaires.workbooks.writing import Content, write_workbook
from workbooks.random_answers import random_answers, random_notes

REGISTRY = Registry([Path(__file__).parent / "questionnaires"])
EVERY = [(slug, REGISTRY.versions(slug)[-1]) for slug in REGISTRY.slugs()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("slug", "version"), EVERY)
def test_random_answers_come_back(slug, version, language):
    questionnaire = REGISTRY.get(slug, version)
    random = Random(f"{slug} {language}")
    for _ in range(3):
        answers, notes = random_answers(questionnaire, random), random_notes(questionnaire, random)
        content = Content(answers, notes, dict.fromkeys(answers, 2), 2025, "some-id", {"name": "甲厂"})
        filled = read_workbook(write_workbook(questionnaire, language, content), "back.xlsx", REGISTRY)
        assert {name: value for name, value in filled.answers.items() if value is not None} == answers
        assert {name: note for name, note in filled.notes.items() if note} == notes
        assert not any(filled.changed(name) for name in questionnaire.questions)
        assert filled.doubts == ()
        assert filled.stamp.subject == {"name": "甲厂"}
        assert (filled.stamp.year, filled.stamp.assessment, filled.stamp.language) == (2025, "some-id", language)


def test_a_blank_workbook_holds_nothing():
    questionnaire = REGISTRY.get(*EVERY[0])
    filled = read_workbook(write_workbook(questionnaire, "zh"), "blank.xlsx", REGISTRY)
    assert set(filled.answers.values()) == {None}
    assert set(filled.answers) == set(questionnaire.questions)


def test_totals_leave_out_rows_in_a_unit_of_their_own():
    questionnaire = REGISTRY.get("every-kind", "1.0.0")
    lines = {"design": {"y0": 10.0}, "repair": {"y0": 2.5}, "hours": {"y0": 1000}}
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(questionnaire, "zh", Content({"facts.lines": lines}))))
    total = next(row for row in book.worksheets[1].iter_rows() if row[1].value == "合计")
    shown = openpyxl.load_workbook(
        io.BytesIO(write_workbook(questionnaire, "zh", Content({"facts.lines": lines}))), data_only=True
    )
    assert shown.worksheets[1].cell(total[0].row, 4).value == 12.5
    assert total[3].value.count(",") == 1
