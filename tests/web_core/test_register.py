import pytest
from sqlalchemy import func, select

from app.db import Database
from app.models import LoginSession, User
from app.web.forms import safe_next

from .conftest import PASSWORD, Browser, said

WANG = {"name": "王敏", "email": "Wang@Example.com ", "password": PASSWORD, "consent": "yes"}


def users(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(User)) or 0


def test_works(browser: Browser, database: Database) -> None:
    response = browser.post("/register", **WANG)
    assert (response.status_code, response.headers["location"]) == (303, "/organisations/new")
    assert browser.get("/account").status_code == 200
    with database.reading() as session:
        user = session.scalars(select(User)).one()
        login = session.scalars(select(LoginSession)).one()
    assert (user.email, user.name) == ("wang@example.com", "王敏")
    assert PASSWORD not in user.password_hash
    assert user.password_hash.startswith("$argon2id$")
    assert login.token_hash != browser.client.cookies["session"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", " ", "请填写姓名"),
        ("name", "王" * 81, "请填写姓名"),
        ("email", "wang@", "完整的邮箱地址"),
        ("email", "a@b@example.com", "完整的邮箱地址"),
        ("password", "short", "至少要 10 个字符"),
        ("password", "a" * 129, "最长 128"),
        ("password", "aaaaaaaaaaaa", "太容易猜到"),
        ("password", "wang@example.com", "太容易猜到"),
        ("consent", "", "阅读并同意"),
    ],
)
def test_faults_are_named_and_nothing_is_stored(
    browser: Browser, database: Database, field: str, value: str, message: str
) -> None:
    response = browser.post("/register", **{**WANG, field: value})
    assert response.status_code == 422
    assert [message in text for text in said(response)] == [True]
    assert users(database) == 0


def test_what_was_typed_stays_but_not_the_password(browser: Browser) -> None:
    page = browser.post("/register", **{**WANG, "name": ""}).text
    assert "Wang@Example.com" in page
    assert PASSWORD not in page


def test_a_taken_address_is_refused_whatever_its_case(browser: Browser, database: Database) -> None:
    browser.post("/register", **WANG)
    browser.client.cookies.delete("session")
    response = browser.post("/register", **{**WANG, "email": "WANG@example.COM"})
    assert (response.status_code, users(database)) == (422, 1)
    assert "session" not in browser.client.cookies


def test_many_from_one_address_are_held_back(browser: Browser) -> None:
    statuses = [browser.post("/register", **{**WANG, "consent": ""}).status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


def test_signed_in_people_are_sent_on(house_owner: Browser) -> None:
    assert house_owner.get("/register").headers["location"] == "/dashboard"


@pytest.fixture
def house_owner(browser: Browser) -> Browser:
    browser.post("/register", **WANG)
    return browser


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\\b",
        "/\t/evil.example",
        "javascript:1",
        "",
        "dashboard",
    ],
)
def test_only_our_own_pages_are_a_way_back(target: str) -> None:
    assert safe_next(target, "/home") == "/home"


def test_our_own_page_is_a_way_back(browser: Browser) -> None:
    assert safe_next("/invitations/abc?x=1", "/") == "/invitations/abc?x=1"
    response = browser.post("/register", **WANG, next="/invitations/abc")
    assert response.headers["location"] == "/invitations/abc"
