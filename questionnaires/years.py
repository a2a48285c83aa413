"""`t` in measures and consistency rules: from one formula as written to one a year.

`accounts.revenue[t]` becomes the cell of the column of that year, `total(purchases[t])` the total of its column, `service_share[t-1]` the
measure's id in the year before. What has no such year becomes `no_year`, which has no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scoring.vocabulary import NO_YEAR

from .types import Questionnaire, Table

_T: Final = r"\[\s*t\s*(?:(?P<sign>[+-])\s*(?P<shift>\d{1,3})\s*)?\]"
_NAME: Final = r"(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)"
_TIMED: Final = re.compile(rf"'[^']*'|\"[^\"]*\"|(?<![\w.]){_NAME}\s*{_T}")
_NO_TOTAL: Final = re.compile(rf"total\s*\(\s*{NO_YEAR}\s*\)")


class Years:
    """What of a questionnaire goes by years."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._ids: dict[str, dict[int | None, str]] = {
            one.id: one.ids for one in questionnaire.measures.values() if one.years
        }
        for table in questionnaire.questions.values():
            if isinstance(table, Table):
                self._ids |= dict(_parts(table))

    def __contains__(self, name: str) -> bool:
        return name in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def at(self, source: str, year: int | None) -> str:
        """Return a formula or condition in a year; names that do not go by years stay as they are written."""
        return _NO_TOTAL.sub(NO_YEAR, _TIMED.sub(lambda found: self._resolved(found, year), source))

    def strangers(self, source: str) -> list[str]:
        """Return the names with a year that do not go by years."""
        return [name for name in timed(source) if name not in self._ids]

    def _resolved(self, found: re.Match[str], year: int | None) -> str:
        name = found["name"]
        if name not in self._ids or year is None:
            return found[0]
        shift = int(f"{found['sign'] or '+'}{found['shift'] or 0}")
        return self._ids[name].get(year + shift, NO_YEAR)


def timed(source: str) -> list[str]:
    """Return the names with a year in a source."""
    return [found["name"] for found in _TIMED.finditer(source) if found["name"]]


def _parts(table: Table) -> Iterator[tuple[str, dict[int | None, str]]]:
    columns: dict[int | None, str] = {one.year: one.id for one in table.columns if one.year is not None}
    if columns:
        yield table.id, {year: f"{table.id}.{column}" for year, column in columns.items()}
        for row in table.rows:
            yield f"{table.id}.{row.id}", {year: f"{table.id}.{row.id}.{column}" for year, column in columns.items()}
