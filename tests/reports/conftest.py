"""Reports of the examples, of a file with gaps and of questionnaires of other shapes, each rendered once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from report_samples import EXAMPLES, MADE, registry, without

from app.i18n import translations
from app.services.report_data import build
from app.services.report_render import of_file
from app.services.report_source import Source
from questionnaires.answers import load_answers
from reports import data
from reports.pdf import Pdf, render
from reports.words import LOCALE


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Source]:
    """What a report of an answer file is made from; `drop` leaves answers out."""

    def made(file: Path, drop: tuple[str, ...] = ()) -> Source:
        if drop:
            written = tmp_path_factory.mktemp("answers") / file.name
            written.write_text(without(file.read_text("utf-8"), drop), "utf-8")
            file = written
        return of_file(load_answers(file, registry()), MADE)

    return made


@pytest.fixture(scope="session")
def report(source: Callable[..., Source]) -> Callable[..., data.Report]:
    @cache
    def made(
        name: str = "trial-furniture-maker", language: data.Language = "zh", drop: tuple[str, ...] = ()
    ) -> data.Report:
        return build(source(EXAMPLES / f"{name}.yaml", drop), language)

    return made


@pytest.fixture(scope="session")
def pdf(report: Callable[..., data.Report]) -> Callable[..., Pdf]:
    @cache
    def made(*wanted: Any) -> Pdf:
        found = report(*wanted)
        return render(found, translations(found.language, LOCALE).gettext)

    return made
