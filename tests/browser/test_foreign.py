"""Questionnaires of other shapes go from the form to the PDF with no change of code."""

from __future__ import annotations

import io
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from sqlalchemy import select

from app.db import Database
from app.models import Submission
from tests.browser import visitor
from tests.browser.conftest import FOREIGN, Site

CASES: list[Any] = [
    pytest.param(
        "service-practices",
        {
            "calls.logged": "yes",
            "calls.rules": "yes",
            "calls.times": "partly",
            "work.signed": "yes",
            "work.sheet": "yes",
        },
        ("level", 2, "有据可查"),
        id="cumulative levels without bands",
    ),
    pytest.param(
        "service-index",
        visitor.answers_in(FOREIGN / "service-index" / "examples" / "repairer.yaml"),
        ("index", None, "服务指数小样"),
        id="index",
    ),
]


@pytest.mark.parametrize(("slug", "answers", "expected"), CASES)
def test_it_is_filled_in_scored_and_printed(
    site: Site, page: Page, slug: str, answers: dict[str, Any], expected: tuple[str, int | None, str]
) -> None:
    outcome, level, words = expected
    visitor.register(page, site.url)
    assessment = visitor.start(page, site.url, slug)
    for address in visitor.sections(page, assessment):
        page.goto(address)
        visitor.fill(page, answers)
    visitor.submit(page, assessment)
    assert words in page.locator("main").inner_text()
    pdf = visitor.report(page)
    database = Database(site.database_url)
    with database.reading() as session:
        submission = session.scalars(select(Submission)).one()
    database.close()
    assert (submission.outcome, submission.level) == (outcome, level)
    assert words in "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages)
