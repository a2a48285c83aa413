"""Made-up regions, for measuring and for tests: a questionnaire of figures with goalposts and correlated figures for many units."""

from __future__ import annotations

import numpy as np

from scoring.answers import blank
from scoring.batch import Batch
from scoring.compile import compile as compile_model
from scoring.compiled import Compiled
from scoring.model import Goalposts, Indicator, Level, Model, Node, Question, Scale

DIMENSIONS = 3
DOMAINS = 3
"""In each dimension."""
POSTS = (10.0, 90.0)


def made_up(indicators: int) -> Compiled:
    """Return a questionnaire of so many indicators on a scale of 100, in three dimensions of three domains each, with five bands."""
    domains = [f"d{dimension}.{domain}" for dimension in range(DIMENSIONS) for domain in range(DOMAINS)]
    names = [f"i{place}" for place in range(indicators)]
    rule = Goalposts(*POSTS)
    return compile_model(
        Model(
            slug="made-up",
            version="1.0.0",
            digest="",
            outcome="level",
            scale=Scale(0.0, 100.0),
            total_weight=100.0,
            degrees={},
            levels=tuple(Level(number, lower) for number, lower in enumerate((None, 20.0, 40.0, 60.0, 80.0, 95.0))),
            questions=tuple(Question(name, "number") for name in names),
            nodes=(Node("total", "total", None, 100.0), *_dimensions(), *_domains(domains)),
            indicators=tuple(
                Indicator(name, domains[place % len(domains)], 1.0 + place % 3, question=name, rule=rule)
                for place, name in enumerate(names)
            ),
            gates=(),
            na_ceiling=0.2,
        )
    )


def _dimensions() -> list[Node]:
    return [Node(f"d{dimension}", "dimension", "total", 30.0 + dimension) for dimension in range(DIMENSIONS)]


def _domains(names: list[str]) -> list[Node]:
    return [Node(name, "domain", name.partition(".")[0], 10.0) for name in names]


def regions(compiled: Compiled, units: int, seed: int = 0, gaps: float = 0.0) -> Batch:
    """Return made-up figures of so many units: each a level of its own and noise, a share of them missing."""
    random = np.random.Generator(np.random.PCG64(seed))
    batch = blank(compiled, units)
    level = random.normal(50.0, 12.0, units)
    for column in batch.numbers.values():
        column[:] = level + random.normal(0.0, 15.0, units)
        column[random.random(units) < gaps] = np.nan
    batch.year[:] = 2025
    return batch
