"""The enterprise and its people of the assessments' tests, with a questionnaire that has every kind of question."""

from __future__ import annotations

from pathlib import Path

import pytest
from assessments.conftest import enter, house, organisation  # noqa: F401

from app.config import Settings
from questionnaires.registry import Registry

FOLDER = Path(__file__).parent / "questionnaires"


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry([FOLDER])


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.model_validate({"database_url": database_url, "questionnaires": [FOLDER]})
