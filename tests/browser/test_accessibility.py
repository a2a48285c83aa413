"""Every page behind the sign-in, in both languages, wide and narrow: axe finds nothing, nothing overflows, nothing is inline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from app.services import demo
from tests.browser.conftest import WCAG, serving, visiting

INSIDE = [
    "/dashboard",
    "/assessments/new",
    "/account",
    "/organisations",
    "{assessment}/workbook",
    "/regions",
    "{assessment}/review",
]
RESULTS = ["{submission}", "{submission}/trace"]


@pytest.fixture(scope="module")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the demo in it; the pages are the same on either database, so one is enough here."""
    file = tmp_path_factory.mktemp("demo") / "servimeter.db"
    with serving(f"sqlite:///{file}", demo=True, SERVIMETER_DEMO_FIRMS="250") as url:
        yield url


@pytest.mark.parametrize(("language", "width"), [("zh", 1440), ("en", 390)])
def test_pages_are_accessible_and_fit(demo_site: str, browser: Browser, language: str, width: int) -> None:
    found: dict[str, list[str]] = {}
    with visiting(browser, width=width) as page:
        for address in _inside(page, demo_site):
            found |= _look(page, address, language)
    assert not found, "\n".join(f"{page}: {fault}" for page, faults in found.items() for fault in faults)


def _inside(page: Page, base: str) -> list[str]:
    page.goto(f"{base}/sign-in")
    page.fill("#email", f"compressor-group@{demo.DOMAIN}")
    page.fill("#password", demo.PASSWORD)
    page.click("main form .btn-primary")
    page.goto(f"{base}/dashboard")
    links = page.locator("main a[href^='/submissions/']").evaluate_all("all => all.map(one => one.pathname)")
    submissions = list(dict.fromkeys(links))
    draft = page.locator("main a[href^='/assessments/']:not([href$=new]):not([href$=discard])").first.get_attribute(
        "href"
    )
    page.goto(f"{base}{draft}")
    sections = page.locator("a[href*='/sections/']:not([href*='lang='])").evaluate_all(
        "all => all.map(one => one.href.split('#')[0])"
    )
    results = [f"{base}{path.format(submission=one)}" for one in submissions for path in RESULTS]
    return [*(f"{base}{path.format(assessment=draft)}" for path in INSIDE), *results, *sorted(set(sections))]


def _look(page: Page, address: str, language: str) -> dict[str, list[str]]:
    page.goto(f"{address}?lang={language}")
    result = Axe().run(page, options=WCAG)
    faults = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in result.response["violations"]]
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width > window:
        faults.append(f"{width} wide in a window of {window}")
    if page.locator("html").get_attribute("lang") not in {language, "zh-CN" if language == "zh" else "en"}:
        faults.append("the language of the page is not declared")
    return {f"{address.partition('//')[2].partition('/')[2]} {language}": faults} if faults else {}


def test_the_policy_allows_nothing_inline(demo_site: str, page: Page) -> None:
    response = page.goto(demo_site)
    assert response
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert page.locator("[style], script:not([src])").count() == 0
