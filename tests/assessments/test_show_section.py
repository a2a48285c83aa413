"""Opening a section of the form."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import update

from app.db import Database
from app.models import Assessment
from questionnaires.types import Questionnaire

from .conftest import FOREIGN, MAIN, TRIAL, House, fill


def test_every_section_of_every_questionnaire_in_both_languages(house: House, registry: object) -> None:
    for named in (TRIAL, MAIN, FOREIGN):
        slug, version = named.split("@")
        address = house.editor.start(named, year=2022 if named == TRIAL else 2023)
        for section in registry.get(slug, version).sections:  # type: ignore[attr-defined]
            for language in ("zh", "en"):
                response = house.editor.get(f"{address}/sections/{section.id}", lang=language)
                assert response.status_code == 200
                title = section.title.zh if language == "zh" else section.title.en
                assert title.replace("&", "&amp;").replace("'", "&#39;") in response.text


def test_leads_to_the_first_section_that_is_not_finished(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    assert house.editor.get(address).headers["location"] == f"{address}/sections/profile"
    fill(house.editor, address, foreign, {"profile.kind": "repair"})
    assert house.editor.get(address).headers["location"] == f"{address}/sections/floor"


def test_asks_only_what_the_answers_ask_for(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    path = f"{address}/sections/figures"
    hidden = 'data-scope="figures.years" hidden'
    assert hidden in house.editor.get(path).text
    fill(house.editor, address, foreign, {"profile.kind": "maker"})
    page = house.editor.get(path).text
    assert hidden not in page
    assert 'data-scope="figures.accounts.y1" hidden' in page
    fill(house.editor, address, foreign, {"profile.kind": "maker", "figures.years": 2})
    assert 'data-scope="figures.accounts.y1" hidden' not in house.editor.get(path).text


def test_shows_a_computed_figure_with_its_inputs(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    figures = {"total": {"y0": 1000}, "service": {"y0": 125.5}}
    fill(house.editor, address, foreign, {"profile.kind": "maker", "figures.accounts": figures})
    page = house.editor.get(f"{address}/sections/figures").text
    assert '<b class="num">12.6</b> <span class="unit">%</span>' in page
    assert '<b class="num">125.5 万元</b>' in page
    assert "得分 25.1" in page


def test_says_which_colleague_answered(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    fill(house.editor, address, foreign, {"profile.kind": "maker"})
    assert "editor 于" in house.owner.get(f"{address}/sections/profile").text
    assert "editor 于" not in house.editor.get(f"{address}/sections/profile").text


def test_reader_sees_it_locked(house: House) -> None:
    address = house.editor.start()
    page = house.reader.get(f"{address}/sections/profile")
    assert page.status_code == 200
    assert '<fieldset class="bare" disabled>' in page.text
    assert "保存，下一节" not in page.text


def test_a_changed_questionnaire_is_not_filled_in(house: House, database: Database) -> None:
    address = house.editor.start()
    with database.writing() as session:
        session.execute(update(Assessment).values(digest="0" * 64))
    response = house.editor.get(f"{address}/sections/profile")
    assert response.status_code == 409
    assert "内容在评价开始后被改动" in response.text


def test_a_submitted_one_leads_to_its_result(house: House, submitted: str, database: Database) -> None:
    with database.reading() as session:
        address = f"/assessments/{session.query(Assessment).one().id}"
    assert house.editor.get(f"{address}/sections/profile").headers["location"] == address
    assert house.editor.get(address).headers["location"] == submitted


@pytest.mark.parametrize("tail", ["", "/sections/profile", "/review", "/discard"])
def test_stranger(house: House, tail: str) -> None:
    assert house.stranger.get(house.editor.start() + tail).status_code == 404


@pytest.mark.parametrize("tail", ["", "/sections/profile", "/review", "/discard"])
def test_logged_out(house: House, tail: str) -> None:
    assert house.nobody.get(house.editor.start() + tail).headers["location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("tail", ["", "/sections/profile", "/review"])
def test_bad_id(house: House, tail: str) -> None:
    assert house.editor.get(f"/assessments/{uuid.uuid4()}{tail}").status_code == 404
    assert house.editor.get(f"/assessments/first{tail}").status_code == 404


def test_unknown_section(house: House) -> None:
    assert house.editor.get(f"{house.editor.start()}/sections/cellar").status_code == 404
