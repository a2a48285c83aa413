"""The demo goes in once, into an empty database on loopback only, and comes out whole."""

from __future__ import annotations

import numpy as np
import pytest
from sqlalchemy import func, select

from app.clock import now
from app.config import Settings
from app.db import Base, Database
from app.errors import ForbiddenError
from app.models import Assessment, EnterpriseResult, Membership, Organisation, Release, Role, Submission, User
from app.services import demo
from app.services.demo_country import SEED
from app.services.demo_firms import CROWDED, WIDE, YEARS, draw_firms
from questionnaires.enterprise import uscc_faults
from questionnaires.registry import Registry

FIRMS = 250
"""Synthetic enterprises: enough to have a release, few enough to be quick."""


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.model_validate({"database_url": database_url, "demo_firms": FIRMS})


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry()


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_it_goes_in_once_with_every_example_and_every_year(
    database: Database, settings: Settings, registry: Registry
) -> None:
    signed = demo.load(database, registry, settings, now())
    assert len(signed) == len(demo.by_enterprise(registry)) + len(demo.DEPARTMENTS) >= 5
    every_example_is_submitted_and_has_a_draft_beside_it(database)
    the_results_of_every_year_are_there_and_the_newest_years_are_published(database)
    before = counts(database)
    assert demo.load(database, registry, settings, now()) == signed, "a second load says the same"
    assert counts(database) == before, "and changes nothing"


def every_example_is_submitted_and_has_a_draft_beside_it(database: Database) -> None:
    with database.reading() as session:
        submitted = session.scalars(select(Submission)).all()
        drafts = session.scalars(select(Assessment).where(Assessment.status == "draft")).all()
    assert {one.organisation_id for one in submitted} == {one.organisation_id for one in drafts}
    assert all(one.outcome in {"level", "vetoed", "index", "measured"} for one in submitted)


def the_results_of_every_year_are_there_and_the_newest_years_are_published(database: Database) -> None:
    with database.reading() as session:
        rows = session.execute(
            select(EnterpriseResult.year, func.count())
            .where(EnterpriseResult.submission_id.is_(None))
            .group_by(EnterpriseResult.year)
        ).all()
        published = session.scalars(select(Release.year).order_by(Release.year)).all()
    assert sorted(year for year, _ in rows) == list(YEARS)
    assert all(number > 0.8 * FIRMS for _, number in rows)
    assert published == list(YEARS[-2:])


def test_a_database_with_people_of_its_own_gets_nothing(
    database: Database, settings: Settings, registry: Registry
) -> None:
    with database.writing() as session:
        session.add(User(email="a@b.example", name="甲", password_hash="-", created_at=now()))
    before = counts(database)
    assert demo.load(database, registry, settings, now()) == []
    assert counts(database) == before


@pytest.mark.parametrize(
    "changes",
    [{"host": "0.0.0.0"}, {"environment": "production", "secret_key": "x" * 32}],  # noqa: S104 - this is what must be refused
    ids=["not loopback", "production"],
)
def test_it_is_refused(database: Database, registry: Registry, changes: dict[str, str]) -> None:
    chosen = Settings.model_validate({"database_url": database.url, **changes})
    with pytest.raises(ForbiddenError):
        demo.load(database, registry, chosen, now())
    assert sum(counts(database).values()) == 0


def test_removing_takes_all_of_it_and_nothing_else(database: Database, settings: Settings, registry: Registry) -> None:
    demo.load(database, registry, settings, now())
    with database.writing() as session:
        visitor = User(email="a@b.example", name="甲", password_hash="-", created_at=now())
        own = Organisation(
            uscc="91110000MA0000269Y",
            name="自有企业",
            region="110101",
            industry="34",
            staff=1,
            revenue=1,
            created_at=now(),
        )
        session.add_all([visitor, own])
        session.flush()
        demo_organisation = session.scalars(select(Organisation).where(Organisation.demo)).first()
        assert demo_organisation
        for organisation in (own, demo_organisation):
            session.add(
                Membership(organisation_id=organisation.id, user_id=visitor.id, role=Role.OWNER, created_at=now())
            )
    assert demo.remove(database) >= 3
    left = {name: number for name, number in counts(database).items() if number}
    assert left == {"users": 1, "organisations": 1, "memberships": 1}


def test_the_country_is_the_same_every_time_and_has_its_shape() -> None:
    one, other = (draw_firms(np.random.default_rng(SEED), 6200) for _ in range(2))
    assert one.usccs == other.usccs
    assert len(set(one.usccs)) == len(one)
    assert not [code for code in one.usccs if uscc_faults(code)]
    counties, numbers = np.unique(one.regions, return_counts=True)
    assert (np.char.startswith(one.regions, CROWDED)).mean() > 0.4
    assert sum(number >= 20 for code, number in zip(counties, numbers, strict=True) if code.startswith(WIDE)) >= 40
