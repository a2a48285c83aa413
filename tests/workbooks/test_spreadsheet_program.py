"""A real spreadsheet program opens the workbook, saves it, and nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from questionnaires.registry import Registry
from questionnaires.workbooks.reading import read_workbook
from questionnaires.workbooks.writing import Content, write_workbook
from workbooks.random_answers import random_answers, random_notes

REGISTRY = Registry([Path(__file__).parent / "questionnaires"])
EVERY = [(slug, REGISTRY.versions(slug)[-1]) for slug in REGISTRY.slugs() if slug != "regional-evaluation"]


def resaved(files: list[Path], folder: Path) -> list[Path]:
    """Return the files as the program writes them again."""
    program = shutil.which("soffice")
    assert program, "soffice is missing: make test installs it"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return [folder / file.name for file in files]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    drawn, files = {}, []
    for slug, version in EVERY:
        questionnaire, random = REGISTRY.get(slug, version), Random(slug)
        answers, notes = random_answers(questionnaire, random), random_notes(questionnaire, random)
        file = folder / f"{slug}.xlsx"
        file.write_bytes(write_workbook(questionnaire, "zh", Content(answers, notes, {}, 2025)))
        drawn[file.name] = answers, notes
        files.append(file)
    again = resaved(files, tmp_path_factory.mktemp("resaved"))
    return [(file, *drawn[file.name]) for file in again]


def test_nothing_is_lost(saved):
    for file, answers, notes in saved:
        filled = read_workbook(file.read_bytes(), file.name, REGISTRY)
        assert {name: value for name, value in filled.answers.items() if value is not None} == answers
        assert {name: note for name, note in filled.notes.items() if note} == notes
        assert not any(filled.changed(name) for name in filled.questionnaire.questions)
