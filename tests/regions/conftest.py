"""A small synthetic country with a department of a province, one of another, an enterprise's owner and a visitor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from assessments.conftest import Browser, enter  # noqa: F401
from sqlalchemy.orm import Session

from app.clock import now
from app.db import Database
from app.models import Organisation, User
from app.services import demo_country, departments
from questionnaires.registry import Registry

FIRMS = 400
OWN, OTHER = "330000", "320000"


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry()


@dataclass
class Country:
    """Browsers of the people around."""

    official: Browser
    neighbour: Browser
    owner: Browser
    nobody: Browser


def _person(session: Session, name: str) -> User:
    user = User(email=f"{name}@example.com", name=name, password_hash="x", language="zh", created_at=now())
    session.add(user)
    session.flush()
    return user


@pytest.fixture
def country(database: Database, registry: Registry, enter: Callable[[User | None], Browser]) -> Country:  # noqa: F811
    with database.writing() as session:
        demo_country.load(session, registry, now(), FIRMS)
        people = {name: _person(session, name) for name in ("official", "neighbour", "owner")}
        for name, code in (("official", OWN), ("neighbour", OTHER)):
            departments.join(session, departments.add(session, f"{name} 部门", code, now()), people[name], now())
    return Country(**{name: enter(user) for name, user in people.items()}, nobody=enter(None))


def names_in(session: Session, region: str) -> set[str]:
    """The names of all enterprises in a province."""
    rows = session.query(Organisation.name).filter(Organisation.region.startswith(region[:2]))
    return {name for (name,) in rows}
