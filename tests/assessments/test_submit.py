"""Submitting."""

from __future__ import annotations

import re
import threading
import uuid

import pytest
from sqlalchemy import select, update

from app.db import Database
from app.models import Assessment, Organisation, Submission
from app.services.submissions import CROCKFORD, report_number
from questionnaires.types import Questionnaire
from scoring.freeze import from_plain

from .conftest import COMPLETE, EXAMPLES, Browser, House, example, fill, said

PLEDGE = {"name": "王敏", "agreed": "yes"}


def submissions(database: Database) -> list[Submission]:
    with database.reading() as session:
        return list(session.scalars(select(Submission)))


@pytest.fixture
def ready(house: House, foreign: Questionnaire) -> str:
    address = house.editor.start()
    fill(house.editor, address, foreign, COMPLETE)
    return address


def test_freezes_everything(house: House, ready: str, foreign: Questionnaire, database: Database) -> None:
    response = house.editor.post(f"{ready}/submit", PLEDGE)
    [done] = submissions(database)
    assert response.headers["location"] == f"/submissions/{done.id}"
    assert done.answers == COMPLETE
    assert (done.slug, done.version, done.digest) == ("workshop-readiness", "1.0.0", foreign.digest)
    assert done.enterprise["name"] == "江南压缩机"
    assert done.enterprise["size"] == "large"
    assert (done.enterprise["scope"], done.enterprise["year"]) == ("entity", 2025)
    assert done.pledged_by == "王敏"
    result = from_plain(done.result)
    assert (result.outcome, result.level, result.score) == (done.outcome, done.level, done.score)
    assert result.trace
    assert done.engine_version == result.engine_version
    assert re.fullmatch(r"SM(-[0-9A-HJKMNP-TV-Z]{4}){4}", done.number)
    with database.reading() as session:
        assert session.scalars(select(Assessment)).one().status == "submitted"


def test_a_second_submit_changes_nothing_and_shows_the_same(house: House, ready: str, database: Database) -> None:
    first = house.editor.post(f"{ready}/submit", PLEDGE)
    second = house.owner.post(f"{ready}/submit", {"name": "别人", "agreed": "yes"})
    assert first.headers["location"] == second.headers["location"]
    assert [done.pledged_by for done in submissions(database)] == ["王敏"]


def test_two_at_the_same_moment_make_one_submission(house: House, ready: str, database: Database) -> None:
    found: list[str] = []
    tokens = {id(browser): browser.token() for browser in (house.owner, house.editor)}

    def press(browser: Browser) -> None:
        fields = PLEDGE | {"csrf_token": tokens[id(browser)]}
        found.append(browser.client.post(f"{ready}/submit", data=fields).headers["location"])

    threads = [threading.Thread(target=press, args=(browser,)) for browser in (house.owner, house.editor)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(submissions(database)) == 1


@pytest.mark.parametrize(
    "pledge", [{"name": "", "agreed": "yes"}, {"name": "王敏"}, {"name": "王" * 81, "agreed": "yes"}, {}]
)
def test_no_submission_without_the_pledge(house: House, ready: str, database: Database, pledge: dict[str, str]) -> None:
    response = house.editor.post(f"{ready}/submit", pledge)
    assert response.status_code == 422
    assert said(response)
    assert submissions(database) == []


def test_no_submission_while_a_required_answer_is_missing(
    house: House, foreign: Questionnaire, database: Database
) -> None:
    address = house.editor.start()
    fill(house.editor, address, foreign, COMPLETE | {"floor.plan": {"level": 2}})
    response = house.editor.post(f"{address}/submit", PLEDGE)
    assert response.status_code == 409
    assert "有必答题没有答完" in response.text
    assert submissions(database) == []


def test_no_submission_when_the_questionnaire_changed(house: House, ready: str, database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Assessment).values(digest="0" * 64))
    assert house.editor.post(f"{ready}/submit", PLEDGE).status_code == 409
    assert submissions(database) == []


def test_the_frozen_profile_does_not_follow_the_enterprise(house: House, ready: str, database: Database) -> None:
    location = house.editor.post(f"{ready}/submit", PLEDGE).headers["location"]
    with database.writing() as session:
        session.execute(update(Organisation).values(name="改了名的企业"))
    page = house.editor.get(location).text
    assert '<p class="hero-name">江南压缩机</p>' in page


@pytest.mark.parametrize("name", sorted(file.stem for file in EXAMPLES.glob("*.yaml")))
def test_the_examples_can_be_entered_and_submitted(
    house: House, database: Database, name: str, registry: object
) -> None:
    file = example(name)
    address = house.editor.start(f"{file['questionnaire']}@{file['version']}", scope="consolidated", entities="甲")
    questionnaire = registry.get(file["questionnaire"], file["version"])  # type: ignore[attr-defined]
    fill(house.editor, address, questionnaire, file["answers"])
    response = house.editor.post(f"{address}/submit", PLEDGE)
    assert response.status_code == 303
    assert submissions(database)[0].outcome in {"level", "vetoed", "not-rateable"}


def test_stranger_reader_logged_out_bad_id_and_wrong_method(house: House, ready: str, database: Database) -> None:
    assert house.stranger.post(f"{ready}/submit", PLEDGE).status_code == 404
    assert house.reader.post(f"{ready}/submit", PLEDGE).status_code == 403
    assert house.nobody.post(f"{ready}/submit", PLEDGE).headers["location"] == "/sign-in"
    assert house.editor.post(f"/assessments/{uuid.uuid4()}/submit", PLEDGE).status_code == 404
    assert house.editor.get(f"{ready}/submit").status_code == 405
    assert submissions(database) == []


def test_numbers_carry_80_bits() -> None:
    numbers = {report_number() for _ in range(500)}
    assert len(numbers) == 500
    letters = "".join(number.removeprefix("SM-").replace("-", "") for number in numbers)
    assert len(letters) == 500 * 16
    assert set(letters) == set(CROCKFORD)
