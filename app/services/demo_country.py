"""A synthetic country for the demo: thousands of enterprises over three years, scored in one batch a year."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import Organisation
from app.repositories import results
from app.services.cohorts import SLUG
from app.services.demo_answers import draw_answers
from app.services.demo_firms import YEARS, Firms, draw_firms
from app.services.engines import engine_of
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire
from scoring.engine import BatchResult, score_batch
from scoring.outcome import OUTCOMES

SEED: Final = 20260101
SPACE: Final = uuid.UUID("5e5f0c1e-6a1d-4b7e-9a53-0d2f6f0a1c11")
"""Ids are derived from the code, so that the country is the same every time."""
TAKING_PART: Final = 0.94
"""The chance that a firm takes part in a given year."""


def load(session: Session, registry: Registry, now: datetime, count: int) -> int:
    """Enter the synthetic enterprises with their results of every year and return how many results there are."""
    random = np.random.default_rng(SEED)
    firms = draw_firms(random, count)
    ids = [uuid.uuid5(SPACE, code) for code in firms.usccs]
    session.execute(insert(Organisation), list(_organisations(firms, ids, now)))
    questionnaire = registry.latest(SLUG)
    number = 0
    for years_on, year in enumerate(YEARS):
        rows = _results(questionnaire, firms, ids, years_on, year, random, now)
        results.add_many(session, rows)
        number += len(rows)
    return number


def _organisations(firms: Firms, ids: list[uuid.UUID], now: datetime) -> Iterator[dict[str, Any]]:
    for place, id_ in enumerate(ids):
        yield {
            "id": id_,
            "uscc": firms.usccs[place],
            "name": firms.names[place],
            "region": str(firms.regions[place]),
            "industry": str(firms.industries[place]),
            "staff": int(firms.staff[place]),
            "revenue": float(firms.revenue[place]),
            "demo": True,
            "created_at": now,
        }


def _results(  # noqa: PLR0913, PLR0917 - a year of the country
    questionnaire: Questionnaire,
    firms: Firms,
    ids: list[uuid.UUID],
    years_on: int,
    year: int,
    random: np.random.Generator,
    now: datetime,
) -> list[dict[str, Any]]:
    compiled = engine_of(questionnaire)
    batch, service, revenue = draw_answers(compiled, firms, years_on, year, random)
    scored = score_batch(compiled, batch)
    dimensions = {one.id: scored.nodes[one.id].value for one in questionnaire.dimensions}
    taking = np.flatnonzero(random.random(len(firms)) < TAKING_PART)
    return [
        {
            "id": uuid.uuid5(ids[place], str(year)),
            "organisation_id": ids[place],
            "submission_id": None,
            "slug": questionnaire.slug,
            "version": questionnaire.version,
            "year": year,
            "scope": "entity",
            "region": str(firms.regions[place]),
            "industry": str(firms.industries[place]),
            "size": str(firms.sizes[place]),
            **_outcome(scored, int(place)),
            "dimensions": {name: round(float(values[place]), 6) for name, values in dimensions.items()},
            "service_revenue": round(float(service[place]), 2),
            "operating_revenue": round(float(revenue[place]), 2),
            "digest": hashlib.sha256(f"{ids[place]} {year}".encode()).hexdigest()[:32],
            "at": now,
        }
        for place in taking
    ]


def _outcome(scored: BatchResult, place: int) -> dict[str, Any]:
    level = int(scored.level[place])
    outcome = OUTCOMES[int(scored.outcome[place])]
    score = float(scored.score[place])
    return {
        "outcome": outcome,
        "level": level if outcome == "level" else None,
        "score": None if np.isnan(score) else score,
    }
