"""People and their browsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from fastapi import FastAPI
from httpx2 import Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from app.clock import now
from app.db import Database
from app.models import Membership, Organisation, Role, User
from app.services import passwords, sessions

PASSWORD = "correct horse battery"
USCC = "91350100M000100Y43"

ENTERPRISE = {
    "uscc": USCC,
    "name": "江南压缩机有限公司",
    "province": "330000",
    "prefecture": "330100",
    "county": "330106",
    "industry": "34",
    "staff": "1,200",
    "revenue": "125,000.5",
}


@dataclass
class Browser:
    """A browser that sends the CSRF token with every form, as our pages do."""

    client: TestClient

    def get(self, path: str, **query: str) -> Response:
        return self.client.get(path, params=query)

    def post(self, path: str, **fields: str) -> Response:
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    def token(self) -> str:
        found = re.search(r'name="csrf-token" content="(\w+)"', self.client.get("/terms").text)
        assert found
        return found[1]


def said(response: Response) -> list[str]:
    """The faults that a form shows beside its fields."""
    return [unescape(text) for text in re.findall(r'class="field-error"[^>]*>([^<]*)<', response.text)]


@pytest.fixture(scope="session", autouse=True)
def quick_hashing() -> Iterator[None]:
    """Argon2 as always, but with little work: its slowness is tested nowhere."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: quick)
        passwords._nobody.cache_clear()
        yield


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    """A stranger's browser."""
    return Browser(TestClient(app, follow_redirects=False))


@pytest.fixture
def make_user(database: Database) -> Callable[[str], User]:
    def make(name: str) -> User:
        with database.writing() as session:
            user = User(
                email=f"{name}@example.com",
                name=name,
                password_hash=passwords.hashed(PASSWORD),
                language="zh",
                created_at=now(),
            )
            session.add(user)
        return user

    return make


@pytest.fixture
def sign_in(app: FastAPI, database: Database) -> Callable[[User], Browser]:
    """A new browser in which this person is signed in."""

    def enter(user: User) -> Browser:
        client = TestClient(app, follow_redirects=False)
        with database.writing() as session:
            client.cookies.set("session", sessions.open_login(session, user, "test", now(), 14))
        return Browser(client)

    return enter


@dataclass
class House:
    """An enterprise with a person in every role and one outside, each with a browser."""

    id: str
    owner: Browser
    editor: Browser
    reader: Browser
    stranger: Browser
    members: dict[str, str]
    """Membership ids by role."""

    @property
    def path(self) -> str:
        return f"/organisations/{self.id}"


@pytest.fixture
def house(database: Database, make_user: Callable[[str], User], sign_in: Callable[[User], Browser]) -> House:
    people = {role: make_user(role) for role in (*Role, "stranger")}
    made = Organisation(
        uscc=USCC, name="江南压缩机", region="330106", industry="34", staff=1200, revenue=125000, created_at=now()
    )
    with database.writing() as session:
        session.add(made)
        session.flush()
        members = {
            role: Membership(organisation_id=made.id, user_id=people[role].id, role=role, created_at=now())
            for role in Role
        }
        session.add_all(members.values())
    browsers = {name: sign_in(user) for name, user in people.items()}
    return House(id=str(made.id), members={role: str(one.id) for role, one in members.items()}, **browsers)
