"""Column types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, DateTime, Dialect, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime and store the rest in UTC."""
        if value is not None and value.tzinfo is None:
            msg = "a moment needs a time zone"
            raise ValueError(msg)
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back an aware moment (SQLite forgets the zone)."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


Id = Annotated[uuid.UUID, mapped_column(primary_key=True, default=uuid.uuid4)]
Json = JSON().with_variant(JSONB(), "postgresql")
Plain = dict[str, Any]
