"""Who sees what of which region: live inside one's own subtree, releases for everybody, names for the department in charge alone."""

from __future__ import annotations

import csv
import io

from app.clock import now
from app.models import EnterpriseResult, User
from app.repositories import results
from app.services import departments, releases
from app.services.cohorts import COUNTRY, SLUG, Cohorts
from regions.conftest import OTHER, OWN, names_in


def publish(database, year=2025):
    return releases.publish(database, Cohorts(database).get("entity", year), {}, None, now())


def table(response):
    return list(csv.reader(io.StringIO(response.text.removeprefix("\ufeff"))))


def test_before_a_release_strangers_see_nothing_and_the_department_sees_its_own(country, database):
    assert "还没有发布" in country.nobody.get("/regions", region="000000", year="2025").text
    page = country.official.get("/regions", year="2025").text
    assert "实时数据" in page
    assert "浙江省" in page
    with database.reading() as session:
        number = len(results.within(session, SLUG, "entity", 2025, "33"))
        without = sum(one.outcome != "level" for one in results.within(session, SLUG, "entity", 2025, "33"))
    rows = table(country.official.get("/regions.csv", region=OWN, year="2025"))
    assert sum(int(row[8]) for row in rows[1:] if row[8]) == number - without


def test_nobody_sees_another_region_live(country, database):
    publish(database)
    for browser in (country.neighbour, country.owner, country.nobody):
        page = browser.get("/regions", region=OWN, year="2025", source="live").text
        assert "实时数据" not in page
        assert "第 1 次发布" in page
    assert "实时数据" not in country.official.get("/regions", region=OTHER, year="2025", source="live").text
    assert "实时数据" not in country.official.get("/regions", region="000000", year="2025", source="live").text


def test_names_are_for_the_department_in_charge(country, database):
    with database.reading() as session:
        names = names_in(session, OWN)
    shown = country.official.get("/regions/enterprises", region=OWN, year="2025").text
    assert sum(name in shown for name in names) > 20
    for browser in (country.neighbour, country.owner, country.nobody):
        page = browser.get("/regions/enterprises", region=OWN, year="2025").text
        assert not any(name in page for name in names)


def test_a_release_shows_no_small_cell_and_stays_as_it_is(country, database):
    first = publish(database)
    assert all(cell["number"] >= 5 for cell in first.cells)
    assert {cell["region"] for cell in first.cells} >= {"000000"}
    again = publish(database)
    assert (first.number, again.number) == (1, 2)
    shown = table(country.nobody.get("/regions.csv", region="000000", year="2025"))
    published = {(cell["region"]): cell for cell in again.cells if cell["group"] is None and cell["size"] is None}
    for row in shown[1:]:
        assert (row[8] == "") == (row[1] not in published)


def test_what_is_submitted_is_seen_within_a_minute(country, database):
    cohorts = Cohorts(database)
    before = cohorts.get("entity", 2025)
    with database.writing() as session:
        one = session.query(EnterpriseResult).filter_by(year=2025, outcome="level").first()
        one.score, one.at = 4.99, now()
        organisation = one.organisation_id
    assert cohorts.get("entity", 2025) is before  # at hand for half a minute
    later = Cohorts(database).get("entity", 2025)
    assert later.scores[list(later.enterprises).index(organisation)] == 4.99


def test_bad_addresses(country):
    assert country.nobody.get("/regions", region="999999").status_code == 404
    assert country.nobody.get("/regions", group="nonsense").status_code == 422
    assert country.nobody.get("/regions", year="abcd", measure="nonsense", size="").status_code == 200
    assert country.nobody.post("/regions").status_code == 405


def test_only_the_department_of_the_country_publishes(country, database, enter):
    for browser, status in ((country.official, 403), (country.owner, 403), (country.nobody, 303)):
        assert browser.post("/regions/releases", year="2025", scope="entity").status_code == status
    with database.writing() as session:
        person = User(email="c@example.com", name="c", password_hash="x", language="zh", created_at=now())
        session.add(person)
        session.flush()
        departments.join(session, departments.add(session, "全国", COUNTRY, now()), person, now())
    central = enter(person)
    assert central.post("/regions/releases", year="x", scope="entity").status_code == 422
    assert central.post("/regions/releases", year="1999", scope="entity").status_code == 422
    response = central.post("/regions/releases", year="2025", scope="entity")
    assert response.status_code == 303
    assert "第 1 次发布" in country.nobody.get(response.headers["location"]).text
