from .conftest import Browser, House


def test_works(house: House) -> None:
    response = house.owner.post("/sign-out")
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "您已退出" in house.owner.get("/").text
    assert house.owner.get("/account").status_code == 303


def test_the_old_cookie_is_worth_nothing(house: House) -> None:
    token = house.owner.client.cookies["session"]
    house.owner.post("/sign-out")
    house.owner.client.cookies.set("session", token)
    assert house.owner.get("/account").status_code == 303


def test_logged_out(browser: Browser) -> None:
    assert browser.post("/sign-out").status_code == 303


def test_wrong_method(house: House) -> None:
    assert house.owner.get("/sign-out").status_code == 405
    assert house.owner.get("/account").status_code == 200
