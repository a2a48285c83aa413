"""Answers as columns: one row per assessment, one column per slot (a question, a clause, a cell)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

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


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers of `size` assessments.

    `codes`: per ladder, choice, clause, text and file a column of codes (uint8). `picks`: per multi-choice a column of bits (uint64).
    `numbers`: per number, date and cell a column of float64, NaN where missing and infinity where not applicable. `links`: per linked
    indicator a column of raw values, NaN where there is no link. `year`: the reporting years, NaN where unknown.
    """

    size: int
    codes: dict[str, Bytes]
    picks: dict[str, Words]
    numbers: dict[str, Floats]
    links: dict[str, Floats]
    year: Floats

    def take(self, rows: Indices) -> Batch:
        """Return the given rows, in the order given and as often as given."""
        return Batch(
            size=len(rows),
            codes={slot: column[rows] for slot, column in self.codes.items()},
            picks={slot: column[rows] for slot, column in self.picks.items()},
            numbers={slot: column[rows] for slot, column in self.numbers.items()},
            links={slot: column[rows] for slot, column in self.links.items()},
            year=self.year[rows],
        )

    def slice(self, start: int, stop: int) -> Batch:
        """Return rows `start` to `stop` without copying."""
        return Batch(
            size=len(self.year[start:stop]),
            codes={slot: column[start:stop] for slot, column in self.codes.items()},
            picks={slot: column[start:stop] for slot, column in self.picks.items()},
            numbers={slot: column[start:stop] for slot, column in self.numbers.items()},
            links={slot: column[start:stop] for slot, column in self.links.items()},
            year=self.year[start:stop],
        )

    def with_codes(self, slot: str, column: Bytes) -> Batch:
        return replace(self, codes=self.codes | {slot: column})

    def with_picks(self, slot: str, column: Words) -> Batch:
        return replace(self, picks=self.picks | {slot: column})
