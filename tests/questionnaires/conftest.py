from __future__ import annotations

from pathlib import Path

import pytest

from questionnaires.loading import load
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire

BASE = Path(__file__).parent / "base"


@pytest.fixture(scope="session")
def small() -> Questionnaire:
    return load(BASE / "small" / "1.0.0")


@pytest.fixture(scope="session")
def shipped() -> Registry:
    return Registry()
