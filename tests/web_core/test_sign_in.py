from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.clock import now
from app.config import Settings
from app.db import Database
from app.main import create_app
from app.models import LoginSession, User
from app.services import passwords

from .conftest import PASSWORD, Browser


@pytest.fixture
def wang(make_user: Callable[[str], User]) -> User:
    return make_user("wang")


def test_works(browser: Browser, wang: User) -> None:
    response = browser.post("/sign-in", email=" WANG@example.com", password=PASSWORD, next="/glossary")
    assert (response.status_code, response.headers["location"]) == (303, "/glossary")
    assert "wang@example.com" in browser.get("/account").text


def test_a_wrong_password_and_an_unknown_address_look_the_same(browser: Browser, wang: User) -> None:
    wrong = browser.post("/sign-in", email="wang@example.com", password="not this one")
    unknown = browser.post("/sign-in", email="nobody@example.com", password="not this one")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("wang@", "nobody@") == unknown.text


def test_an_unknown_address_costs_a_verification_too(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = passwords._hasher()
    checked: list[str] = []
    monkeypatch.setattr(type(hasher), "verify", lambda _self, _password, stored: checked.append(stored) or True)
    assert passwords.matches("anything", None) is False
    assert checked == [passwords._nobody()]


def test_a_planted_session_is_not_taken_over(app: FastAPI, browser: Browser, wang: User) -> None:
    browser.client.cookies.set("session", "planted")
    assert browser.post("/sign-in", email="wang@example.com", password=PASSWORD).status_code == 303
    planter = TestClient(app, follow_redirects=False, cookies={"session": "planted"})
    assert planter.get("/account").status_code == 303


def test_guesses_on_one_account_are_held_back(browser: Browser, wang: User) -> None:
    statuses = [browser.post("/sign-in", email="wang@example.com", password="wrong one").status_code for _ in range(9)]
    assert statuses == [422] * 8 + [429]
    response = browser.post("/sign-in", email="Wang@example.com", password=PASSWORD)
    assert response.status_code == 429
    assert "尝试次数太多" in response.text
    assert response.headers["retry-after"] == "300"


def test_guesses_from_one_address_are_held_back(browser: Browser) -> None:
    statuses = [browser.post("/sign-in", email=f"{n}@example.com", password="").status_code for n in range(31)]
    assert statuses == [422] * 30 + [429]


def test_a_session_runs_out(browser: Browser, wang: User, database: Database) -> None:
    browser.post("/sign-in", email="wang@example.com", password=PASSWORD)
    with database.writing() as session:
        session.scalars(select(LoginSession)).one().expires_at = now() - timedelta(seconds=1)
    assert browser.get("/account").headers["location"] == "/sign-in?next=/account"


def test_use_keeps_a_session_alive(browser: Browser, wang: User, database: Database) -> None:
    browser.post("/sign-in", email="wang@example.com", password=PASSWORD)
    with database.writing() as session:
        login = session.scalars(select(LoginSession)).one()
        login.seen_at, login.expires_at = now() - timedelta(days=3), now() + timedelta(days=1)
    browser.get("/account")
    with database.reading() as session:
        assert session.scalars(select(LoginSession)).one().expires_at > now() + timedelta(days=13)


def test_a_script_gets_a_plain_refusal(browser: Browser) -> None:
    response = browser.client.get("/account", headers={"Accept": "application/json"})
    assert (response.status_code, set(response.json())) == (401, {"error", "fields"})


def test_cookies_in_production_are_bound_to_the_host(database_url: str, wang: User) -> None:
    settings = Settings.model_validate(
        {"database_url": database_url, "environment": "production", "secret_key": "s" * 40}
    )
    app: FastAPI = create_app(settings)
    client = TestClient(app, base_url="https://testserver", follow_redirects=False)
    response = Browser(client).post("/sign-in", email="wang@example.com", password=PASSWORD)
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "max-age=31536000" in response.headers["strict-transport-security"]
    app.state.database.close()
