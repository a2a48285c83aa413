"""The index of regions by name: for their departments and those above, from figures that are visibly entered or aggregated."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from app.clock import now
from app.models import Statistic
from app.services import departments, releases
from app.services.cohorts import COUNTRY, Cohorts
from app.services.comparisons import Line, below, name_of
from app.services.region_figures import why_not
from app.services.statistics import asked, typed
from questionnaires.registry import Registry
from regions.conftest import OTHER, OWN

PAGE = "/regions/index"
YEAR = "2025"
FEW = {"base.firms": 60.0, "base.population": 20.0, "gains.energy": -2.0}


def figure_of(name, factor):
    return FEW.get(name, 100.0) * (1.0 if name in FEW else factor)


@pytest.fixture
def entered(country, database):
    """Statistics of the districts of the official's province; the last one's are not public."""
    names = typed(asked(Registry()))
    codes = [one.code for one in below(OWN)]
    with database.writing() as session:
        for place, code in enumerate(codes):
            public = None if code == codes[-1] else date(2026, 3, 1)
            for name in names:
                row = {"region": code, "year": 2025, "question": name, "value": figure_of(name, 1 + place / 20)}
                session.add(Statistic(**row, source="年鉴", published=public, at=now()))
    return codes


def table(browser, **query):
    text = browser.get("/regions/index.csv", year=YEAR, **query).text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_department_sees_its_regions_ranked(country, entered):
    page = country.official.get(PAGE, region=OWN, year=YEAR)
    assert page.status_code == 200
    assert "杭州市" in page.text
    rows = table(country.official, region=OWN)
    assert {row["代码"] for row in rows} == set(entered)
    ranks = [int(row["名次"]) for row in rows if row["名次"]]
    assert ranks == sorted(ranks)
    assert len(ranks) == len(entered)
    for row in rows:
        assert int(row["名次 5%"]) <= int(row["名次 95%"])
        assert 0 <= float(row["得分 5%"]) <= float(row["得分 95%"]) <= 100
        assert sum(float(row[f"{level} 级的概率"]) for level in range(6)) == pytest.approx(1)


def test_each_figure_says_whether_it_was_entered_or_aggregated(country, entered):
    page = country.official.get(PAGE, region=OWN, year=YEAR, unit="330100").text
    assert "统计：年鉴（2026-03-01 公布）" in page
    assert "企业结果汇总（实时）" in page
    last = country.official.get(PAGE, region=OWN, year=YEAR, unit=entered[-1]).text
    assert "统计：年鉴（未公开）" in last


def test_without_figures_there_is_no_score_but_a_reason(country):
    page = country.official.get(PAGE, region=OWN, year=YEAR).text
    assert "没有一个地区有得分" in page
    assert "有数据的权重不足 60%" in page
    assert all(row["得分"] == "" and row["说明"] for row in table(country.official, region=OWN))


def test_a_part_without_enough_data_is_named(country, entered, database):
    with database.writing() as session:
        lost = session.query(Statistic).filter(Statistic.region == "330100", Statistic.question.startswith("services."))
        lost.delete()
    row = next(row for row in table(country.official, region=OWN) if row["代码"] == "330100")
    names = [part.title.zh for part in asked(Registry()).domains if part.id == "services"]
    assert names[0] in row["说明"]
    assert 0.5 < float(row["数据可得率"]) < 1


def test_regions_beside_see_only_what_is_public(country, entered, database, enter):
    releases.publish(database, Cohorts(database).get("entity", 2025), {}, None, now())
    with database.writing() as session:
        user = country.owner.user
        departments.join(session, departments.add(session, "杭州", "330100", now()), user, now())
    beside = table(country.owner, region=OWN)
    assert {row["代码"] for row in beside} == set(entered)
    assert next(row for row in beside if row["代码"] == entered[-1])["得分"] == ""
    page = country.owner.get(PAGE, region=OWN, year=YEAR, unit="330100", source="live").text
    assert "企业结果汇总（实时）" not in page
    assert "第 1 次发布" in page
    same = table(country.official, region=OWN, source="release")
    assert [row["得分"] for row in same] == [row["得分"] for row in beside]


def test_provinces_see_each_other_and_nobody_else_does(country, entered):
    for browser in (country.official, country.neighbour):
        page = browser.get(PAGE, region=COUNTRY, year=YEAR)
        assert page.status_code == 200
        assert "浙江省" in page.text
    for path in (PAGE, "/regions/index.csv"):
        assert country.neighbour.get(path, region=OWN, year=YEAR).status_code == 404
        assert country.official.get(path, region=OTHER, year=YEAR).status_code == 404
        assert country.owner.get(path, region=OWN, year=YEAR).status_code == 404
        assert country.nobody.get(path, region=OWN, year=YEAR).status_code == 303


def test_bad_addresses(country):
    assert country.official.get(PAGE, region="999999").status_code == 404
    assert country.official.get(PAGE, region="330106", year=YEAR).status_code == 200
    assert "没有下级地区" in country.official.get(PAGE, region="330106", year=YEAR).text
    assert country.official.get(PAGE, region=OWN, year="soon", unit="x").status_code == 200
    assert country.official.post(PAGE).status_code == 405


@pytest.mark.parametrize(
    ("number", "coverage", "said"),
    [(None, None, "不予公布"), (4, 0.5, "不足 5 家"), (9, None, "算不出覆盖率"), (9, 0.0999, "不足 10%"), (5, 0.1, "")],
)
def test_too_few_or_too_little_does_not_count(number, coverage, said):
    reason = why_not(Line(OWN, name_of(OWN), number), coverage)
    assert said in reason
    assert bool(said) == bool(reason)
    assert why_not(None, None) == "还没有发布"
