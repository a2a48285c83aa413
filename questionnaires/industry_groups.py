"""The industry groups of published statistics, by date; see codes/README.md for how they were made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from .description import Pattern, Record
from .entries import read_entries
from .faults import Faulty
from .reading import Reader
from .text import Text

TABLE: Final = Path(__file__).parent / "codes" / "industry_groups.yaml"


@dataclass(frozen=True, kw_only=True)
class IndustryGroup(Record):
    """A group of divisions of GB/T 4754; ids are permanent."""

    id: Annotated[str, Pattern("bad-id", r"[a-z][a-z_]*", Text("小写字母", "lower-case letters"))]
    name: Text
    divisions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Table(Record):
    since: datetime.date
    groups: tuple[IndustryGroup, ...]


@dataclass(frozen=True, kw_only=True)
class _Tables(Record):
    tables: tuple[_Table, ...]


def industry_groups(on: datetime.date) -> tuple[IndustryGroup, ...]:
    """Return the groups in force on a day, in the order of the table; before the first table, those of the first."""
    tables = _tables()
    return next((table.groups for table in reversed(tables) if table.since <= on), tables[0].groups)


def industry_group(division: str, on: datetime.date) -> IndustryGroup | None:
    """Return the group of a division (two digits) on a day; None for a code that is no division of manufacturing."""
    return next((group for group in industry_groups(on) if division in group.divisions), None)


@cache
def _tables() -> tuple[_Table, ...]:
    entry, faults = read_entries(TABLE)
    reader = Reader()
    found = reader.record(entry, _Tables) if entry else None
    if found is None or faults or reader.faults:
        raise Faulty([*faults, *reader.faults])
    return tuple(sorted(found.tables, key=lambda table: table.since))
