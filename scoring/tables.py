"""Look-up tables from codes to values, built once per model."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.batch import CODE_NA, CODE_OUT, HIGHEST_CODE, NO_ANSWER
from scoring.columns import KNOWN, MISSING, NOT_APPLICABLE, OUT_OF_SCOPE, Bytes, Floats
from scoring.model import Question, Scale

LOW: Final = 0
HIGH: Final = 1
LIVE: Final = 2
NA: Final = 3
"""The four lines of a block: the lowest and highest value that the answers leave possible (0 where there is none), whether there is
one (1) or not (0), and the share that is not applicable."""

NONE_MET: Final = "none"


def _states() -> Bytes:
    states = np.full(256, KNOWN, np.uint8)
    states[NO_ANSWER], states[CODE_NA], states[CODE_OUT] = MISSING, NOT_APPLICABLE, OUT_OF_SCOPE
    return states


STATES: Final[Bytes] = _states()
"""The state of each code."""


def all_degrees(degrees: dict[str, float]) -> dict[str, float]:
    """Return the degrees with `none`, which always exists, in front."""
    return {NONE_MET: 0.0} | degrees


def ladder_codes(question: Question, degrees: dict[str, float]) -> dict[str, int]:
    """Return the code of each `LEVEL:DEGREE`; `0:none` is not started."""
    return {f"{level}:{degree}": code for code, (level, degree) in enumerate(_steps(question, degrees))}


def _steps(question: Question, degrees: dict[str, float]) -> list[tuple[int, str]]:
    return [
        (0, NONE_MET),
        *((level, degree) for level in range(1, question.levels + 1) for degree in all_degrees(degrees)),
    ]


def by_code(values: list[float]) -> Floats:
    """Return a table of 256 with the values of the first codes, NaN elsewhere. Raises ValueError for too many."""
    if len(values) > HIGHEST_CODE + 1:
        raise ValueError(f"at most {HIGHEST_CODE + 1} different answers are possible, not {len(values)}")
    table = np.full(256, np.nan)
    table[: len(values)] = values
    return table


def ladder_raw(question: Question, degrees: dict[str, float]) -> Floats:
    """Return level − 1 + degree by code."""
    known = all_degrees(degrees)
    return by_code([max(level - 1 + known[degree], 0.0) for level, degree in _steps(question, degrees)])


def block_table(values: Floats, answers: int, scale: Scale) -> Floats:
    """Return the block (4, 256) of every code from the values on the scale of the first so many, which are answers."""
    table = np.zeros((4, 256))
    table[:LIVE, :answers], table[LIVE, :answers] = values[:answers], 1
    table[:, NO_ANSWER] = [scale.min, scale.max, 1, 0]
    table[:, CODE_NA] = [0, 0, 0, 1]
    return table


def clause_table(degrees: dict[str, float], weight: float) -> Floats:
    """Return the weighted block (4, 256) of a clause, whose degrees lie between 0 and 1."""
    values = list(all_degrees(degrees).values())
    return weight * block_table(by_code(values), len(values), Scale(0.0, 1.0))
