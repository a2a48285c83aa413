"""Refusals are pages of ours, in the visitor's language, and tell what to do."""

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from app.errors import AppError, ConflictError, ForbiddenError, InvalidError, NotFoundError, TooManyError
from app.web.security import MAX_BODY

from .conftest import Browser, House

REFUSALS: list[AppError] = [
    ForbiddenError("您在这家企业的角色不能做这件事。请联系企业的所有者。"),
    NotFoundError("标准体系里没有 %(node)s 这个节点。", node="<9>"),
    ConflictError("您已经是这家企业的成员。"),
    InvalidError("有几处需要修改。", {"name": "请填写姓名（最多 80 个字）。"}),
    TooManyError("尝试次数太多。为保护账号安全，请过几分钟再试。"),
]


@pytest.fixture
def failing(app: FastAPI) -> FastAPI:
    """The app with one page for every refusal."""
    for error in REFUSALS:
        app.add_api_route(f"/fail/{error.status}", raiser(error), methods=["GET"])
    app.add_api_route("/fail/500", raiser(RuntimeError("a secret detail")), methods=["GET"])
    return app


def raiser(error: Exception):
    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: str(error.status))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_is_a_page(failing: FastAPI, error: AppError, language: str) -> None:
    response = TestClient(failing).get(f"/fail/{error.status}", params={"lang": language})
    assert response.status_code == error.status
    assert '<main id="main"' in response.text
    shown = error.message.replace("%(node)s", "&lt;9&gt;")
    assert (shown in response.text) == (language == "zh")


def test_a_script_gets_the_same_as_json(failing: FastAPI) -> None:
    response = TestClient(failing).get("/fail/422", headers={"Accept": "application/json"})
    assert response.json() == {"error": "有几处需要修改。", "fields": {"name": "请填写姓名（最多 80 个字）。"}}


def test_a_bug_is_logged_and_shows_no_detail(failing: FastAPI, capsys: pytest.CaptureFixture[str]) -> None:
    response = TestClient(failing, raise_server_exceptions=False).get("/fail/500")
    assert response.status_code == 500
    assert "服务器出错了" in response.text
    assert "a secret detail" not in response.text
    assert "a secret detail" in capsys.readouterr().out
    assert "content-security-policy" in response.headers


def test_the_page_comes_even_without_the_database(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> None:
        raise OSError("database is down")

    monkeypatch.setattr(app.state.database, "reading", down)
    response = TestClient(app, raise_server_exceptions=False).get("/terms")
    assert (response.status_code, "服务器出错了" in response.text) == (500, True)


def test_health_says_that_the_database_is_down(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    def down() -> None:
        raise OperationalError("SELECT 1", {}, OSError("connection refused"))

    monkeypatch.setattr(app.state.database, "reading", down)
    response = TestClient(app).get("/health")
    assert (response.status_code, response.json()["status"]) == (503, "database unreachable")


def test_a_form_without_the_token_is_refused(house: House) -> None:
    response = house.owner.client.post(f"{house.path}/invitations", data={"role": "reader"})
    assert response.status_code == 403
    assert "页面已过期" in response.text


def test_a_token_of_another_browser_is_refused(house: House) -> None:
    stolen = house.stranger.token()
    house.owner.token()
    response = house.owner.client.post(f"{house.path}/invitations", data={"role": "reader", "csrf_token": stolen})
    assert response.status_code == 403


def test_the_token_from_before_signing_in_is_refused_after(browser: Browser) -> None:
    before = browser.token()
    browser.post("/register", name="李", email="li@example.com", password="correct horse battery", consent="yes")
    assert browser.client.post("/sign-out", data={"csrf_token": before}).status_code == 403
    assert browser.get("/account").status_code == 200


def test_the_token_may_come_in_a_header(house: House) -> None:
    response = house.owner.client.post("/sign-out", headers={"X-CSRF-Token": house.owner.token()})
    assert response.status_code == 303


def test_an_oversized_body_is_refused(browser: Browser) -> None:
    response = browser.post("/sign-in", email="x" * MAX_BODY, password="y")
    assert response.status_code == 413
    assert "太大" in response.text
