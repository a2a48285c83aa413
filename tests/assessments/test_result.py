"""The result and its trace: frozen, and right for every outcome."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from sqlalchemy import select, update

from app.db import Database
from app.models import Submission
from questionnaires.types import Questionnaire

from .conftest import COMPLETE, MAIN, House, example, fill


def submit(house: House, questionnaire: Questionnaire, answers: dict[str, Any], named: str, **more: str) -> str:
    address = house.editor.start(named, **more)
    fill(house.editor, address, questionnaire, answers)
    response = house.editor.post(f"{address}/submit", name="王敏", agreed="yes")
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


@pytest.fixture
def main(registry: Any) -> Questionnaire:
    found: Questionnaire = registry.get(*MAIN.split("@"))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_shows_the_level_first_and_why(house: House, main: Questionnaire, language: str) -> None:
    location = submit(house, main, example("compressor-group")["answers"], MAIN)
    response = house.reader.get(location, lang=language)
    assert response.status_code == 200
    page = response.text
    assert re.search(r'class="level">[^<]*<span class="level-code">L4</span>', page)
    assert page.count("<svg") > 20
    assert "style=" not in page
    for one in main.domains:
        assert f">{one.title.zh if language == 'zh' else one.title.en}"[1:8] in page
    assert f'href="{location}/trace"' in page


def test_shows_only_the_frozen_submission(house: House, submitted: str, database: Database) -> None:
    before = house.reader.get(submitted).text
    with database.writing() as session:
        session.execute(update(Submission).values(score=0.0, level=0))
    assert re.findall(r'class="level">([^<]*)', before) == re.findall(
        r'class="level">([^<]*)', house.reader.get(submitted).text
    )


def test_a_veto_awards_no_level_and_says_why(house: House, main: Questionnaire) -> None:
    answers = example("compressor-group")["answers"] | {"integrity.safety": "yes"}
    page = house.reader.get(submit(house, main, answers, MAIN)).text
    assert "不予定级" in page
    assert "生产安全事故否决" in page
    assert "触及底线条件" in page


def test_too_much_not_applicable_is_not_rateable(house: House, foreign: Questionnaire) -> None:
    answers = COMPLETE | {
        "floor.plan": {"na": "不排产"},
        "figures.accounts": {"na": "没有核算"},
        "floor.safe": {"fire": {"na": "无"}, "power": {"locks": "whole"}},
    }
    page = house.reader.get(submit(house, foreign, answers, "workshop-readiness@1.0.0")).text
    assert "不适用的内容过多" in page
    assert "未复核" in page
    assert page.count("不排产") == 1
    assert '<p class="small">无</p>' in page


def test_a_foreign_model_shows_its_own_levels_without_bands(house: House, submitted: str) -> None:
    page = house.reader.get(submitted).text
    assert "可试行" in page or "可推广" in page
    assert "0–100" in page
    assert "逐级门槛" in page


def test_the_trace_has_every_number_and_its_rows_add_up(house: House, main: Questionnaire) -> None:
    answers = example("furniture-maker")["answers"]
    declared = {None, *(f"b5.{mode}" for mode in answers["b5.modes"])}
    location = submit(house, main, answers, MAIN)
    page = house.reader.get(f"{location}/trace").text
    rows = re.findall(r'<tr class="is-(\w+)" id="([\w.]+)">(.*?)</tr>', page, re.DOTALL)
    ids = {name for _, name, _ in rows}
    assert {one.id for one in main.indicators.values() if one.group in declared} <= ids
    assert not {one.id for one in main.indicators.values() if one.group not in declared} & ids
    assert {one.id for one in main.domains} <= ids
    given = {name: re.findall(r'<td class="n num">([^<]*)</td>', row)[-1] for _, name, row in rows}
    total = round(float(given["total"]) * 100)
    by_kind = {
        kind: [name for found, name, _ in rows if found == kind] for kind in ("dimension", "domain", "indicator")
    }
    for names in by_kind.values():
        assert sum(round(float(given[name] or 0) * 100) for name in names) == total


def test_the_trace_names_answer_rule_and_source(house: House, submitted: str) -> None:
    page = house.reader.get(f"{submitted}/trace").text
    for shown in ("第 3 级 · 做到一半", "算式：", "折算：", "加权算术平均：", "steps", "level"):
        assert shown in page


def test_a_questionnaire_that_is_gone_is_said_so(house: House, submitted: str, database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Submission).values(digest="0" * 64))
    response = house.reader.get(submitted)
    assert response.status_code == 409
    assert "冻结的结果没有变" in response.text


@pytest.mark.parametrize("tail", ["", "/trace"])
def test_member_stranger_logged_out_bad_id_and_wrong_method(house: House, submitted: str, tail: str) -> None:
    assert house.owner.get(submitted + tail).status_code == 200
    assert house.stranger.get(submitted + tail).status_code == 404
    assert house.nobody.get(submitted + tail).headers["location"].startswith("/sign-in?next=/submissions/")
    assert house.owner.get(f"/submissions/{uuid.uuid4()}{tail}").status_code == 404
    assert house.owner.get(f"/submissions/first{tail}").status_code == 404
    assert house.owner.post(submitted + tail).status_code == 405


def test_correcting_is_offered_to_editors_only(house: House, submitted: str, database: Database) -> None:
    with database.reading() as session:
        path = f"/assessments/{session.scalars(select(Submission)).one().assessment_id}/correct"
    assert path in house.editor.get(submitted).text
    assert path not in house.reader.get(submitted).text
