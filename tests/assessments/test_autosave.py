"""Saving one answer while somebody types."""

from __future__ import annotations

import threading
import uuid

from httpx2 import Response

from app.db import Database
from questionnaires.types import Questionnaire

from .conftest import COMPLETE, Browser, House, fill
from .test_save_section import events, stored


def save(browser: Browser, address: str, question: str, revision: int, **more: str) -> Response:
    fields = {f"{question}:revision": str(revision), **{name.replace("__", ":"): value for name, value in more.items()}}
    value = fields.pop("value", None)
    if value is not None:
        fields[question] = value
    return browser.autosave(f"{address}/answers/{question}", fields)


def test_saves_one_answer_and_says_what_changed_on_the_page(house: House, database: Database) -> None:
    address = house.editor.start()
    response = save(house.editor, address, "profile.kind", 0, value="maker", page="figures")
    answer = response.json()
    assert response.status_code == 200
    assert answer["revision"] == 1
    assert "figures.years" not in answer["hidden"]
    assert "figures.accounts.y1" in answer["hidden"]
    assert "1／7" in answer["interval"]
    assert "figures.share" in answer["computed"]
    assert 'data-section="profile"' in answer["contents"]
    assert stored(database)["profile.kind"].value == "maker"


def test_a_repeat_changes_nothing(house: House, database: Database) -> None:
    address = house.editor.start()
    for _ in range(3):
        assert save(house.editor, address, "profile.kind", 0, value="maker").json()["revision"] == 1
    assert len(events(database)) == 1


def test_revisions_count_up(house: House, database: Database) -> None:
    address = house.editor.start()
    values = ["一", "一二", "一二三"]
    for revision, value in enumerate(values):
        assert save(house.editor, address, "profile.remark", revision, value=value).json()["revision"] == revision + 1
    assert [one.value for one in events(database)] == values


def test_the_same_parser_refuses_what_the_form_refuses(house: House, database: Database) -> None:
    address = house.editor.start()
    response = save(house.editor, address, "figures.years", 0, value="3")
    assert (response.status_code, response.json()["fields"]) == (422, {"figures.years": "不能大于 2。"})
    assert stored(database) == {}


def test_a_conflict_shows_both_answers(house: House, database: Database) -> None:
    address = house.editor.start()
    save(house.owner, address, "profile.kind", 0, value="maker", profile__kind__note="x")
    response = save(house.editor, address, "profile.kind", 0, value="repair")
    answer = response.json()
    assert response.status_code == 409
    assert (answer["mine"], answer["theirs"], answer["revision"]) == (["维修"], ["制造"], 1)
    assert answer["by"].startswith("owner，")
    assert answer["fields"]["profile.kind"] == ["maker"]
    kept = save(house.editor, address, "profile.kind", 1, value="repair", **{"profile.kind:keep": "mine"})
    assert kept.json()["revision"] == 2
    assert stored(database)["profile.kind"].value == "repair"


def test_two_windows_of_one_person_conflict_too(house: House) -> None:
    address = house.editor.start()
    save(house.editor, address, "profile.kind", 0, value="maker")
    response = save(house.editor, address, "profile.kind", 0, value="repair")
    assert response.status_code == 409
    assert response.json()["by"].startswith("您在另一个窗口")


def test_at_the_same_moment_one_wins_and_the_others_are_told(house: House, database: Database) -> None:
    address = house.editor.start()
    found: list[int] = []
    tokens = {id(browser): browser.token() for browser in (house.owner, house.editor)}

    def race(browser: Browser, value: str) -> None:
        headers = {"X-CSRF-Token": tokens[id(browser)], "Accept": "application/json"}
        fields = {"profile.remark": value, "profile.remark:revision": "0"}
        path = f"{address}/answers/profile.remark"
        found.append(browser.client.post(path, data=fields, headers=headers).status_code)

    threads = [threading.Thread(target=race, args=pair) for pair in ((house.owner, "甲"), (house.editor, "乙"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [200, 409]
    assert len(events(database)) == 1


def test_a_submitted_assessment_takes_no_more(house: House, foreign: Questionnaire, database: Database) -> None:
    address = house.editor.start()
    fill(house.editor, address, foreign, COMPLETE)
    house.editor.post(f"{address}/submit", name="王", agreed="yes")
    response = save(house.editor, address, "profile.kind", 1, value="repair")
    assert response.status_code == 409
    assert "theirs" not in response.json()
    assert stored(database)["profile.kind"].value == "maker"


def test_stranger_reader_logged_out_bad_id_and_wrong_method(house: House, database: Database) -> None:
    address = house.editor.start()
    assert save(house.stranger, address, "profile.kind", 0, value="maker").status_code == 404
    assert save(house.reader, address, "profile.kind", 0, value="maker").status_code == 403
    assert save(house.nobody, address, "profile.kind", 0, value="maker").status_code == 401
    assert save(house.editor, f"/assessments/{uuid.uuid4()}", "profile.kind", 0, value="maker").status_code == 404
    assert save(house.editor, address, "profile.colour", 0, value="red").status_code == 404
    assert house.editor.get(f"{address}/answers/profile.kind").status_code == 405
    assert stored(database) == {}


def test_without_a_token_nothing_is_saved(house: House, database: Database) -> None:
    address = house.editor.start()
    fields = {"profile.kind": "maker", "profile.kind:revision": "0"}
    assert house.editor.client.post(f"{address}/answers/profile.kind", data=fields).status_code == 403
    assert stored(database) == {}
