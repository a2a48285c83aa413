"""Starting an assessment."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from app.db import Database
from app.models import Assessment

from .conftest import FOREIGN, MAIN, TRIAL, Browser, House, said

WISH = {"questionnaire": FOREIGN, "year": "2025", "scope": "entity"}


def drafts(database: Database) -> list[Assessment]:
    with database.reading() as session:
        return list(session.scalars(select(Assessment)))


def test_starts_a_draft_that_pins_the_version(house: House, database: Database) -> None:
    wish = WISH | {"scope": "consolidated", "entities": "甲公司\n乙公司", "audited": "yes"}
    response = house.owner.post("/assessments/new", wish)
    [draft] = drafts(database)
    assert (response.status_code, response.headers["location"]) == (303, f"/assessments/{draft.id}")
    assert (draft.slug, draft.version, draft.year, draft.scope) == ("workshop-readiness", "1.0.0", 2025, "consolidated")
    assert draft.entities == "甲公司\n乙公司"
    assert draft.audited
    assert len(draft.digest) == 64


def test_the_form_offers_the_latest_versions_and_outside_questionnaires(house: House) -> None:
    page = house.owner.get("/assessments/new").text
    assert f'value="{MAIN}" checked' in page
    assert f'value="{FOREIGN}"' in page
    assert page.index(f'value="{TRIAL}"') > page.index("旧版本")
    assert "regional-evaluation" not in page


def test_pressing_twice_gives_the_same_draft(house: House, database: Database) -> None:
    first, second = (house.owner.post("/assessments/new", WISH).headers["location"] for _ in range(2))
    assert first == second
    assert len(drafts(database)) == 1


def test_pressing_twice_at_once_gives_the_same_draft(house: House, database: Database) -> None:
    found: list[str] = []
    browsers = [house.owner, house.editor, house.owner, house.editor]
    for browser in browsers:
        browser.token()
    threads = [threading.Thread(target=lambda b=b: found.append(b.start())) for b in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert len(drafts(database)) == 1


def test_another_year_scope_or_questionnaire_is_another_draft(house: House, database: Database) -> None:
    house.owner.post("/assessments/new", WISH)
    house.owner.post("/assessments/new", WISH | {"year": "2024"})
    house.owner.post("/assessments/new", WISH | {"scope": "consolidated", "entities": "甲"})
    house.owner.post("/assessments/new", WISH | {"questionnaire": MAIN})
    assert len(drafts(database)) == 4


def test_a_submitted_one_is_corrected_not_begun_again(house: House, submitted: str) -> None:
    response = house.owner.post("/assessments/new", WISH)
    assert response.status_code == 409
    assert submitted in response.text


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        ({"questionnaire": "nothing@1.0.0"}, ["请选择一份问卷。"]),
        (
            {"questionnaire": "regional-evaluation@1.0.0"},
            ["这份问卷评价的是区域，由主管部门填报；企业请选其他问卷。"],
        ),
        ({"year": "1999"}, ["请选择评价年度。"]),
        ({"year": "2999"}, ["请选择评价年度。"]),
        ({"scope": "galaxy"}, ["请选择统计口径。"]),
        ({"scope": "consolidated"}, ["合并口径须列出包含的各家主体，一行一家。"]),
    ],
)
def test_names_what_is_wrong(house: House, database: Database, wrong: dict[str, str], faults: list[str]) -> None:
    response = house.owner.post("/assessments/new", WISH | wrong)
    assert response.status_code == 422
    assert said(response) == faults
    assert drafts(database) == []


def test_works_for_an_editor(house: House) -> None:
    assert house.editor.post("/assessments/new", WISH).status_code == 303


def test_a_stranger_starts_only_for_their_own_enterprise(house: House, database: Database) -> None:
    house.stranger.post("/assessments/new", WISH)
    [draft] = drafts(database)
    assert draft.organisation_id == house.others["stranger"].id


@pytest.mark.parametrize("method", ["get", "post"])
def test_reader_is_refused(house: House, database: Database, method: str) -> None:
    response = getattr(house.reader, method)("/assessments/new", **({} if method == "get" else WISH))
    assert response.status_code == 403
    assert drafts(database) == []


def test_logged_out(house: House) -> None:
    assert house.nobody.get("/assessments/new").headers["location"].startswith("/sign-in")
    assert house.nobody.post("/assessments/new", WISH).headers["location"].startswith("/sign-in")


def test_without_a_token_of_the_page_nothing_happens(house: House, database: Database) -> None:
    browser: Browser = house.owner
    assert browser.client.post("/assessments/new", data=WISH).status_code == 403
    assert drafts(database) == []


def test_wrong_method(house: House) -> None:
    assert house.owner.client.put("/assessments/new", headers={"X-CSRF-Token": house.owner.token()}).status_code == 405
