"""The whole journey in a real browser: register, fill in over two sittings, submit, read the result, hold the PDF."""

from __future__ import annotations

import io
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from app.db import Database
from app.models import Submission
from questionnaires.registry import Registry
from tests.browser import visitor
from tests.browser.conftest import Site, visiting


@pytest.mark.parametrize(
    ("site", "javascript"),
    [
        pytest.param("sqlite", True, id="sqlite-javascript"),
        pytest.param("postgresql", True, id="postgresql-javascript"),
        pytest.param("sqlite", False, id="sqlite-no-javascript"),
    ],
    indirect=["site"],
)
def test_a_manufacturer_registers_answers_submits_and_holds_the_report(
    site: Site, browser: Browser, javascript: bool
) -> None:
    answers = visitor.example("furniture-maker")
    with visiting(browser, javascript=javascript) as page:
        visitor.register(page, site.url)
        assessment = visitor.start(page, site.url, "enterprise-evaluation")
        pages = visitor.sections(page, assessment)
        half = len(pages) // 2
        _fill_pages(page, pages[:half], answers)
    # The browser is closed in the middle; another one comes back to what was saved.
    with visiting(browser, javascript=javascript) as page:
        visitor.sign_in(page, site.url)
        _fill_pages(page, pages[half:], answers)
        visitor.submit(page, assessment)
        submission = _submission(site)
        assert str(submission.id) in page.url
        assert _level_name(submission) in page.locator("main").inner_text()
        text = _text(visitor.report(page))
    assert submission.outcome == "level"
    assert _level_name(submission) in text
    for dimension in (node for node in submission.result["nodes"].values() if node["kind"] == "dimension"):
        assert f"{dimension['value']:.2f}" in text


def _fill_pages(page: Page, pages: list[str], answers: dict[str, Any]) -> None:
    for address in pages:
        page.goto(address)
        visitor.fill(page, answers)


def _submission(site: Site) -> Submission:
    database = Database(site.database_url)
    with database.reading() as session:
        found = session.query(Submission).one()
    database.close()
    return found


def _level_name(submission: Submission) -> str:
    levels = Registry().get(submission.slug, submission.version).levels
    return next(level.name.zh for level in levels if level.number == submission.level)


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
