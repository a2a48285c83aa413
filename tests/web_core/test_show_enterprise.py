import uuid

from .conftest import Browser, House


def test_works(house: House) -> None:
    page = house.owner.get(house.path).text
    for text in ("江南压缩机", "editor@example.com", "生成邀请链接", "修改资料"):
        assert text in page


def test_teammates_see_names_but_no_addresses_and_no_tools(house: House) -> None:
    for browser in (house.editor, house.reader):
        page = browser.get(house.path).text
        assert ">owner<" in page.replace("<p>owner</p>", ">owner<")
        for hidden in ("owner@example.com", "生成邀请链接", "修改资料"):
            assert hidden not in page


def test_stranger(house: House) -> None:
    assert house.stranger.get(house.path).status_code == 404


def test_logged_out(house: House, browser: Browser) -> None:
    assert browser.get(house.path).headers["location"] == f"/sign-in?next={house.path}"


def test_bad_id(house: House) -> None:
    for bad in ("1", str(uuid.uuid4())):
        assert house.owner.get(f"/organisations/{bad}").status_code == 404


def test_choosing_the_enterprise_to_work_on(house: House) -> None:
    response = house.editor.post(f"{house.path}/choose")
    assert (response.headers["location"], house.editor.client.cookies["organisation"]) == ("/dashboard", house.id)
    assert house.stranger.post(f"{house.path}/choose").status_code == 404


def test_somebody_elses_enterprise_in_the_cookie_is_ignored(house: House) -> None:
    house.stranger.client.cookies.set("organisation", house.id)
    assert "江南压缩机" not in house.stranger.get("/organisations").text
