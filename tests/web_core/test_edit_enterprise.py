import uuid

from .conftest import ENTERPRISE, Browser, House


def test_works(house: House) -> None:
    form = house.owner.get(f"{house.path}/edit").text
    assert '<option value="330106" selected>' in form
    response = house.owner.post(f"{house.path}/edit", **{**ENTERPRISE, "name": "江南 压缩机 集团", "staff": "250"})
    assert response.status_code == 303
    page = house.reader.get(house.path).text
    assert "江南 压缩机 集团" in page
    assert "小型企业" in page


def test_the_code_stays(house: House) -> None:
    house.owner.post(f"{house.path}/edit", **{**ENTERPRISE, "uscc": "91110000MA00000820"})
    assert ENTERPRISE["uscc"] in house.owner.get(house.path).text


def test_a_fault_changes_nothing(house: House) -> None:
    response = house.owner.post(f"{house.path}/edit", **{**ENTERPRISE, "name": "新名字", "staff": "x"})
    assert response.status_code == 422
    assert "新名字" not in house.owner.get(house.path).text


def test_stranger(house: House) -> None:
    assert house.stranger.get(f"{house.path}/edit").status_code == 404
    assert house.stranger.post(f"{house.path}/edit", **ENTERPRISE).status_code == 404


def test_reader_and_editor(house: House) -> None:
    for browser in (house.reader, house.editor):
        assert browser.get(f"{house.path}/edit").status_code == 403
        assert browser.post(f"{house.path}/edit", **ENTERPRISE).status_code == 403


def test_logged_out(house: House, browser: Browser) -> None:
    assert browser.post(f"{house.path}/edit", **ENTERPRISE).status_code == 303


def test_bad_id(house: House) -> None:
    for bad in ("1", str(uuid.uuid4())):
        assert house.owner.get(f"/organisations/{bad}/edit").status_code == 404


def test_wrong_method(house: House) -> None:
    assert house.owner.client.put(f"{house.path}/edit").status_code == 405
