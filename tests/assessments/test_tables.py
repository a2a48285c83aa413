"""Tables in the form: units, cells of each kind, rows and columns that are asked or not, totals, and what does not fit together."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.models import Answer
from app.services.answer_forms import read_entry
from app.services.answer_words import as_fields
from questionnaires.registry import Registry

from .conftest import FOLDER, Browser, House, said

EVERY_KIND = Path(__file__).parents[1] / "workbooks" / "questionnaires"
KINDS = Registry([EVERY_KIND]).get("every-kind", "1.0.0")
LINES = "facts.lines"
MONEY = "facts.money"


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.model_validate({"database_url": database_url, "questionnaires": [EVERY_KIND, FOLDER]})


@pytest.fixture
def draft(house: House) -> str:
    return house.editor.start("every-kind@1.0.0")


def money(typed: str, unit: str) -> Any:
    posted = {MONEY: [typed], f"{MONEY}:unit": [unit]}
    return read_entry(KINDS, KINDS.questions[MONEY], posted)


def put(browser: Browser, address: str, question: str, fields: dict[str, str], revision: int = 0) -> Response:
    named = {f"{question}:{name}" if name else question: value for name, value in fields.items()}
    return browser.autosave(
        f"{address}/answers/{question}", named | {f"{question}:revision": str(revision), "page": "facts"}
    )


def stored(database: Database, question: str) -> Any:
    with database.reading() as session:
        return session.scalar(select(Answer.value).where(Answer.question == question))


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("12,345", "", 12345),
        ("123,450,000", "1", 12345),
        ("0.7", "1", 0.0001),
        ("-30,000", "1", -3),
        ("３００００元", "", 3),
        ("3 万元", "1", 3),
        ("30,000 CNY", "", 3),
        ("12345.678", "1", 1.2346),
        ("", "1", None),
    ],
)
def test_a_figure_is_stored_in_the_unit_of_the_question(typed: str, unit: str, value: float | None) -> None:
    entry = money(typed, unit)
    assert (entry.value, entry.faults) == (value, {})


@given(st.integers(-(10**11), 10**11))
def test_a_unit_multiplies_exactly(whole: int) -> None:
    assert Decimal(repr(money(str(whole), "1").value)) == Decimal(whole) / 10000


@pytest.mark.parametrize(("typed", "unit"), [("三万", "1"), ("1.23456", ""), ("1", "2"), ("1", "x"), ("1" * 17, "1")])
def test_what_is_no_figure_or_unit_is_refused(typed: str, unit: str) -> None:
    entry = money(typed, unit)
    assert entry.value is None
    assert list(entry.faults) == [MONEY]


def test_a_cell_of_each_kind(house: House, database: Database, draft: str) -> None:
    cells = {"design:y0": "1,250.5", "design:y1": "１０％", "design:vat": "six", "design:proof": " 合同 2025-014 "}
    assert set(put(house.editor, draft, LINES, cells).json()["fields"]) == {f"{LINES}:design:y1"}
    assert put(house.editor, draft, LINES, cells | {"design:y1": ""}).status_code == 200
    assert stored(database, LINES) == {"design": {"y0": 1250.5, "vat": "six", "proof": "合同 2025-014"}}
    page = house.editor.get(f"{draft}/sections/facts").text
    assert 'name="facts.lines:design:y0" value="1,250.5"' in page
    assert '<option value="six" selected>6%</option>' in page
    assert 'name="facts.lines:design:proof" value="合同 2025-014"' in page
    assert 'aria-label="设计，2025 年 年"' in page


@pytest.mark.parametrize(
    ("cell", "typed"), [("design:vat", "eight"), ("design:proof", "长" * 201), ("hours:y0", "1.5")]
)
def test_a_cell_that_cannot_be_taken_is_named(
    house: House, database: Database, draft: str, cell: str, typed: str
) -> None:
    response = put(house.editor, draft, LINES, {cell: typed})
    assert (response.status_code, list(response.json()["fields"])) == (422, [f"{LINES}:{cell}"])
    assert stored(database, LINES) is None


@pytest.mark.parametrize(
    "value", [None, {"design": {"y0": 3.25, "vat": "six", "proof": "x"}, "hours": {"y1": 8}}, {"na": "无"}]
)
def test_as_fields_comes_back_the_same(value: Any) -> None:
    question = KINDS.questions[LINES]
    assert read_entry(KINDS, question, as_fields(question, value)).value == value


def hidden(page: str, row: str) -> bool:
    found = re.search(rf'<tr data-scope="{LINES}:{row}"( hidden)?>', page)
    assert found
    return bool(found[1])


def test_rows_appear_as_answers_change_and_keep_what_they_held(house: House, database: Database, draft: str) -> None:
    assert hidden(house.editor.get(f"{draft}/sections/facts").text, "repair")
    answer = put(house.editor, draft, "facts.modes", {"": "y"}).json()
    assert f"{LINES}:repair" not in answer["hidden"]
    put(house.editor, draft, LINES, {"repair:y0": "7", "design:y0": "5"})
    answer = put(house.editor, draft, "facts.modes", {"": "x"}, revision=1).json()
    assert f"{LINES}:repair" in answer["hidden"]
    page = house.editor.get(f"{draft}/sections/facts").text
    assert hidden(page, "repair")
    assert not hidden(page, "design")
    assert 'name="facts.lines:repair:y0" value="7"' in page, "a hidden cell is posted again, so that nothing is lost"


def total(page: str, column: str) -> str:
    found = re.search(rf'data-total="{column}">([^<]*)<', page)
    assert found
    return found[1]


def test_totals_add_up_what_is_asked_in_the_unit_of_the_table(house: House, draft: str) -> None:
    cells = {"design:y0": "1,000.1", "repair:y0": "0.2", "hours:y0": "40", "design:y1": "0"}
    put(house.editor, draft, LINES, cells)
    page = house.editor.get(f"{draft}/sections/facts").text
    assert (total(page, "y0"), total(page, "y1")) == ("1,000.1", "0")
    put(house.editor, draft, "facts.modes", {"": "y"})
    page = house.editor.get(f"{draft}/sections/facts").text
    assert total(page, "y0") == "1,000.3"


def test_a_form_without_scripts_posts_its_unit(house: House, database: Database, draft: str) -> None:
    fields = {f"{MONEY}:revision": "0", MONEY: "12,345", f"{MONEY}:unit": "1", "to": "facts"}
    assert house.editor.post(f"{draft}/sections/facts", fields).status_code == 303
    assert stored(database, MONEY) == 1.2345
    page = house.editor.get(f"{draft}/sections/facts").text
    assert 'value="1.2345"' in page
    assert '<option value="" data-factor="1" selected>万元</option>' in page


def test_a_refused_form_keeps_the_unit_and_what_was_typed(house: House, database: Database, draft: str) -> None:
    fields = {f"{MONEY}:revision": "0", MONEY: "一万", f"{MONEY}:unit": "1", "to": "facts"}
    response = house.editor.post(f"{draft}/sections/facts", fields)
    assert response.status_code == 422
    assert len(said(response)) == 1
    assert 'value="一万"' in response.text
    assert '<option value="1" data-factor="0.0001" selected>元</option>' in response.text


# --- What does not fit together, at the cells --------------------------------------------------------------------------------

ACCOUNTS = "accounts.lines"


@pytest.fixture
def accounts(house: House) -> str:
    return house.editor.start("workshop-accounts@1.0.0")


def save_accounts(house: House, address: str, revision: int = 0, note: str = "", **cells: str) -> dict[str, Any]:
    fields = {f"{ACCOUNTS}:{name.replace('_', ':')}": value for name, value in cells.items()}
    fields |= {f"{ACCOUNTS}:revision": str(revision), f"{ACCOUNTS}:note": note, "page": "accounts"}
    response = house.editor.autosave(f"{address}/answers/{ACCOUNTS}", fields)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_what_does_not_fit_is_shown_at_its_cells(house: House, accounts: str) -> None:
    answer = save_accounts(house, accounts, total_y0="100", service_y0="120", total_y1="100", service_y1="10")
    markup = unescape(answer["concerns"][ACCOUNTS])
    assert "服务收入不应大于总收入。" in markup
    assert "须改正" in markup
    assert 'data-severity="error"' in markup
    page = house.editor.get(f"{accounts}/sections/accounts").text
    cell = re.search(rf'<input class="cell"[^>]*name="{ACCOUNTS}:service:y0"[^>]*>', page)
    assert cell
    assert "data-doubt" in cell[0]
    described = re.search(r'aria-describedby="([^"]+)"', cell[0])
    assert described
    assert f'id="{described[1]}"' in page
    answer = save_accounts(
        house, accounts, revision=1, total_y0="100", service_y0="20", total_y1="100", service_y1="10"
    )
    assert "须改正</span>" not in answer["concerns"][ACCOUNTS]


def test_a_measurement_shows_measures_and_findings_and_no_interval(house: House, accounts: str) -> None:
    page = house.editor.get(f"{accounts}/sections/accounts").text
    assert "暂定得分区间" not in page
    assert "已填的数都对得上。" in page
    side = save_accounts(house, accounts, total_y0="100", service_y0="120", total_y1="100", service_y1="10")["interval"]
    assert "120" in side
    assert "处数据对不上" in side
