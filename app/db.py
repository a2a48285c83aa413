"""The database: one engine per process, short sessions, one writer at a time on SQLite.

Durability: a committed transaction survives a killed process on both databases. SQLite runs in WAL mode with `synchronous=FULL`, so it
also survives a power cut on hardware that honours fsync.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase, Session

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 15


class Base(DeclarativeBase):
    """Declarative base of every table, with stable names for constraints."""

    metadata = MetaData(naming_convention=NAMING)


class Database:
    """An engine with sessions for reading and for writing."""

    def __init__(self, url: str) -> None:
        self.url = normalised(url)
        self.sqlite = self.url.startswith("sqlite")
        self.engine = _sqlite_engine(self.url) if self.sqlite else _server_engine(self.url)
        self._writer = threading.Lock() if self.sqlite else None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session whose changes are thrown away."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session that commits at the end, or rolls back when the block raises."""
        with self._writer or nullcontext(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            if self.sqlite:
                session.connection(execution_options={"servimeter_write": True})
            yield session

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def normalised(url: str) -> str:
    """Return `url` with the driver that is installed here."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _server_engine(url: str) -> Engine:
    options = "-c lock_timeout=5s -c statement_timeout=60s -c timezone=utc"
    return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8, connect_args={"options": options})


def _sqlite_engine(url: str) -> Engine:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own idea of when a transaction starts is switched off; `_begin_sqlite` says BEGIN.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A transaction that will write takes the lock at once: upgrading a read lock later can fail without waiting.
    writing = connection.get_execution_options().get("servimeter_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
