"""Correcting what was submitted, and discarding drafts."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.models import Answer, AnswerEvent, Assessment, Submission

from .conftest import FOREIGN, House
from .test_autosave import save


@pytest.fixture
def old(submitted: str, database: Database) -> str:
    """The address of the submitted assessment."""
    with database.reading() as session:
        return f"/assessments/{session.scalars(select(Assessment)).one().id}"


def test_a_correction_starts_from_the_answers_and_supersedes_when_submitted(
    house: House, old: str, submitted: str, database: Database
) -> None:
    review = house.editor.post(f"{old}/correct").headers["location"]
    draft = review.removesuffix("/review")
    assert "更正" in house.editor.get(review).text
    assert "已被更正取代" not in house.editor.get(submitted).text
    assert save(house.editor, draft, "floor.tidy", 1, value="never").json()["revision"] == 2
    later = house.editor.post(f"{draft}/submit", name="王敏", agreed="yes").headers["location"]
    before, after = house.reader.get(submitted).text, house.reader.get(later).text
    assert "取代" in before
    assert f'href="{later}"' in before
    assert "这是一次更正" in after
    assert f'href="{submitted}"' in after
    with database.reading() as session:
        rows = {str(one.id): one for one in session.scalars(select(Submission))}
    assert rows[submitted.rpartition("/")[2]].answers["floor.tidy"] == "always"
    assert rows[later.rpartition("/")[2]].answers["floor.tidy"] == "never"


def test_pressing_twice_gives_one_draft(house: House, old: str) -> None:
    assert len({house.editor.post(f"{old}/correct").headers["location"] for _ in range(3)}) == 1


def test_a_superseded_result_is_not_corrected_again(house: House, old: str) -> None:
    draft = house.editor.post(f"{old}/correct").headers["location"].removesuffix("/review")
    house.editor.post(f"{draft}/submit", name="王敏", agreed="yes")
    assert house.editor.post(f"{old}/correct").status_code == 409


def test_a_draft_is_changed_not_corrected(house: House) -> None:
    assert house.editor.post(f"{house.editor.start()}/correct").status_code == 409


def test_stranger_reader_logged_out_bad_id_and_wrong_method(house: House, old: str) -> None:
    assert house.stranger.post(f"{old}/correct").status_code == 404
    assert house.reader.post(f"{old}/correct").status_code == 403
    assert house.nobody.post(f"{old}/correct").headers["location"] == "/sign-in"
    assert house.editor.post(f"/assessments/{uuid.uuid4()}/correct").status_code == 404
    assert house.editor.get(f"{old}/correct").status_code == 405


def test_a_discarded_draft_leaves_nothing(house: House, database: Database) -> None:
    address = house.editor.start()
    save(house.editor, address, "profile.kind", 0, value="maker")
    assert "不能恢复" in house.editor.get(f"{address}/discard").text
    assert house.editor.post(f"{address}/discard").headers["location"] == "/dashboard"
    with database.reading() as session:
        for table in (Assessment, Answer, AnswerEvent):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    assert house.editor.start(FOREIGN) != address


def test_what_was_submitted_is_not_discarded(house: House, old: str) -> None:
    assert house.editor.get(f"{old}/discard").status_code == 409
    assert house.editor.post(f"{old}/discard").status_code == 409


def test_discarding_is_for_editors_of_the_enterprise(house: House) -> None:
    address = house.editor.start()
    assert house.stranger.post(f"{address}/discard").status_code == 404
    assert house.reader.post(f"{address}/discard").status_code == 403
    assert house.nobody.post(f"{address}/discard").headers["location"] == "/sign-in"
    assert house.editor.get(address).status_code == 303
