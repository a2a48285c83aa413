"""Tables in a real browser: a block pasted from a spreadsheet, totals, units, keys, rows that appear, and no script at all."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from app.clock import now
from app.db import Database
from app.models import Answer, Membership, Organisation, Role, User
from app.services import sessions
from app.services.assessments import Start, start
from questionnaires.registry import Registry

from .conftest import WCAG, serving, visiting

TESTS = Path(__file__).parents[1]
FOLDERS = [TESTS / "workbooks" / "questionnaires", TESTS / "assessments" / "questionnaires"]
LINES = "facts.lines"
MONEY = "facts.money"
PASTE = """([id, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const cell = document.getElementById(id);
  cell.focus();
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@dataclass
class Clerk:
    """An editor with a browser; every test starts drafts of an enterprise of its own."""

    url: str
    database: Database
    browser: Browser
    user: User
    firm: Organisation

    def draft(self, slug: str) -> str:
        """Start an assessment and return the address of its first section."""
        questionnaire = Registry(FOLDERS).latest(slug)
        wish = Start(slug, questionnaire.version, questionnaire.digest, 2025, "entity", "", audited=False)
        with self.database.writing() as session:
            made = start(session, self.user, self.firm.id, wish, now())
        return f"{self.url}/assessments/{made.id}/sections/{questionnaire.sections[0].id}"

    @contextmanager
    def sit(self, *, javascript: bool = True, width: int = 1440) -> Iterator[Page]:
        with visiting(self.browser, javascript=javascript, width=width) as page:
            with self.database.writing() as session:
                token = sessions.open_login(session, self.user, "test", now(), 14)
            page.context.add_cookies([{"name": "session", "value": token, "url": self.url}])
            yield page

    def value(self, question: str) -> Any:
        own = select(Answer.value).where(Answer.question == question, Answer.updated_by == self.user.id)
        with self.database.reading() as session:
            return session.scalar(own)


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    file = tmp_path_factory.mktemp("grid") / "servimeter.db"
    shutil.copy(sqlite_template, file)
    address = f"sqlite:///{file}"
    with serving(address, SERVIMETER_QUESTIONNAIRES=json.dumps([str(folder) for folder in FOLDERS])) as url:
        yield url, address


@pytest.fixture
def clerk(server: tuple[str, str], browser: Browser) -> Iterator[Clerk]:
    url, address = server
    database, mark = Database(address), uuid.uuid4().hex[:17]
    user = User(email=f"{mark}@example.com", name="王敏", password_hash="x", language="zh", created_at=now())
    firm = Organisation(uscc=mark, name="江南", region="330106", industry="34", staff=1, revenue=5.0, created_at=now())
    with database.writing() as session:
        session.add_all([firm, user])
        session.flush()
        session.add(Membership(organisation_id=firm.id, user_id=user.id, role=Role.EDITOR, created_at=now()))
    yield Clerk(url, database, browser, user, firm)
    database.close()


def cell(page: Page, place: str, question: str = LINES) -> Locator:
    return page.locator(f'[id="{question}:{place}"]')


def paste(page: Page, place: str, text: str) -> None:
    page.evaluate(PASTE, [f"{LINES}:{place}", text])


def notice(page: Page) -> Locator:
    return page.locator(f'[data-question="{LINES}"] [data-notice]')


def saved(page: Page, question: str = LINES) -> None:
    state = page.locator(f'[data-question="{question}"] [data-state]')
    expect(state).to_have_text(re.compile(r"^\d\d:\d\d 已保存$"))


def test_a_block_is_pasted_and_taken_back(clerk: Clerk) -> None:
    with clerk.sit() as page:
        page.goto(clerk.draft("every-kind"))
        cell(page, "design:y1").fill("9")
        paste(page, "design:y1", '１，２３４．５\t"2,000.25"\t13 %\t合同 2025-014\t多\r\n8\t约十\t6%\t\r\n7\t7\t\t\r\n')
        expect(cell(page, "design:y1")).to_have_value("1,234.5")
        expect(cell(page, "design:y0")).to_have_value("2,000.25")
        expect(cell(page, "design:vat")).to_have_value("thirteen")
        expect(cell(page, "hours:y1")).to_have_value("8")
        expect(cell(page, "repair:y1")).to_have_value("")
        expect(notice(page)).to_contain_text("贴入 7 格。")
        expect(notice(page)).to_contain_text("1 格不合，没有贴入，原样未动：工时，2025 年 年 “约十”")
        expect(notice(page)).to_contain_text("3 格超出了表格")
        saved(page)
        first = {"y1": 1234.5, "y0": 2000.25, "vat": "thirteen", "proof": "合同 2025-014"}
        assert clerk.value(LINES) == {"design": first, "hours": {"y1": 8, "vat": "six"}}
        notice(page).get_by_role("button", name="撤销").click()
        expect(cell(page, "design:y1")).to_have_value("9")
        expect(cell(page, "hours:y1")).to_have_value("")
        saved(page)
        page.reload()
        expect(cell(page, "design:y1")).to_have_value("9")
        assert clerk.value(LINES) == {"design": {"y1": 9}}


def test_typing_on_ends_the_way_back(clerk: Clerk) -> None:
    with clerk.sit() as page:
        page.goto(clerk.draft("every-kind"))
        paste(page, "design:y1", "1\t2\n")
        undo = notice(page).get_by_role("button", name="撤销")
        expect(undo).to_be_visible()
        cell(page, "design:y1").press_sequentially("3")
        expect(undo).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("(1,234)", "-1,234"), ("￥ 12,000.50", "12,000.5"), ("1 234", "1,234"), ("−5", "-5"), (".5", "0.5")],
)
def test_figures_are_read_as_accountants_write_them(clerk: Clerk, typed: str, value: str) -> None:
    with clerk.sit() as page:
        page.goto(clerk.draft("every-kind"))
        paste(page, "design:y0", f"{typed}\n")
        expect(cell(page, "design:y0")).to_have_value(value)


def test_totals_and_rows_follow_what_is_typed(clerk: Clerk) -> None:
    with clerk.sit() as page:
        page.goto(clerk.draft("every-kind"))
        total = page.locator(f'[data-question="{LINES}"] [data-total="y0"]')
        expect(cell(page, "repair:y0")).to_be_hidden()
        page.locator('input[name="facts.modes"][value="y"]').check()
        expect(cell(page, "repair:y0")).to_be_visible()
        cell(page, "repair:y0").press_sequentially("0.2")
        cell(page, "design:y0").press_sequentially("0.1")
        cell(page, "hours:y0").press_sequentially("40")
        expect(total).to_have_text("0.3")
        page.locator('input[name="facts.modes"][value="y"]').uncheck()
        expect(cell(page, "repair:y0")).to_be_hidden()
        expect(total).to_have_text("0.1")
        saved(page)
        assert clerk.value(LINES)["repair"] == {"y0": 0.2}, "what is hidden is kept"


def test_blanks_are_filled_with_zeros(clerk: Clerk) -> None:
    with clerk.sit() as page:
        page.goto(clerk.draft("every-kind"))
        cell(page, "design:y0").fill("5")
        page.get_by_role("button", name="空格填 0").click()
        expect(notice(page)).to_contain_text("3 个空格填了 0。")
        saved(page)
        assert clerk.value(LINES) == {"design": {"y0": 5, "y1": 0}, "hours": {"y0": 0, "y1": 0}}


def test_arrows_and_enter_move_between_cells(clerk: Clerk) -> None:
    with clerk.sit() as page:
        page.goto(clerk.draft("every-kind"))
        cell(page, "design:y1").fill("12")
        cell(page, "design:y1").press("Enter")
        expect(cell(page, "hours:y1")).to_be_focused()
        page.keyboard.press("Shift+Enter")
        expect(cell(page, "design:y1")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(cell(page, "design:y0")).to_be_focused()
        page.keyboard.type("34")
        page.keyboard.press("ArrowLeft")
        expect(cell(page, "design:y0")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(cell(page, "hours:y0")).to_be_focused()


def test_a_unit_converts_what_is_shown_and_nothing_that_is_stored(clerk: Clerk) -> None:
    with clerk.sit() as page:
        address = clerk.draft("every-kind")
        page.goto(address)
        figure, unit = page.locator(f'[id="{MONEY}"]'), page.locator(f'[id="{MONEY}:unit"]')
        unit.select_option(label="元")
        figure.fill("123456")
        saved(page, MONEY)
        assert clerk.value(MONEY) == 12.3456
        unit.select_option(label="万元")
        expect(figure).to_have_value("12.3456")
        unit.select_option(label="元")
        expect(figure).to_have_value("123,456")
        saved(page, MONEY)
        page.reload()
        expect(unit).to_have_value("1")  # what this person chose last
        expect(figure).to_have_value("123,456")
        assert clerk.value(MONEY) == 12.3456


def test_what_does_not_fit_comes_and_goes_at_the_cell(clerk: Clerk) -> None:
    with clerk.sit() as page:
        page.goto(clerk.draft("workshop-accounts"))
        lines = "accounts.lines"
        for place, figure in (("total:y0", "200"), ("service:y0", "300"), ("total:y1", "100"), ("service:y1", "10")):
            cell(page, place, lines).fill(figure)
        found = page.locator(f'[data-concerns="{lines}"]')
        expect(found).to_contain_text("服务收入不应大于总收入。")
        expect(found).to_contain_text("收入一年变动超过一半。")
        service = cell(page, "service:y0", lines)
        expect(service).to_have_attribute("aria-describedby", re.compile("concern-within-0"))
        note = page.locator(f'[id="{lines}:note"]')
        expect(note).to_be_visible()  # what wants explaining opens the note
        service.fill("30")
        expect(found).not_to_contain_text("服务收入不应大于总收入。")
        expect(service).not_to_have_attribute("data-doubt", "")
        note.fill("并购了一家企业")
        expect(found).to_contain_text("已写明原因")


def test_on_a_phone_the_rows_names_stay_while_the_table_scrolls(clerk: Clerk) -> None:
    with clerk.sit(width=390) as page:
        page.goto(clerk.draft("every-kind"))
        head = page.locator(f'[id="{LINES}:design:"]')
        head.scroll_into_view_if_needed()
        before = head.bounding_box()
        cell(page, "design:proof").focus()
        after = head.bounding_box()
        assert before
        assert after
        assert after["x"] == pytest.approx(before["x"], abs=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("language", "width"), [("zh", 1440), ("en", 390)])
def test_tables_and_findings_are_accessible(clerk: Clerk, language: str, width: int) -> None:
    with clerk.sit(width=width) as page:
        page.goto(f"{clerk.draft('workshop-accounts')}?lang={language}")
        lines = "accounts.lines"
        for place, figure in (("total:y0", "200"), ("service:y0", "300"), ("total:y1", "100"), ("service:y1", "10")):
            cell(page, place, lines).fill(figure)
        expect(page.locator(f'[data-concerns="{lines}"] li').first).to_be_visible()
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        page.goto(f"{clerk.draft('every-kind')}?lang={language}")
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def test_without_scripts_cells_are_plain_fields(clerk: Clerk) -> None:
    with clerk.sit(javascript=False) as page:
        page.goto(clerk.draft("every-kind"))
        expect(cell(page, "repair:y0")).to_be_hidden()
        page.locator('input[name="facts.modes"][value="y"]').check()
        page.locator(f'[id="{MONEY}:unit"]').select_option(label="元")
        page.locator(f'[id="{MONEY}"]').fill("20,000")
        cell(page, "design:y0").fill("1,000")
        cell(page, "design:vat").select_option("six")
        page.locator(".form-actions .btn").last.click()
        expect(cell(page, "repair:y0")).to_be_visible()
        expect(page.locator(f'[data-question="{LINES}"] [data-total="y0"]')).to_have_text("1,000")
        assert (clerk.value(MONEY), clerk.value(LINES)) == (2, {"design": {"y0": 1000, "vat": "six"}})
