"""The enterprise evaluation reads what was measured before: no account is entered twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from app.db import Database
from app.models import Submission
from questionnaires.registry import BUILT_IN, Registry
from scoring.freeze import from_plain
from scoring.result import Result

from .conftest import Browser, House, fill

PLEDGE = {"name": "王敏", "agreed": "yes"}
ENTERPRISE = "compressor-group"
ACCOUNTS = frozenset(
    {
        "c1.accounts",
        "c1.allocation_method",
        "c1.service_types",
        "c2.approach",
        "c2.service_value_added",
        "c2.value_added",
        "c2.service_input",
        "c5.management",
    }
)
LINKED = {
    "c1.share",
    "c1.growth",
    "c1.types",
    "c2.value_share",
    "c2.value_rate",
    "c2.return",
    "c2.pull",
    "c5.sustainability",
}


def example(slug: str) -> dict[str, Any]:
    file = BUILT_IN / slug / "examples" / f"{ENTERPRISE}.yaml"
    return dict(yaml.safe_load(Path(file).read_text("utf-8")))


def enter(browser: Browser, registry: Registry, slug: str, without: frozenset[str] = frozenset()) -> str:
    """Fill in an example and return the address of the draft."""
    file = example(slug)
    frame = {key: str(file[key]) for key in ("scope", "entities") if key in file}
    draft = browser.start(f"{slug}@{file['version']}", file["year"], **frame)
    answers = {name: answer for name, answer in file["answers"].items() if name not in without}
    fill(browser, draft, registry.get(slug, file["version"]), answers, file.get("notes", {}))
    return draft


def submit(browser: Browser, draft: str) -> str:
    response = browser.post(f"{draft}/submit", PLEDGE)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


def stored(database: Database, address: str) -> Submission:
    with database.reading() as session:
        found = {f"/submissions/{one.id}": one for one in session.scalars(select(Submission))}
    return found[address]


def linked(result: Result) -> dict[str, Any]:
    return {step.id: step for step in result.trace if step.rule == "linked"}


def test_an_evaluation_without_accounts_is_complete_once_they_were_measured(
    house: House, registry: Registry, database: Database
) -> None:
    sources = {
        slug: submit(house.editor, enter(house.editor, registry, slug)) for slug in ("input-output", "sustainability")
    }
    draft = enter(house.editor, registry, "enterprise-evaluation", ACCOUNTS)
    assert '间接服务收入 2023 <b class="num">37,500.00</b>' in house.editor.get(f"{draft}/sections/c1").text
    made = submit(house.editor, draft)
    frozen = stored(database, made)
    result = from_plain(frozen.result)
    steps = linked(result)
    assert set(steps) > LINKED
    measured = stored(database, sources["input-output"])
    assert steps["c1.share"].output == pytest.approx(33.068181818182)
    assert steps["c1.share"].detail["source"]["submission"] == str(measured.id)
    assert result.nodes["c5.sustainability"].value == pytest.approx(72.1573448075 / 20, abs=1e-6)
    assert frozen.answers["c1.accounts"]["direct"] == {"y0": 128400, "y1": 110600, "y2": 93800}
    assert frozen.answers["c2.value_added"] == pytest.approx(163700)
    page = house.editor.get(f"{made}/trace").text
    assert measured.number in page
    assert "33.068182" in page

    before = stored(database, made).result
    source = house.editor.post(f"/assessments/{measured.assessment_id}/correct").headers["location"]
    submit(house.editor, str(source).removesuffix("/review"))
    assert "那份提交后来已被更正；本结果冻结不变。" in house.editor.get(made).text
    assert stored(database, made).result == before


def test_without_a_measurement_the_accounts_are_asked(house: House, registry: Registry) -> None:
    draft = enter(house.editor, registry, "enterprise-evaluation", ACCOUNTS)
    assert house.editor.post(f"{draft}/submit", PLEDGE).status_code == 409
    page = house.editor.get(f"{draft}/review").text
    assert all(name in page for name in ("营业收入与服务收入", "有收入的服务类型", "可持续发展管理"))
