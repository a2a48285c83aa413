"""Answers as columns: one row per assessment, one column per slot (a question, a clause, a cell)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.columns import Bytes, Floats, Indices, Words

NO_ANSWER: Final = 255
CODE_NA: Final = 254
CODE_OUT: Final = 253
"""The codes that are no answer: missing, not applicable, and (while scoring) out of scope. Answers take the codes below."""
HIGHEST_CODE: Final = 252

PICKS_MISSING: Final = np.uint64(1 << 63)
PICKS_NA: Final = np.uint64(1 << 62)
PICKS_OUT: Final = np.uint64(1 << 61)
MOST_OPTIONS: Final = 61
"""A multi-choice is a word of bits, one per option; the three highest are no answer, as for codes."""


_Column = TypeVar("_Column", bound=np.generic)


class _Taken(dict[str, NDArray[_Column]]):
    """Rows of columns, each taken when first asked for."""

    def __init__(self, source: dict[str, NDArray[_Column]], rows: Indices | slice) -> None:
        super().__init__()
        self._source = source
        self._rows = rows

    def __missing__(self, slot: str) -> NDArray[_Column]:
        source, rows = self._source[slot], self._rows
        column = self[slot] = source[rows] if isinstance(rows, slice) else source.take(rows)
        return column


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers of `size` assessments.

    Nothing is not applicable where its question does not allow it.

    `codes`: per ladder, choice, clause, text and file a column of codes (uint8). `picks`: per multi-choice a column of bits (uint64).
    `numbers`: per number, date and cell a column of float64, NaN where missing and infinity where not applicable. `links`: per linked
    indicator, number and cell a column of raw values, NaN where there is no link; those of numbers and cells stand in `numbers` as well.
    `year`: the reporting years, NaN where unknown. `industry`: places among
    `parameters.INDUSTRIES`, NO_ANSWER where unknown.
    """

    size: int
    codes: dict[str, Bytes]
    picks: dict[str, Words]
    numbers: dict[str, Floats]
    links: dict[str, Floats]
    year: Floats
    industry: Bytes

    def take(self, rows: Indices) -> Batch:
        """Return the given rows, in the order given and as often as given; columns are copied when first read."""
        return self._rows(len(rows), rows)

    def part(self, start: int, stop: int) -> Batch:
        """Return rows `start` to `stop` without copying."""
        return self._rows(len(self.year[start:stop]), slice(start, stop))

    def _rows(self, size: int, rows: Indices | slice) -> Batch:
        return Batch(
            size=size,
            codes=_Taken(self.codes, rows),
            picks=_Taken(self.picks, rows),
            numbers=_Taken(self.numbers, rows),
            links=_Taken(self.links, rows),
            year=self.year[rows],
            industry=self.industry[rows],
        )
