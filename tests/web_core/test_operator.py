"""What only the operator may do, on the command line."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app.cli import main
from app.config import settings
from app.db import Database
from app.models import Membership, User

from .conftest import PASSWORD, USCC, Browser, House


@pytest.fixture(autouse=True)
def environment(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    settings.cache_clear()
    yield
    settings.cache_clear()


def run(*arguments: str, typed: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments, input=typed)
    return result.exit_code, result.output


def test_transferring_to_somebody_outside(house: House) -> None:
    code, output = run("organisations", "transfer", USCC.lower(), "Stranger@example.com")
    assert code == 0, output
    assert "stranger" in output
    assert house.stranger.get(f"{house.path}/edit").status_code == 200
    assert house.owner.get(f"{house.path}/edit").status_code == 403
    assert house.owner.get(house.path).status_code == 200


def test_transferring_to_a_member(house: House, database: Database) -> None:
    assert run("organisations", "transfer", USCC, "reader@example.com")[0] == 0
    with database.reading() as session:
        roles = session.execute(select(User.name, Membership.role).join(Membership.user)).all()
    assert dict(map(tuple, roles)) == {"owner": "editor", "editor": "editor", "reader": "owner"}


@pytest.mark.parametrize("arguments", [("91110000MA00000820", "reader@example.com"), (USCC, "nobody@example.com")])
def test_transferring_what_is_not_there(house: House, arguments: tuple[str, str]) -> None:
    code, output = run("organisations", "transfer", *arguments)
    assert code == 1
    assert arguments[0] in output or arguments[1] in output
    assert house.owner.get(f"{house.path}/edit").status_code == 200


def test_a_forgotten_password(house: House, browser: Browser) -> None:
    new = "a brand new sentence"
    assert run("users", "password", "reader@example.com", typed=f"{new}\n{new}\n")[0] == 0
    assert house.reader.get("/account").status_code == 303
    assert browser.post("/sign-in", email="reader@example.com", password=PASSWORD).status_code == 422
    assert browser.post("/sign-in", email="reader@example.com", password=new).status_code == 303


def test_a_weak_password_is_refused(house: House) -> None:
    code, output = run("users", "password", "reader@example.com", typed="short\nshort\n")
    assert (code, "10 个字符" in output) == (1, True)
    assert house.reader.get("/account").status_code == 200


def test_removing_a_person(house: House, database: Database) -> None:
    assert run("users", "remove", "editor@example.com", typed="y\n")[0] == 0
    assert house.editor.get("/account").status_code == 303
    with database.reading() as session:
        assert "editor@example.com" not in session.scalars(select(User.email)).all()
        assert session.scalars(select(User.name).where(User.email.like("removed-%"))).one() == "已注销的用户"


def test_the_only_owner_is_not_removed(house: House) -> None:
    code, output = run("users", "remove", "owner@example.com", "--yes")
    assert (code, "唯一的所有者" in output) == (1, True)
    assert house.owner.get(f"{house.path}/edit").status_code == 200
