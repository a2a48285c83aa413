"""Sessions commit whole or not at all, writers queue, and SQLite is set up as promised."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.clock import now
from app.db import Database
from app.models import Installation, Membership, Organisation, Role


def names(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(Installation.name)))


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    def fail_halfway() -> None:
        with database.writing() as session:
            session.add(Installation(name="half", value="1"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert names(database) == set()


def test_reading_throws_changes_away(database: Database) -> None:
    with database.reading() as session:
        session.add(Installation(name="lost", value="1"))
        session.flush()
    assert names(database) == set()


def test_concurrent_writers_all_succeed(database: Database) -> None:
    def write(number: int) -> None:
        with database.writing() as session:
            session.add(Installation(name=f"w{number}", value="1"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names(database)) == 12


def test_two_processes_on_one_file_wait_for_each_other(database: Database) -> None:
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with database.writing() as session:
        session.add(Installation(name="first", value="1"))
        session.flush()
        timer = threading.Timer(0, lambda: _write(other, "second"))
        timer.start()
    timer.join()
    other.close()
    assert names(database) == {"first", "second"}


def _write(database: Database, name: str) -> None:
    with database.writing() as session:
        session.add(Installation(name=name, value="1"))


def test_foreign_keys_are_enforced(database: Database) -> None:
    stray = Membership(organisation_id=Organisation().id, user_id=None, role=Role.OWNER, created_at=now())
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(stray)


def test_sqlite_is_durable_and_checked(database: Database) -> None:
    if not database.sqlite:
        with database.reading() as session:
            assert session.scalar(text("SHOW synchronous_commit")) == "on"
        return
    with database.reading() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
