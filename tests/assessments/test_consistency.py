"""What does not fit together: shown on the review with links to the cells, blocking submission as its severity says."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.db import Database
from app.models import Submission
from app.services.answer_words import as_fields
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire
from scoring.freeze import from_plain

from .conftest import House, fill

ACCOUNTS = "workshop-accounts@1.0.0"
PLEDGE = {"name": "王敏", "agreed": "yes"}


@pytest.fixture
def accounts(registry: Registry) -> Questionnaire:
    return registry.get("workshop-accounts", "1.0.0")


def lines(total: float, service: float, before: float, service_before: float = 10) -> dict[str, Any]:
    rows = {"total": {"y0": total, "y1": before}, "service": {"y0": service, "y1": service_before}}
    return {"accounts.fraud": "no", "accounts.lines": rows}


def filled(house: House, accounts: Questionnaire, answers: dict[str, Any]) -> str:
    address = house.editor.start(ACCOUNTS)
    fill(house.editor, address, accounts, answers)
    return address


def test_figures_that_fit_are_submitted_with_their_measures(
    house: House, accounts: Questionnaire, database: Database
) -> None:
    address = filled(house, accounts, lines(100, 30, 80, 20))
    assert "对不上的数据" not in house.editor.get(f"{address}/review").text
    assert house.editor.post(f"{address}/submit", PLEDGE).status_code == 303
    with database.reading() as session:
        done = session.scalars(select(Submission)).one()
    result = from_plain(done.result)
    assert (done.outcome, done.score, result.nodes) == ("measured", None, {})
    assert {name: one.value for name, one in result.measures.items()} == {
        "service_share.y0": 30,
        "service_share.y1": 25,
    }
    assert result.measures["service_share.y0"].growth == 5


def test_an_error_blocks_and_leads_to_the_cells(house: House, accounts: Questionnaire, database: Database) -> None:
    address = filled(house, accounts, lines(100, 120, 80))
    page = house.editor.get(f"{address}/review").text
    assert "服务收入不应大于总收入。" in page
    assert "2025 年" in page
    assert f'href="{address}/sections/accounts#accounts.lines:service:y0">收入 · 服务收入 · 2025 年 本年</a>' in page
    assert '<section class="pledge" aria-labelledby="pledge-title" hidden>' in page
    refused = house.editor.post(f"{address}/submit", PLEDGE)
    assert refused.status_code == 409
    assert "有数据对不上" in refused.text
    with database.reading() as session:
        assert session.scalars(select(Submission)).first() is None


def test_what_wants_explaining_blocks_until_its_question_has_a_note(house: House, accounts: Questionnaire) -> None:
    address = filled(house, accounts, lines(200, 30, 80))
    assert "须改正或写明原因" in house.editor.get(f"{address}/review").text
    assert house.editor.post(f"{address}/submit", PLEDGE).status_code == 409
    question, answer = accounts.questions["accounts.lines"], lines(200, 30, 80)["accounts.lines"]
    fields = as_fields(question, answer, note="并购了同行", revision=1)
    saved = house.editor.post(f"{address}/sections/accounts", {"to": "accounts", **fields})
    assert saved.status_code == 303
    page = house.editor.get(f"{address}/review").text
    assert "说明：并购了同行" in page
    assert house.editor.post(f"{address}/submit", PLEDGE).status_code == 303


def test_a_warning_is_shown_and_blocks_nothing(house: House, accounts: Questionnaire) -> None:
    address = filled(house, accounts, lines(1000, 5, 800))
    page = house.editor.get(f"{address}/review").text
    assert "服务收入很少。" in page
    assert "提醒，不影响提交" in page
    assert house.editor.post(f"{address}/submit", PLEDGE).status_code == 303


def test_a_stranger_sees_nothing_of_it(house: House, accounts: Questionnaire) -> None:
    address = filled(house, accounts, lines(100, 120, 80))
    assert house.stranger.get(f"{address}/review").status_code == 404
