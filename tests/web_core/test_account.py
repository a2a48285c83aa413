from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.db import Database
from app.models import LoginSession, User

from .conftest import PASSWORD, Browser, said

NEW = "another good sentence"


@pytest.fixture
def wang(make_user: Callable[[str], User]) -> User:
    return make_user("wang")


@pytest.fixture
def here(sign_in: Callable[[User], Browser], wang: User) -> Browser:
    return sign_in(wang)


@pytest.fixture
def elsewhere(sign_in: Callable[[User], Browser], wang: User) -> Browser:
    return sign_in(wang)


def login_ids(database: Database, user: User) -> dict[str, str]:
    with database.reading() as session:
        logins = session.scalars(select(LoginSession).where(LoginSession.user_id == user.id)).all()
    return {login.token_hash: str(login.id) for login in logins}


def test_changing_name_and_language(here: Browser) -> None:
    assert here.post("/account/profile", name=" 王 敏 ", language="en").status_code == 303
    page = here.get("/account").text
    assert "王 敏" in page
    assert '<html lang="en">' in page


def test_a_name_is_needed(here: Browser) -> None:
    response = here.post("/account/profile", name="", language="zh")
    assert (response.status_code, said(response)) == (422, ["请填写姓名（最多 80 个字）。"])


def test_changing_the_password_signs_the_others_out(here: Browser, elsewhere: Browser, browser: Browser) -> None:
    assert here.post("/account/password", current=PASSWORD, password=NEW).status_code == 303
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert browser.post("/sign-in", email="wang@example.com", password=PASSWORD).status_code == 422
    assert browser.post("/sign-in", email="wang@example.com", password=NEW).status_code == 303


def test_the_current_password_is_needed(here: Browser, elsewhere: Browser) -> None:
    response = here.post("/account/password", current="not mine at all", password=NEW)
    assert (response.status_code, said(response)) == (422, ["当前密码不对。"])
    assert elsewhere.get("/account").status_code == 200


def test_guesses_of_the_current_password_are_held_back(here: Browser) -> None:
    statuses = [here.post("/account/password", current=str(n), password=NEW).status_code for n in range(9)]
    assert statuses == [422] * 8 + [429]


def test_ending_one_session(here: Browser, elsewhere: Browser, database: Database, wang: User) -> None:
    ids = login_ids(database, wang)
    page = here.get("/account").text
    other = next(one for one in ids.values() if f"/account/sessions/{one}/end" in page)
    assert here.post(f"/account/sessions/{other}/end").status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_ending_all_others(here: Browser, elsewhere: Browser, sign_in: Callable[[User], Browser], wang: User) -> None:
    third = sign_in(wang)
    assert here.post("/account/sessions/end-others").status_code == 303
    assert "另外 2 个浏览器" in here.get("/account").text
    assert [one.get("/account").status_code for one in (here, elsewhere, third)] == [200, 303, 303]


def test_somebody_elses_session_is_not_found(
    here: Browser, make_user: Callable[[str], User], sign_in: Callable[[User], Browser], database: Database
) -> None:
    li = make_user("li")
    theirs = sign_in(li)
    (login,) = login_ids(database, li).values()
    assert here.post(f"/account/sessions/{login}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


@pytest.mark.parametrize("path", ["/account/profile", "/account/password", "/account/sessions/end-others"])
def test_logged_out(browser: Browser, path: str) -> None:
    response = browser.post(path)
    assert (response.status_code, response.headers["location"]) == (303, "/sign-in")


def test_bad_id(here: Browser) -> None:
    assert here.post("/account/sessions/1/end").status_code == 404


def test_wrong_method(here: Browser) -> None:
    assert here.get("/account/password").status_code == 405
