"""Statistics of regions: a file, a look at what it would change, the yes; for officials, inside their own subtree."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from app.models import RegionUpload, Statistic
from regions.conftest import OTHER, OWN

HERE = "/regions/statistics"
SOUND = 'unit,year,name,base.firms,base.gdp\n330000,2025,浙江省,60000,"90,130.5"\n330100,2025,杭州市,7000,\n'
FIGURES = {("330000", "base.firms"): 60000, ("330000", "base.gdp"): 90130.5, ("330100", "base.firms"): 7000}


def send(browser, content, name="figures.csv", **fields):
    data = content.encode() if isinstance(content, str) else content
    form = {"csrf_token": browser.token(), "source": "统计公报", "published": "2026-03-01", **fields}
    return browser.client.post(HERE, data=form, files={"file": (name, data)})


def stamp(browser, to):
    return re.search(r'name="stamp" value="(\w+)"', browser.get(to).text)[1]


def stored(database):
    with database.reading() as session:
        return {(one.region, one.question): one.value for one in session.query(Statistic)}


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_file_is_looked_at_and_stored_once(country, database):
    response = send(country.official, SOUND)
    assert response.status_code == 303
    to = response.headers["location"]
    page = country.official.get(to).text
    assert "改动了 3 个数" in page
    assert "90,130.50" in page
    assert stored(database) == {}
    seen = stamp(country.official, to)
    assert country.official.post(to, stamp=seen).status_code == 303
    assert stored(database) == FIGURES
    assert country.official.post(to, stamp=seen).status_code == 404
    assert stored(database) == FIGURES
    again = send(country.official, SOUND).headers["location"]
    assert "没有要保存的改动" in country.official.get(again).text


def test_what_changed_meanwhile_is_shown_before_it_is_overwritten(country, database):
    to = send(country.official, SOUND).headers["location"]
    seen = stamp(country.official, to)
    with database.writing() as session:
        row = {"region": "330000", "year": 2025, "question": "base.firms", "value": 1.0, "source": "别处"}
        session.add(Statistic(**row, at=session.query(RegionUpload).one().at))
    assert country.official.post(to, stamp=seen).status_code == 409
    assert stored(database) == {("330000", "base.firms"): 1.0}
    assert country.official.post(to, stamp=stamp(country.official, to)).status_code == 303
    assert stored(database) == FIGURES


def test_a_workbook_and_the_template_come_back(country, database):
    rows = [["unit", "year", "base.firms"], [330100, 2025, 7000.0], ["330200", 2025, "6,500"]]
    to = send(country.official, workbook(rows), "figures.xlsx").headers["location"]
    country.official.post(to, stamp=stamp(country.official, to))
    assert stored(database) == {("330100", "base.firms"): 7000, ("330200", "base.firms"): 6500}
    template = country.official.get(f"{HERE}/template.csv", region=OWN, year="2025").text
    assert "330100,2025,杭州市,7000," in template
    assert "firms.mean_score" not in template
    again = send(country.official, template).headers["location"]
    assert "没有要保存的改动" in country.official.get(again).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "没有任何单位"),
        ("unit,year,base.firms\n999999,2025,5\n", "没有地区代码 999999"),
        ("unit,year,base.firms\n320000,2025,5\n", "不在您主管的地区之内"),
        ("unit,year,firms.mean_score\n330000,2025,3\n", "由系统从企业评价结果汇总"),
        ("unit,base.firms\n330000,5\n", "第二列应为 year"),
        ("unit,year,base.firms\n330000,2025,五\n", "五"),
        ("unit,year,base.firms\n330000,2025,-5\n", "base.firms"),
        ("unit,year,base.firms\n330000,2025,\n", "没有任何数"),
        ("unit,year,base.frims\n330000,2025,5\n", "base.firms"),
        (workbook([["unit", "year", "base.firms"], ["330000", 2025, "=1+1"]]), "C2 是公式"),
        (b"PK\x03\x04 no workbook", "有 1 处需要改正"),
    ],
)
def test_a_bad_file_says_what_is_wrong_and_keeps_nothing(country, database, content, said):
    response = send(country.official, content)
    assert response.status_code == 422
    assert said in response.text
    with database.reading() as session:
        assert session.query(RegionUpload).count() == 0


def test_the_source_is_asked_for(country):
    assert "请写明数据来源" in send(country.official, SOUND, source=" ").text
    assert "公布日期应写成" in send(country.official, SOUND, published="March").text


def test_others_see_nothing_of_it(country, database):
    to = send(country.official, SOUND).headers["location"]
    assert country.neighbour.get(to).status_code == 404
    assert country.neighbour.post(to, stamp="x").status_code == 404
    assert send(country.neighbour, SOUND).status_code == 422
    assert "320000" in country.neighbour.get(f"{HERE}/template.csv", region=OWN).text
    assert OWN not in country.neighbour.get(f"{HERE}/template.csv", region=OWN).text
    assert stored(database) == {}
    assert OTHER != OWN


def test_officials_only(country):
    assert country.owner.get(HERE).status_code == 403
    assert country.nobody.get(HERE).status_code == 303
    assert send(country.owner, SOUND).status_code == 403
    assert country.official.get(f"{HERE}/not-an-id").status_code in {404, 422}
    assert country.official.client.put(HERE).status_code in {403, 405}
    page = country.official.get(HERE)
    assert page.status_code == 200
    assert "base.population" in page.text


def test_no_is_no(country, database):
    to = send(country.official, SOUND).headers["location"]
    assert country.official.post(f"{to}/discard").status_code == 303
    assert country.official.get(to).status_code == 404
    assert stored(database) == {}
