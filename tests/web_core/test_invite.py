import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.clock import now
from app.db import Database
from app.models import Invitation

from .conftest import Browser, House


def invite(house: House, role: str = "editor") -> str:
    response = house.owner.post(f"{house.path}/invitations", role=role)
    assert response.status_code == 201
    found = re.search(r"http://testserver(/invitations/[\w-]+)", response.text)
    assert found
    return found[1]


def test_works(house: House) -> None:
    link = invite(house)
    assert "江南压缩机" in house.stranger.get(link).text
    assert house.stranger.post(link).headers["location"] == house.path
    assert "编辑者" in house.stranger.get(house.path).text


def test_somebody_new_registers_on_the_way(house: House, browser: Browser) -> None:
    link = invite(house, "reader")
    assert f"/register?next={link}" in browser.get(link).text
    fields = {"name": "李", "email": "li@example.com", "password": "correct horse battery", "consent": "yes"}
    assert browser.post("/register", **fields, next=link).headers["location"] == link
    assert browser.post(link).status_code == 303
    assert "阅读者" in browser.get(house.path).text


def test_only_a_hash_is_stored(house: House, database: Database) -> None:
    token = invite(house).rsplit("/", 1)[1]
    with database.reading() as session:
        stored = session.scalars(select(Invitation)).one()
    assert token not in str(vars(stored))


def test_it_lets_in_once(house: House, browser: Browser) -> None:
    link = invite(house)
    house.stranger.post(link)
    browser.post("/register", name="李", email="li@example.com", password="correct horse battery", consent="yes")
    for response in (browser.get(link), browser.post(link)):
        assert response.status_code == 404
        assert "已使用" in response.text
    assert browser.get(house.path).status_code == 404


def test_a_member_does_not_use_it_up(house: House) -> None:
    link = invite(house)
    assert "已经是这家企业的成员" in house.reader.get(link).text
    house.reader.post(link)
    assert house.stranger.post(link).status_code == 303


def test_it_runs_out(house: House, database: Database) -> None:
    link = invite(house)
    with database.writing() as session:
        session.execute(update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
    assert house.stranger.post(link).status_code == 404
    assert house.stranger.get(house.path).status_code == 404


def test_revoking(house: House) -> None:
    link = invite(house)
    found = re.search(rf"{house.path}/invitations/[\w-]+/revoke", house.owner.get(house.path).text)
    assert found
    assert house.reader.post(found[0]).status_code == 403
    assert house.stranger.post(found[0]).status_code == 404
    assert house.owner.post(found[0]).status_code == 303
    assert house.stranger.post(link).status_code == 404


@pytest.mark.parametrize("role", ["owner", "", "king"])
def test_a_link_makes_no_owner(house: House, role: str) -> None:
    assert house.owner.post(f"{house.path}/invitations", role=role).status_code == 422


def test_stranger(house: House) -> None:
    assert house.stranger.post(f"{house.path}/invitations", role="reader").status_code == 404


def test_reader_and_editor(house: House) -> None:
    for browser in (house.reader, house.editor):
        assert browser.post(f"{house.path}/invitations", role="reader").status_code == 403


def test_logged_out(house: House, browser: Browser) -> None:
    link = invite(house)
    assert browser.post(link).headers["location"] == "/sign-in"
    assert browser.post(f"{house.path}/invitations", role="reader").status_code == 303


def test_guessing_is_held_back(browser: Browser) -> None:
    statuses = [browser.get(f"/invitations/{n}").status_code for n in range(61)]
    assert statuses == [404] * 60 + [429]


def test_bad_id(house: House) -> None:
    for bad in ("1", str(uuid.uuid4())):
        assert house.owner.post(f"{house.path}/invitations/{bad}/revoke").status_code == 404


def test_wrong_method(house: House) -> None:
    assert house.owner.get(f"{house.path}/invitations").status_code == 405
