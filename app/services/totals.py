"""The total lines of tables, worked out from what stands in the form: never typed, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.services import fields as names
from app.services.cells import MOST_DECIMALS, shares_unit
from app.services.fields import Fields, single
from app.services.standing import Standing
from questionnaires.figures import Bounds, FigureError, grouped, read_figure
from questionnaires.types import Column, Section, Table


def totals(standing: Standing, section: Section, fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield the name of each total and the sum of the figures in the column's cells that are asked.

    Rows in another unit than the table's do not add up and are left out; so is what is no figure.
    """
    for table in section.asked:
        if isinstance(table, Table) and table.total:
            for column in table.columns:
                if column.kind == "number":
                    yield names.part(table.id, "", column.id), _total(standing, table, column, fields)


def _total(standing: Standing, table: Table, column: Column, fields: Fields) -> str:
    rows = [row for row in table.rows if shares_unit(table, row) and column.id in standing.cells(table, row)]
    loose = Bounds(decimals=MOST_DECIMALS, units=(table.unit.zh, table.unit.en))
    read = [_figure(single(fields, names.part(table.id, row.id, column.id)), loose) for row in rows]
    found = [figure for figure in read if figure is not None]
    return grouped(float(sum(found, Decimal(0)))) if found else ""


def _figure(typed: str, bounds: Bounds) -> Decimal | None:
    try:
        value = read_figure(typed, bounds)
    except FigureError:
        return None
    return None if value is None else Decimal(repr(value))
