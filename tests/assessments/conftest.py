"""An enterprise with people in every role, a stranger, and browsers that fill in assessments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.clock import now
from app.config import Settings
from app.db import Database
from app.models import Membership, Organisation, Role, User
from app.services import sessions
from app.services.answer_words import as_fields
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire

FOLDER = Path(__file__).parent / "questionnaires"
EXAMPLES = Path(__file__).parents[2] / "questionnaires" / "enterprise-evaluation" / "examples"
TRIAL = "enterprise-evaluation@0.9.0"
MAIN = f"enterprise-evaluation@{Registry().latest('enterprise-evaluation').version}"
FOREIGN = "workshop-readiness@1.0.0"

Fields = Mapping[str, Any]


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry([FOLDER])


@pytest.fixture(scope="session")
def foreign(registry: Registry) -> Questionnaire:
    """A model of another shape: scale of 100, three levels by steps, no bands, a question of every kind."""
    return registry.get("workshop-readiness", "1.0.0")


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.model_validate({"database_url": database_url, "questionnaires": [FOLDER]})


@dataclass
class Browser:
    """A signed-in browser that sends the CSRF token with every form, as our pages do."""

    client: TestClient
    user: User | None = None

    def get(self, path: str, **query: str) -> Response:
        return self.client.get(path, params=query)

    def post(self, path: str, fields: Fields | None = None, **more: str) -> Response:
        return self.client.post(path, data={"csrf_token": self.token(), **(fields or {}), **more})

    def autosave(self, path: str, fields: Fields) -> Response:
        headers = {"X-CSRF-Token": self.token(), "Accept": "application/json"}
        return self.client.post(path, data=dict(fields), headers=headers)

    def token(self) -> str:
        found = re.search(r'name="csrf-token" content="(\w+)"', self.client.get("/terms").text)
        assert found
        return found[1]

    def start(self, questionnaire: str = FOREIGN, year: int = 2025, scope: str = "entity", **more: str) -> str:
        """Start an assessment and return its address."""
        asked = {"questionnaire": questionnaire, "year": str(year), "scope": scope, **more}
        response = self.post("/assessments/new", asked)
        assert response.status_code == 303, response.text
        return str(response.headers["location"])


@dataclass
class House:
    """An enterprise with a browser for each role and for a stranger."""

    organisation: Organisation
    owner: Browser
    editor: Browser
    reader: Browser
    stranger: Browser
    nobody: Browser
    others: dict[str, Organisation] = field(default_factory=dict)


@pytest.fixture
def enter(app: FastAPI, database: Database) -> Callable[[User | None], Browser]:
    """A new browser, signed in as this person."""

    def open_browser(user: User | None) -> Browser:
        client = TestClient(app, follow_redirects=False)
        if user is not None:
            with database.writing() as session:
                client.cookies.set("session", sessions.open_login(session, user, "test", now(), 14))
        return Browser(client, user)

    return open_browser


def organisation(name: str, uscc: str) -> Organisation:
    return Organisation(
        uscc=uscc, name=name, region="330106", industry="34", staff=1200, revenue=125000.0, created_at=now()
    )


@pytest.fixture
def house(database: Database, enter: Callable[[User | None], Browser]) -> House:
    own, other = organisation("江南压缩机", "91350100M000100Y43"), organisation("别家", "91350100M000100Y44")
    people = {
        name: User(email=f"{name}@example.com", name=name, password_hash="x", language="zh", created_at=now())
        for name in (*Role, "stranger")
    }
    with database.writing() as session:
        session.add_all([own, other, *people.values()])
        session.flush()
        for name, user in people.items():
            home, role = (other, Role.OWNER) if name == "stranger" else (own, name)
            session.add(Membership(organisation_id=home.id, user_id=user.id, role=role, created_at=now()))
    browsers = {name: enter(user) for name, user in people.items()}
    return House(organisation=own, nobody=enter(None), others={"stranger": other}, **browsers)


def said(response: Response) -> list[str]:
    """The faults that a form shows beside its fields."""
    return [unescape(text) for text in re.findall(r'class="field-error"[^>]*>([^<]*)<', response.text)]


def example(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")))


COMPLETE: dict[str, Any] = {
    "profile.kind": "maker",
    "profile.remark": "一切照旧",
    "floor.tidy": "always",
    "floor.plan": {"level": 3, "degree": "half"},
    "floor.safe": {"fire": {"na": "没有可燃物"}, "power": {"locks": "whole"}},
    "floor.skills": ["turning", "grinding"],
    "figures.accounts": {"total": {"y0": 1000}, "service": {"y0": 200}},
    "figures.years": 1,
}
"""A complete answer to the foreign questionnaire."""


def fill(
    browser: Browser,
    address: str,
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    notes: Mapping[str, str] | None = None,
) -> None:
    """Fill in every section by its form, as somebody without scripts does."""
    for section in questionnaire.sections:
        fields: dict[str, Any] = {"to": section.id}
        for question in section.asked:
            if question.id in answers:
                fields |= as_fields(question, answers[question.id], (notes or {}).get(question.id, ""))
        response = browser.post(f"{address}/sections/{section.id}", fields)
        assert response.status_code == 303, (section.id, said(response))


@pytest.fixture
def submitted(house: House, foreign: Questionnaire) -> str:
    """The address of a submission of the foreign questionnaire."""
    address = house.editor.start()
    fill(house.editor, address, foreign, COMPLETE)
    response = house.editor.post(f"{address}/submit", name="王敏", agreed="yes")
    assert response.status_code == 303, response.text
    return str(response.headers["location"])
