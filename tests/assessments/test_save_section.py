"""Saving a section by its form."""

from __future__ import annotations

import uuid

from sqlalchemy import select

from app.db import Database
from app.models import Answer, AnswerEvent

from .conftest import House, said

PROFILE = {"profile.kind": "maker", "profile.kind:revision": "0", "to": "floor"}


def stored(database: Database) -> dict[str, Answer]:
    with database.reading() as session:
        return {one.question: one for one in session.scalars(select(Answer))}


def events(database: Database) -> list[AnswerEvent]:
    with database.reading() as session:
        return list(session.scalars(select(AnswerEvent).order_by(AnswerEvent.revision)))


def test_saves_and_goes_on(house: House, database: Database) -> None:
    address = house.editor.start()
    response = house.editor.post(f"{address}/sections/profile", PROFILE)
    assert (response.status_code, response.headers["location"]) == (303, f"{address}/sections/floor")
    answer = stored(database)["profile.kind"]
    assert (answer.value, answer.revision, answer.updated_by) == ("maker", 1, house.editor.user.id)  # type: ignore[union-attr]
    assert [(one.value, one.revision) for one in events(database)] == [("maker", 1)]


def test_saving_again_what_is_there_adds_no_event(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    house.editor.post(path, PROFILE)
    house.editor.post(path, PROFILE)
    assert len(events(database)) == 1


def test_gaps_are_accepted_and_answers_can_be_emptied(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    house.editor.post(path, PROFILE | {"profile.remark": "好", "profile.remark:revision": "0"})
    house.editor.post(
        path, PROFILE | {"profile.kind:revision": "1", "profile.remark": "", "profile.remark:revision": "1"}
    )
    assert stored(database)["profile.remark"].value is None
    assert [one.value for one in events(database) if one.question == "profile.remark"] == ["好", None]


def test_a_question_that_was_not_on_the_page_is_left_alone(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    house.editor.post(path, PROFILE)
    house.editor.post(path, {"profile.remark": "好", "profile.remark:revision": "0"})
    assert stored(database)["profile.kind"].value == "maker"


def test_impossible_values_come_back_with_what_was_typed_and_nothing_is_stored(
    house: House, database: Database
) -> None:
    path = f"{house.editor.start()}/sections/figures"
    wrong = {
        "figures.years": "三年",
        "figures.years:revision": "0",
        "figures.accounts:total:y0": "12,34",
        "figures.accounts:service:y0": "5",
        "figures.accounts:revision": "0",
    }
    response = house.editor.post(path, wrong)
    assert response.status_code == 422
    assert len(said(response)) == 2
    for shown in (
        'href="#figures.years"',
        'href="#figures.accounts:total:y0"',
        'value="三年"',
        'value="12,34"',
        'value="5"',
    ):
        assert shown in response.text
    assert 'id="figures.years-error"' in response.text
    assert 'aria-describedby="figures.years-range figures.years-error" aria-invalid="true"' in response.text
    assert stored(database) == {}


def test_what_is_typed_is_escaped(house: House) -> None:
    path = f"{house.editor.start()}/sections/profile"
    response = house.editor.post(
        path, {"profile.plan": '"><script>alert(1)</script>', "profile.plan:revision": "0", "to": "profile"}
    )
    assert response.status_code == 303
    page = house.editor.get(path).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_button_clears_a_question_and_keeps_its_note(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    house.editor.post(path, PROFILE | {"profile.kind:note": "记"})
    house.editor.post(
        path, PROFILE | {"profile.kind:note": "记", "profile.kind:revision": "1", "clear": "profile.kind"}
    )
    answer = stored(database)["profile.kind"]
    assert (answer.value, answer.note) == (None, "记")


def test_the_last_button_leads_to_the_review(house: House) -> None:
    address = house.editor.start()
    response = house.editor.post(f"{address}/sections/figures", to=":review")
    assert response.headers["location"] == f"{address}/review"


def test_a_colleagues_answer_is_never_overwritten_silently(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    house.owner.post(path, PROFILE)
    response = house.editor.post(path, PROFILE | {"profile.kind": "repair"})
    assert response.status_code == 409
    assert "owner，" in response.text
    assert "制造" in response.text
    assert "维修" in response.text
    assert stored(database)["profile.kind"].value == "maker"
    undecided = PROFILE | {"profile.kind": "repair", "profile.kind:revision": "1", "profile.kind:keep": "undecided"}
    assert house.editor.post(path, undecided).status_code == 409
    assert house.editor.post(path, undecided | {"profile.kind:keep": ["undecided", "theirs"]}).status_code == 303
    assert stored(database)["profile.kind"].value == "maker"
    assert house.editor.post(path, undecided | {"profile.kind:keep": ["undecided", "mine"]}).status_code == 303
    assert stored(database)["profile.kind"].value == "repair"


def test_what_i_did_not_touch_is_no_conflict(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    house.editor.post(path, PROFILE)
    house.owner.post(path, PROFILE | {"profile.kind": "repair", "profile.kind:revision": "1"})
    mine = PROFILE | {"profile.kind:revision": "1", "profile.remark": "好", "profile.remark:revision": "0"}
    assert house.editor.post(path, mine).status_code == 303
    found = stored(database)
    assert (found["profile.kind"].value, found["profile.remark"].value) == ("repair", "好")


def test_a_conflict_in_one_question_stores_nothing_of_the_page(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    house.owner.post(path, PROFILE)
    response = house.editor.post(
        path, PROFILE | {"profile.kind": "repair", "profile.remark": "好", "profile.remark:revision": "0"}
    )
    assert response.status_code == 409
    assert 'value="好"' in response.text
    assert "profile.remark" not in stored(database)


def test_stranger_reader_logged_out_bad_id_and_wrong_method(house: House, database: Database) -> None:
    path = f"{house.editor.start()}/sections/profile"
    assert house.stranger.post(path, PROFILE).status_code == 404
    assert house.reader.post(path, PROFILE).status_code == 403
    assert house.nobody.post(path, PROFILE).headers["location"] == "/sign-in"
    assert house.editor.post(f"/assessments/{uuid.uuid4()}/sections/profile", PROFILE).status_code == 404
    assert house.editor.post(path.replace("profile", "cellar"), PROFILE).status_code == 404
    assert house.editor.client.delete(path, headers={"X-CSRF-Token": house.editor.token()}).status_code == 405
    assert stored(database) == {}
