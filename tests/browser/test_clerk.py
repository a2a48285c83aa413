"""A clerk fills in all three instruments by workbook and holds three PDFs; what was measured is entered once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from questionnaires.registry import BUILT_IN, Registry
from questionnaires.types import Questionnaire
from tests.browser import visitor
from tests.browser.conftest import Site, visiting
from tests.workbooks.filling import filled_in

YEAR = 2025
LINKED = {
    "c1.accounts",
    "c2.service_value_added",
    "c2.value_added",
    "c2.service_input",
    "c1.service_types",
    "c2.approach",
}
"""What the evaluation reads from the measurement, so that nobody types it again."""


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_from_workbooks_to_three_reports(site: Site, browser: Browser, tmp_path: Path) -> None:
    registry = Registry()
    with visiting(browser, javascript=True) as page:
        visitor.register(page, site.url)
        measured = _by_workbook(page, site, registry.latest("input-output"), tmp_path)
        assert "综合服务收入占比" in measured
        sustained = _by_workbook(page, site, registry.latest("sustainability"), tmp_path)
        assert "指数" in sustained
        evaluated = _by_workbook(page, site, registry.latest("enterprise-evaluation"), tmp_path, leave_out=LINKED)
        assert "综合服务收入占比" in evaluated
        page.goto(page.url.split("/reports/")[0] if "/submissions/" in page.url else f"{site.url}/dashboard")
        page.locator("a[href*='/submissions/']").first.click()
        page.goto(page.url.split("?")[0] + "/trace")
        trace = page.locator("main").inner_text()
    number = _report_number(measured)
    assert number in trace  # the share's origin is named
    assert number in evaluated


def _by_workbook(
    page: Page,
    site: Site,
    questionnaire: Questionnaire,
    folder: Path,
    leave_out: frozenset[str] | set[str] = frozenset(),
) -> str:
    """Download, fill in, upload, confirm, submit; return the text of the report."""
    file = BUILT_IN / questionnaire.slug / "examples" / "furniture-maker.yaml"
    example = yaml.safe_load(file.read_text("utf-8"))
    answers = {name: value for name, value in example["answers"].items() if name not in leave_out}
    assessment = visitor.start(page, site.url, questionnaire.slug, str(YEAR))
    page.goto(f"{assessment}/workbook")
    with page.expect_download() as download:
        page.click("a[download]")
    data = filled_in(download.value.path().read_bytes(), questionnaire, YEAR, answers, example.get("notes", {}))
    filled = folder / f"{questionnaire.slug}.xlsx"
    filled.write_bytes(data)
    page.set_input_files("#file", filled)
    page.click("main form .btn-primary")
    assert page.locator(".changes tbody tr").count() == len({*answers, *example.get("notes", {})})
    page.click("main form .btn-primary")
    visitor.submit(page, assessment)
    (folder / f"{questionnaire.slug}.pdf").write_bytes(visitor.report(page))
    # Without line breaks: a number may stand on two lines.
    return "".join("".join(one.extract_text().split()) for one in PdfReader(folder / f"{questionnaire.slug}.pdf").pages)


def _report_number(text: str) -> str:
    start = text.index("SM-")
    return text[start : start + 22]
