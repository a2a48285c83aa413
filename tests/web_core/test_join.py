import re
import uuid

from sqlalchemy import func, select

from app.db import Database
from app.models import JoinRequest

from .conftest import USCC, Browser, House


def ask(house: House) -> str:
    """The stranger asks; the path on which the owner answers."""
    assert house.stranger.post("/organisations/join", uscc=USCC, message="财务部<李>").status_code == 303
    found = re.search(r"/join-requests/[\w-]+", house.owner.get(house.path).text)
    assert found
    return found[0]


def test_accepting(house: House) -> None:
    answer = ask(house)
    page = house.owner.get(house.path).text
    assert "财务部&lt;李&gt;" in page
    assert house.owner.post(answer, role="editor", decision="accept").headers["location"] == house.path
    assert "编辑者" in house.stranger.get(house.path).text
    assert "财务部" not in house.owner.get(house.path).text


def test_refusing(house: House) -> None:
    answer = ask(house)
    assert house.owner.post(answer, role="editor", decision="refuse").status_code == 303
    assert house.stranger.get(house.path).status_code == 404
    assert "等待答复" not in house.stranger.get("/organisations").text
    ask(house)  # one may ask again


def test_asking_twice_is_asking_once(house: House, database: Database) -> None:
    ask(house)
    ask(house)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JoinRequest)) == 1


def test_deciding_twice(house: House) -> None:
    answer = ask(house)
    house.owner.post(answer, decision="refuse")
    assert house.owner.post(answer, role="reader", decision="accept").status_code == 409
    assert house.stranger.get(house.path).status_code == 404


def test_withdrawing(house: House) -> None:
    answer = ask(house)
    found = re.search(r"/organisations/requests/[\w-]+/withdraw", house.stranger.get("/organisations").text)
    assert found
    assert house.reader.post(found[0]).status_code == 404
    assert house.stranger.post(found[0]).status_code == 303
    assert house.owner.post(answer, decision="accept", role="reader").status_code == 404


def test_members_need_not_ask(house: House) -> None:
    assert house.reader.post("/organisations/join", uscc=USCC).status_code == 409


def test_an_unknown_code(house: House) -> None:
    assert house.stranger.post("/organisations/join", uscc="91110000MA00000820").status_code == 404


def test_an_accepted_request_makes_no_owner(house: House) -> None:
    answer = ask(house)
    assert house.owner.post(answer, role="owner", decision="accept").status_code == 422
    assert house.stranger.get(house.path).status_code == 404


def test_stranger(house: House) -> None:
    assert house.stranger.post(ask(house), role="reader", decision="accept").status_code == 404


def test_reader_and_editor(house: House) -> None:
    answer = ask(house)
    for browser in (house.reader, house.editor):
        assert browser.post(answer, role="reader", decision="accept").status_code == 403


def test_logged_out(house: House, browser: Browser) -> None:
    assert browser.post("/organisations/join", uscc=USCC).status_code == 303
    assert browser.post(ask(house), decision="refuse").status_code == 303


def test_bad_id(house: House) -> None:
    for bad in ("1", str(uuid.uuid4())):
        assert house.owner.post(f"/join-requests/{bad}", decision="refuse").status_code == 404


def test_wrong_method(house: House) -> None:
    assert house.owner.get(ask(house)).status_code == 405
