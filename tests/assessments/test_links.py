"""Figures read from another submitted result: from which, and what happens when it is corrected."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from app.db import Database
from app.models import Submission
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire
from scoring.freeze import from_plain
from scoring.result import TraceStep

from .conftest import Browser, House, fill

ACCOUNTS = "workshop-accounts@1.0.0"
PLEDGE = {"name": "王敏", "agreed": "yes"}
OWN = {"own.service": 10, "own.total": 100}


@pytest.fixture
def accounts(registry: Registry) -> Questionnaire:
    return registry.get("workshop-accounts", "1.0.0")


@pytest.fixture
def links(registry: Registry) -> Questionnaire:
    return registry.get("workshop-links", "1.0.0")


def figures(service: float, total: float = 100, fraud: str = "no") -> dict[str, Any]:
    rows = {"total": {"y0": total, "y1": 100}, "service": {"y0": service, "y1": 10}}
    return {"accounts.fraud": fraud, "accounts.lines": rows}


def submit(browser: Browser, questionnaire: Questionnaire, answers: dict[str, Any], **frame: Any) -> str:
    """Fill in, submit, and return the address of the result."""
    address = browser.start(f"{questionnaire.slug}@{questionnaire.version}", **frame)
    fill(browser, address, questionnaire, answers)
    response = browser.post(f"{address}/submit", PLEDGE)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


def source_step(database: Database, address: str) -> TraceStep:
    """The step of the trace that says where the share comes from."""
    with database.reading() as session:
        found = {f"/submissions/{one.id}": one.result for one in session.scalars(select(Submission))}
    trace = from_plain(found[address]).trace
    return next(step for step in trace if step.id == "share.service" and step.rule in {"linked", "formula"})


def test_a_linked_measure_beats_what_is_typed_and_shows_the_difference(
    house: House, accounts: Questionnaire, links: Questionnaire, database: Database
) -> None:
    submit(house.editor, accounts, figures(30))
    made = submit(house.editor, links, OWN)
    step = source_step(database, made)
    assert (step.rule, step.output, step.detail["own"]) == ("linked", 30, 10)
    with database.reading() as session:
        read = session.scalars(select(Submission).where(Submission.slug == "workshop-accounts")).one()
    origin = step.detail["source"]
    assert (origin["submission"], origin["number"], origin["digest"]) == (str(read.id), read.number, read.digest)
    page = house.editor.get(f"{made}/trace").text
    assert f"的提交 {read.number}（" in page
    assert "”：30" in page
    assert "本问卷所填算得 10，相差 20，以引用的为准" in page


def test_a_draft_is_not_read(house: House, accounts: Questionnaire, links: Questionnaire, database: Database) -> None:
    fill(house.editor, house.editor.start(ACCOUNTS), accounts, figures(30))
    assert source_step(database, submit(house.editor, links, OWN)).rule == "formula"


@pytest.mark.parametrize(
    "frame", [{"year": 2024}, {"scope": "consolidated", "entities": "江南压缩机、江南服务"}], ids=["year", "scope"]
)
def test_another_year_or_scope_is_not_read(
    house: House, accounts: Questionnaire, links: Questionnaire, database: Database, frame: dict[str, Any]
) -> None:
    submit(house.editor, accounts, figures(30), **frame)
    step = source_step(database, submit(house.editor, links, OWN))
    assert (step.rule, step.output) == ("formula", 10)


def test_another_enterprise_is_not_read(
    house: House, accounts: Questionnaire, links: Questionnaire, database: Database
) -> None:
    submit(house.stranger, accounts, figures(30))
    assert source_step(database, submit(house.editor, links, OWN)).rule == "formula"


@pytest.mark.parametrize("outcome", ["vetoed", "not-rateable"])
def test_a_vetoed_or_unrateable_result_is_not_read(
    house: House, accounts: Questionnaire, links: Questionnaire, database: Database, outcome: str
) -> None:
    submit(house.editor, accounts, figures(30, fraud="yes" if outcome == "vetoed" else "no"))
    if outcome == "not-rateable":
        with database.writing() as session:
            session.execute(update(Submission).values(outcome=outcome))
    assert source_step(database, submit(house.editor, links, OWN)).rule == "formula"


def test_an_undefined_measure_falls_back(
    house: House, accounts: Questionnaire, links: Questionnaire, database: Database
) -> None:
    address = house.editor.start(ACCOUNTS)
    fill(house.editor, address, accounts, figures(0, total=0))
    note = {"to": "accounts", "accounts.lines:revision": "1", "accounts.lines:note": "停产"}
    cells = {f"accounts.lines:{row}:{column}": "0" for row in ("total", "service") for column in ("y0",)}
    cells |= {"accounts.lines:total:y1": "100", "accounts.lines:service:y1": "10"}
    house.editor.post(f"{address}/sections/accounts", note | cells)
    assert house.editor.post(f"{address}/submit", PLEDGE).status_code == 303
    step = source_step(database, submit(house.editor, links, OWN))
    assert (step.rule, step.output) == ("formula", 10)


def test_a_correction_is_noted_and_the_frozen_result_stays(
    house: House, accounts: Questionnaire, links: Questionnaire, database: Database
) -> None:
    submit(house.editor, accounts, figures(30))
    with database.reading() as session:
        first = session.scalars(select(Submission.assessment_id)).one()
    made = submit(house.editor, links, OWN)
    assert "后来已被更正" not in house.editor.get(made).text
    draft = str(house.editor.post(f"/assessments/{first}/correct").headers["location"]).removesuffix("/review")
    cells = {"to": "accounts", "accounts.lines:revision": "1", "accounts.lines:note": ""}
    cells |= {f"accounts.lines:total:y{year}": "100" for year in (0, 1)}
    cells |= {"accounts.lines:service:y0": "40", "accounts.lines:service:y1": "10"}
    assert house.editor.post(f"{draft}/sections/accounts", cells).status_code == 303
    later = str(house.editor.post(f"{draft}/submit", PLEDGE).headers["location"])
    page = house.editor.get(made).text
    assert "那份提交后来已被更正；本结果冻结不变。" in page
    assert f'href="{later}"' in page
    assert source_step(database, made).output == 30
