"""Alembic's entry: runs the migrations on the connection it is given, else on the configured database."""

import sqlalchemy as sa
from alembic import context
from sqlalchemy import Connection

import app.models  # noqa: F401 - registers the tables
from app.config import settings
from app.db import Base, Database
from app.models.types import Moment


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write our types as plain ones, so that a migration never depends on today's code."""
    if kind != "type":
        return False
    if isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")' if isinstance(item, sa.JSON) else False


def migrate(connection: Connection) -> None:
    """Run the migrations on `connection`; SQLite alters tables by copying them."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=plain_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    database = Database(settings().database_url)
    with database.engine.connect() as connection:
        migrate(connection)
        connection.commit()
    database.close()
