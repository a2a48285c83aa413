"""Small indices for tests: units as rows of figures, indicators as columns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from engine_models import model

from scoring.answers import blank
from scoring.batch import Batch
from scoring.compile import compile as compile_model
from scoring.compiled import Compiled
from scoring.index.engine import Draws, IndexResult, index
from scoring.model import Index, Normalisation

Figures = list[list[float]]


def questionnaire(indicators: list[dict[str, Any]], nodes: list[Any] | None = None, **settings: Any) -> Compiled:
    """An index of the given indicators, each with a question of its own, on a scale of 100; `settings` are those of the block."""
    plain = model(
        {
            "scale": [0, 100],
            "outcome": "level",
            "levels": {0: None, 1: 20, 2: 40, 3: 60, 4: 80, 5: 95},
            "nodes": nodes or [["total", "total", None, 1], ["d", "dimension", "total", 1]],
            "questions": [{"id": one["id"], "kind": "number", "na_allowed": True} for one in indicators],
            "indicators": [{"parent": "d", "question": one["id"]} | one for one in indicators],
        }
    )
    return compile_model(replace(plain, index=Index(**settings)))


def kind(name: str, **rest: Any) -> dict[str, Any]:
    """The keys of an indicator normalised in one way."""
    return {"normalisation": Normalisation(name, **rest)}  # type: ignore[arg-type]


def batch(compiled: Compiled, rows: Figures) -> Batch:
    """Figures of units by the order of the questions; NaN is missing, infinity not applicable."""
    made = blank(compiled, len(rows))
    for column, values in zip(compiled.questions, np.array(rows, dtype=float).T, strict=True):
        made.numbers[column][:] = values
    return made


def worked(
    compiled: Compiled, rows: Figures, years: list[int | None] | None = None, draws: Draws | None = None
) -> IndexResult:
    return index(compiled, batch(compiled, rows), years or [None] * len(rows), draws)
