"""What is written into a workbook is read back the same, for every kind of question and every questionnaire."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from workbooks.random_answers import random_answers, random_notes

from questionnaires.registry import Registry
from questionnaires.workbooks.reading import read_workbook
from questionnaires.workbooks.writing import Content, write_workbook

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
