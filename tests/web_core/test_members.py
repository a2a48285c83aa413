import uuid

import pytest

from .conftest import Browser, House


def role(house: House, name: str) -> str:
    return f"{house.path}/members/{house.members[name]}/role"


def removal(house: House, name: str) -> str:
    return f"{house.path}/members/{house.members[name]}/remove"


def test_changing_a_role(house: House) -> None:
    assert house.reader.get(f"{house.path}/edit").status_code == 403
    assert house.owner.post(role(house, "reader"), role="owner").status_code == 303
    assert house.reader.get(f"{house.path}/edit").status_code == 200


def test_removing(house: House) -> None:
    assert house.owner.post(removal(house, "editor")).headers["location"] == house.path
    assert house.editor.get(house.path).status_code == 404


def test_leaving(house: House) -> None:
    assert house.reader.post(removal(house, "reader")).headers["location"] == "/organisations"
    assert house.reader.get(house.path).status_code == 404


def test_the_last_owner_stays(house: House) -> None:
    assert house.owner.post(role(house, "owner"), role="editor").status_code == 409
    response = house.owner.post(removal(house, "owner"))
    assert response.status_code == 409
    assert "至少要有一位所有者" in response.text
    assert house.owner.get(f"{house.path}/edit").status_code == 200


def test_with_two_owners_one_may_go(house: House) -> None:
    house.owner.post(role(house, "editor"), role="owner")
    assert house.owner.post(removal(house, "owner")).status_code == 303
    assert house.editor.post(role(house, "editor"), role="reader").status_code == 409


def test_an_unknown_role(house: House) -> None:
    assert house.owner.post(role(house, "reader"), role="king").status_code == 422


def test_stranger(house: House) -> None:
    assert house.stranger.post(role(house, "reader"), role="owner").status_code == 404
    assert house.stranger.post(removal(house, "reader")).status_code == 404


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_reader_and_editor(house: House, who: str) -> None:
    browser: Browser = getattr(house, who)
    assert browser.post(role(house, who), role="owner").status_code == 403
    assert browser.post(removal(house, "owner")).status_code == 403


def test_logged_out(house: House, browser: Browser) -> None:
    assert browser.post(removal(house, "reader")).status_code == 303
    assert house.reader.get(house.path).status_code == 200


def test_bad_id(house: House) -> None:
    for bad in ("1", str(uuid.uuid4())):
        assert house.owner.post(f"{house.path}/members/{bad}/remove").status_code == 404
        assert house.owner.post(f"/organisations/{bad}/members/{house.members['reader']}/remove").status_code == 404


def test_wrong_method(house: House) -> None:
    assert house.owner.get(removal(house, "reader")).status_code == 405
