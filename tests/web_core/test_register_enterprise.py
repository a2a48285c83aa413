import pytest
from sqlalchemy import func, select

from app.db import Database
from app.models import Membership, Organisation

from .conftest import ENTERPRISE, USCC, Browser, House, said

PATH = "/organisations/new"


def enterprises(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Organisation)) or 0


@pytest.fixture
def person(browser: Browser) -> Browser:
    browser.post("/register", name="王敏", email="w@example.com", password="correct horse battery", consent="yes")
    return browser


def test_works(person: Browser, database: Database) -> None:
    response = person.post(PATH, **ENTERPRISE)
    assert response.status_code == 303
    page = person.get(response.headers["location"]).text
    for text in (
        "江南压缩机有限公司",
        USCC,
        "浙江省杭州市西湖区",
        "34 通用设备制造业",
        "1,200",
        "125,000.50",
        "大型企业",
    ):
        assert text in page
    with database.reading() as session:
        made = session.scalars(select(Organisation)).one()
        assert (made.region, made.industry, made.staff, made.revenue) == ("330106", "34", 1200, 125000.5)
        assert session.scalars(select(Membership)).one().role == "owner"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("uscc", "", "18 位"),
        ("uscc", "9135010OM000100Y43", "18 位"),  # the letter O
        ("uscc", "91350100M000100Y44", "校验码不符"),
        ("name", "", "企业名称"),
        ("province", "", "所在地"),
        ("province", "990000", "所在地"),
        ("prefecture", "110101", "所在地"),  # of another province
        ("county", "", "所在地"),
        ("county", "310101", "所在地"),
        ("industry", "51", "行业大类"),
        ("staff", "", "请填写这一项"),
        ("staff", "0", "不能小于 1"),
        ("staff", "12.5", "整数"),
        ("revenue", "-1", "不能小于 0"),
        ("revenue", "一亿", "不是数字"),
    ],
)
def test_faults_are_named_and_nothing_is_stored(
    person: Browser, database: Database, field: str, value: str, message: str
) -> None:
    response = person.post(PATH, **{**ENTERPRISE, field: value})
    assert response.status_code == 422
    assert [message in text for text in said(response)] == [True]
    assert enterprises(database) == 0
    if field != "name":
        assert 'value="江南压缩机有限公司"' in response.text


def test_the_code_may_be_typed_in_any_width_and_case(person: Browser, database: Database) -> None:
    person.post(PATH, **{**ENTERPRISE, "uscc": "９１３５０１００ m000100 y43"})
    with database.reading() as session:
        assert session.scalars(select(Organisation.uscc)).one() == USCC


@pytest.mark.parametrize(
    ("province", "prefecture", "county", "region", "name"),
    [
        ("110000", "110108", "", "110108", "北京市海淀区"),
        ("440000", "441900", "", "441900", "广东省东莞市"),
        ("440000", "441900", "330106", "441900", "广东省东莞市"),  # left over from another choice
        ("710000", "", "", "710000", "台湾省"),
    ],
)
def test_regions_of_every_depth(  # noqa: PLR0917
    person: Browser, database: Database, province: str, prefecture: str, county: str, region: str, name: str
) -> None:
    chosen = {"province": province, "prefecture": prefecture, "county": county}
    response = person.post(PATH, **{**ENTERPRISE, **chosen})
    assert name in person.get(response.headers["location"]).text
    with database.reading() as session:
        assert session.scalars(select(Organisation.region)).one() == region


def test_regions_without_a_script(person: Browser, database: Database) -> None:
    """The button fills the next list, keeps what was typed and stores nothing."""
    partial = {**ENTERPRISE, "prefecture": "", "county": "", "uscc": "typed so far", "action": "regions"}
    page = person.post(PATH, **partial).text
    assert '<option value="330100">杭州市</option>' in page
    assert "西湖区" not in page
    page = person.post(PATH, **{**partial, "prefecture": "330100"}).text
    assert '<option value="330106">西湖区</option>' in page
    assert 'value="typed so far"' in page
    assert "field-error" not in page
    assert enterprises(database) == 0


def test_regions_for_the_script(browser: Browser) -> None:
    found = browser.get("/organisations/regions", above="330100", lang="en").json()
    assert {"code": "330106", "name": "Xihu District"} in found
    assert browser.get("/organisations/regions", above="999999").json() == []


@pytest.mark.parametrize(
    ("staff", "revenue", "size"),
    [
        ("1000", "40,000", "大型"),
        ("999", "40000", "中型"),
        ("300", "1999.99", "小型"),
        ("19", "9e9", ""),
        ("", "1", ""),
    ],
)
def test_size_for_the_script(browser: Browser, staff: str, revenue: str, size: str) -> None:
    assert browser.get("/organisations/size", staff=staff, revenue=revenue).json() == {"size": size}


def test_a_doubtful_inner_code_is_only_a_warning(person: Browser) -> None:
    response = person.post(PATH, **{**ENTERPRISE, "uscc": doubtful_code()})
    assert "组织机构代码" in person.get(response.headers["location"]).text


def doubtful_code() -> str:
    """A code whose own check character is right while that of the code inside it is wrong."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91350100M000100Y5"
    return body + alphabet[-sum(alphabet.index(c) * 3**i for i, c in enumerate(body)) % 31]


def test_the_repair_industry_is_flagged(person: Browser) -> None:
    response = person.post(PATH, **{**ENTERPRISE, "industry": "43"})
    assert "第三产业" in person.get(response.headers["location"]).text


def test_the_second_registrant_can_only_ask_to_join(house: House, database: Database) -> None:
    response = house.stranger.post(PATH, **ENTERPRISE)
    assert response.status_code == 409
    assert 'action="/organisations/join"' in response.text
    for secret in ("江南压缩机<", "owner@example.com"):
        assert secret not in response.text
    assert enterprises(database) == 1
    assert house.stranger.get(house.path).status_code == 404


def test_logged_out(browser: Browser) -> None:
    assert browser.get(PATH).headers["location"] == "/sign-in?next=/organisations/new"
    assert browser.post(PATH, **ENTERPRISE).headers["location"] == "/sign-in"
