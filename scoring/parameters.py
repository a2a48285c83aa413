"""Dated constants: which entry counts in a reporting year and industry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from scoring.batch import NO_ANSWER
from scoring.columns import Bytes, Floats
from scoring.model import Entry, Goalposts, Parameter, Rule

INDUSTRIES: Final = tuple(f"{division:02d}" for division in range(100))
"""The divisions of an industry by their codes in a batch; a code beyond them is unknown."""
UNKNOWN: Final = NO_ANSWER


def entry_of(parameter: Parameter, year: float | None, industry: str | None) -> Entry:
    """Return the entry with the latest start not after the year; of the same date one for the industry beats the general one.

    Before the first entry the first counts, and the last where the year is not known. Where the industry is not known the general ones do.
    """
    entries = sorted(
        (one for one in parameter.entries if not one.industries or industry in one.industries),
        key=lambda one: (one.since, bool(one.industries)),
    )
    begun = [one for one in entries if year is None or one.since <= year]
    first = [one for one in entries if one.since == entries[0].since]
    return (begun or first)[-1]


def values_of(parameter: Parameter, years: Floats, industries: Bytes) -> Floats:
    """Return a parameter's value in every row, n rows; years are NaN and industries beyond the divisions where unknown."""
    keys = np.where(np.isnan(years), -1.0, years) * 256 + industries
    kinds, rows = np.unique(keys, return_inverse=True)
    return np.array([entry_of(parameter, *_case(kind)).value for kind in kinds])[rows]


def _case(key: float) -> tuple[float | None, str | None]:
    year, industry = divmod(key, 256)
    return None if year < 0 else year, INDUSTRIES[int(industry)] if industry < len(INDUSTRIES) else None


def code_of(industry: str | None) -> int:
    """Return the code of a division in a batch."""
    return INDUSTRIES.index(industry) if industry in INDUSTRIES else UNKNOWN


def named(rule: Rule) -> Iterator[str]:
    """Yield the parameters that goalposts name."""
    if isinstance(rule, Goalposts):
        yield from (post for post in (rule.start, rule.end) if isinstance(post, str))


def plain(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain values, for the trace."""
    return {"value": entry.value, "from": entry.since, "industries": list(entry.industries)}
