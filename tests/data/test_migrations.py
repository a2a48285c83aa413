"""The migrations lead to the models, up and down, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

import app.models  # noqa: F401 - registers the tables
from app.db import Base, Database
from app.migrate import downgrade, migrate


def test_head_equals_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_leaves_nothing_and_up_again_restores(database: Database) -> None:
    downgrade(database, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    migrate(database)
    assert set(inspect(database.engine).get_table_names()) == {"alembic_version", *Base.metadata.tables}
