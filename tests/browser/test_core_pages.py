"""The pages around the assessments in a real browser: axe finds nothing, phones scroll only downwards, the keyboard suffices."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import visitor
from tests.browser.conftest import WCAG, serving, visiting

OPEN = [
    "/",
    "/register",
    "/sign-in",
    "/privacy",
    "/terms",
    "/standards",
    "/standards/1.2.2",
    "/glossary",
    "/questionnaires",
    "/questionnaires/enterprise-evaluation/0.9.0",
    "/nowhere",
]
BEHIND_THE_DOOR = [
    "/account",
    "/organisations",
    "/organisations/new",
    "/organisations/here/edit",
    "/organisations/here",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[str]:
    file = tmp_path_factory.mktemp("core") / "servimeter.db"
    shutil.copy(sqlite_template, file)
    with serving(f"sqlite:///{file}", SERVIMETER_FOOTER_ZH="运营者：试验", SERVIMETER_WORKERS="0") as url:
        yield url


@pytest.fixture(scope="module")
def enterprise(browser: Browser, address: str) -> str:
    """The path of a registered enterprise."""
    with visiting(browser) as page:
        visitor.register(page, address)
        page.goto(f"{address}/organisations")
        return page.locator("main .rows a").first.get_attribute("href") or ""


def check(page: Page) -> None:
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} pixels"


@pytest.mark.parametrize(("language", "width"), [("zh", 1440), ("en", 390)])
def test_open_pages_are_accessible(browser: Browser, address: str, language: str, width: int) -> None:
    with visiting(browser, width=width) as page:
        for path in OPEN:
            page.goto(f"{address}{path}?lang={language}")
            check(page)


@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1440)])
def test_pages_behind_the_door_are_accessible(
    browser: Browser, address: str, enterprise: str, language: str, width: int
) -> None:
    with visiting(browser, width=width) as page:
        visitor.sign_in(page, address)
        for path in BEHIND_THE_DOOR:
            page.goto(f"{address}{path.replace('/organisations/here', enterprise)}?lang={language}")
            check(page)
        page.goto(f"{address}{enterprise}")
        page.get_by_role("button", name=re.compile("生成邀请链接|Make an invitation link")).click()
        check(page)
        page.goto(f"{address}/organisations/new")
        page.locator("main .actions button").click()
        assert page.locator(".field-error").count() == 6
        check(page)


def test_the_script_fills_the_regions_and_shows_the_size(browser: Browser, address: str, enterprise: str) -> None:
    with visiting(browser) as page:
        visitor.sign_in(page, address)
        page.goto(f"{address}/organisations/new")
        expect(page.locator("#prefecture")).to_be_disabled()
        page.select_option("#province", "330000")
        page.select_option("#prefecture", "330100")
        page.select_option("#county", "330106")
        page.select_option("#province", "440000")
        expect(page.locator("#county")).to_be_disabled()
        page.select_option("#prefecture", "441900")
        expect(page.locator("#county")).to_be_disabled()
        page.fill("#staff", "300")
        page.fill("#revenue", "2,000")
        expect(page.locator("#size")).to_have_text("规模类型：中型")
        page.fill("#revenue", "x")
        expect(page.locator("#size")).to_be_hidden()


def test_the_keyboard_skips_to_the_content_and_opens_the_menu_on_a_phone(browser: Browser, address: str) -> None:
    with visiting(browser, width=390) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("跳到正文")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_text("菜单")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="术语")).to_be_visible()


def test_the_blank_questionnaire_prints_on_a4(browser: Browser, address: str) -> None:
    with visiting(browser) as page:
        page.goto(f"{address}/questionnaires/enterprise-evaluation/0.9.0")
        page.emulate_media(media="print")
        for hidden in (".top", ".contents", ".foot"):
            assert not page.locator(hidden).is_visible()
        assert page.pdf(format="A4").startswith(b"%PDF")
