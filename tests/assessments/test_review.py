"""The review before submitting."""

from __future__ import annotations

import uuid

from app.db import Database
from app.models import Assessment
from questionnaires.types import Questionnaire

from .conftest import COMPLETE, House, fill


def test_lists_what_is_missing_with_links_to_the_fields(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    some = COMPLETE | {
        "floor.plan": {"level": 2},
        "floor.safe": {"fire": {"exits": "half"}},
        "floor.skills": ["turning"],
    }
    del some["figures.years"]
    fill(house.editor, address, foreign, some)
    page = house.editor.get(f"{address}/review").text
    assert f'{address}/sections/figures#q-figures.years"' in page
    assert f'{address}/sections/floor#floor.safe:fire:drill"' in page
    assert "还差 2 处" in page
    assert page.count("没有填完") == 2
    assert '<section class="pledge" aria-labelledby="pledge-title" hidden>' in page


def test_offers_the_pledge_when_all_is_answered(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    fill(house.editor, address, foreign, COMPLETE)
    page = house.editor.get(f"{address}/review").text
    assert "必答题都已答完" in page
    assert "真实性承诺" in page
    assert 'name="agreed" value="yes"' in page


def test_lists_what_is_not_applicable_and_what_a_rule_settled(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    answers = COMPLETE | {
        "figures.accounts": {"total": {"y0": 0}, "service": {"y0": 0}},
        "floor.plan": {"na": "不排产"},
    }
    fill(house.editor, address, foreign, answers)
    page = house.editor.get(f"{address}/review").text
    for shown in ("不排产", "没有可燃物", "没有收入。", "现占总权重"):
        assert shown in page


def test_reader_may_look_but_not_pledge(house: House, foreign: Questionnaire) -> None:
    address = house.editor.start()
    fill(house.editor, address, foreign, COMPLETE)
    page = house.reader.get(f"{address}/review")
    assert page.status_code == 200
    assert "真实性承诺" not in page.text


def test_after_submission_it_leads_to_the_result(house: House, submitted: str, database: Database) -> None:
    with database.reading() as session:
        address = f"/assessments/{session.query(Assessment).one().id}"
    assert house.editor.get(f"{address}/review").headers["location"] == address
    assert house.reader.get(address).headers["location"] == submitted


def test_stranger_logged_out_bad_id_and_wrong_method(house: House) -> None:
    address = house.editor.start()
    assert house.stranger.get(f"{address}/review").status_code == 404
    assert house.nobody.get(f"{address}/review").status_code == 303
    assert house.editor.get(f"/assessments/{uuid.uuid4()}/review").status_code == 404
    assert house.editor.post(f"{address}/review").status_code == 405
