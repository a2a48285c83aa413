"""The dashboard."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from app.db import Database
from app.models import Assessment
from questionnaires.types import Questionnaire

from .conftest import COMPLETE, House, fill


def test_says_what_to_do_first(house: House) -> None:
    page = house.owner.get("/dashboard").text
    assert "从第一份评价开始" in page
    assert 'href="/assessments/new"' in page


def test_shows_drafts_with_progress_and_interval(house: House, foreign: Questionnaire) -> None:
    address = house.owner.start()
    fill(house.owner, address, foreign, {"profile.kind": "maker", "floor.tidy": "always"})
    page = house.editor.get("/dashboard").text
    assert address in page
    assert "必答题已答 2／7" in page
    assert "14.0–100.0" in page


def test_shows_submissions_with_level_by_year(house: House, submitted: str) -> None:
    house.owner.start(year=2024)
    page = house.reader.get("/dashboard").text
    assert submitted in page
    assert "一级 · 可试行" in page or "二级 · 可推广" in page
    assert page.index('id="y2025"') < page.index('id="y2024"')


def test_a_questionnaire_that_is_gone_is_said_so(house: House, database: Database) -> None:
    house.owner.start()
    with database.writing() as session:
        session.execute(update(Assessment).values(digest="0" * 64))
    response = house.owner.get("/dashboard")
    assert response.status_code == 200
    assert "无法打开" in response.text


def test_reader_sees_but_is_offered_no_change(house: House) -> None:
    address = house.owner.start()
    page = house.reader.get("/dashboard").text
    assert address in page
    assert "删除草稿" not in page
    assert 'href="/assessments/new"' not in page


def test_stranger_sees_only_their_own(house: House) -> None:
    address = house.owner.start()
    assert address not in house.stranger.get("/dashboard").text


def test_logged_out(house: House) -> None:
    assert house.nobody.get("/dashboard").headers["location"].startswith("/sign-in")


def test_wrong_method(house: House) -> None:
    assert house.owner.post("/dashboard").status_code == 405


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_both_languages(house: House, submitted: str, language: str) -> None:
    assert house.owner.get("/dashboard", lang=language).status_code == 200
    assert COMPLETE
