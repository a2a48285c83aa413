"""The demo's statistics: the same every time, marked, and good for an index of nearly every region."""

from __future__ import annotations

from app.clock import now
from app.models import Statistic
from app.services import demo_statistics
from app.services.comparisons import below
from questionnaires.registry import Registry
from regions.conftest import OWN


def test_the_demo_has_an_index_of_provinces_and_prefectures(country, database):
    def figures(session):
        return {(one.region, one.year, one.question): one.value for one in session.query(Statistic)}

    with database.writing() as session:
        number = demo_statistics.load(session, Registry(), now())
        first = figures(session)
        assert len(first) == number
        assert all(one.demo and "合成" in one.source for one in session.query(Statistic))
        session.query(Statistic).delete()
        demo_statistics.load(session, Registry(), now())
        assert figures(session) == first
    assert len({region for region, _, _ in first if region.endswith("0000")}) == 31
    assert {one.code for one in below(OWN)} <= {region for region, _, _ in first}
    page = country.official.get("/regions/index", region=OWN, year="2025")
    assert "合成数据" in page.text
    rows = country.official.get("/regions/index.csv", region=OWN, year="2025").text.splitlines()[1:]
    scores = [float(row.split(",")[3]) for row in rows]
    assert len(scores) == len(below(OWN))
    assert all(15 < score < 85 for score in scores)
    assert max(scores) - min(scores) > 10
    assert "企业结果汇总（实时）" in "".join(rows)
