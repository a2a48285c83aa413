"""Synthetic statistics of the demo's regions, worked back from ratios that lie between the questionnaire's goalposts."""

from __future__ import annotations

import math
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import numpy as np
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models import EnterpriseResult, Statistic
from app.services.cohorts import SLUG
from app.services.statistics import asked
from questionnaires.regions import CURRENT, children
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire

YEARS: Final = (2024, 2025)
PROVINCE: Final = "330000"
"""The province whose prefectures have statistics too; it has a department in the demo."""
LEFT_OUT: Final = {"71", "81", "82"}
"""Provinces and regions that the mainland's statistics do not cover."""
SOURCE: Final = "合成数据，非真实统计 / synthetic, no real statistics"
SEED: Final = 20260102
SPACE: Final = uuid.UUID("5e5f0c1e-6a1d-4b7e-9a53-0d2f6f0a1c12")
MISSING: Final = 0.03
"""The chance that a figure is not there; the size of a region always is."""
COVERAGE: Final = (0.07, 0.45)
STAFF: Final = (180.0, 320.0)
"""People of a firm above scale."""

PER: Final[Mapping[str, tuple[str, str, float]]] = {
    "manufacturing.equipment": ("manufacturing.equipment_share", "base.value_added", 100),
    "manufacturing.cluster_firms": ("manufacturing.clustered", "base.firms", 100),
    "efficiency.rd": ("efficiency.rd_intensity", "base.revenue", 100),
    "efficiency.rd_firms": ("efficiency.rd_spread", "base.firms", 100),
    "efficiency.specialised": ("efficiency.specialised_density", "base.firms", 1000),
    "digital.level2": ("digital.level_share", "base.firms", 100),
    "digital.cloud": ("digital.cloud_share", "base.firms", 100),
    "digital.stations": ("digital.network", "base.population", 1),
    "services.producer": ("services.producer_share", "services.total", 100),
    "services.units": ("services.unit_density", "base.firms", 1000),
    "services.design_centres": ("services.design_density", "base.firms", 1000),
    "services.laboratories": ("services.laboratory_density", "base.firms", 1000),
    "platforms.number": ("platforms.density", "base.firms", 1000),
    "platforms.users": ("platforms.use", "base.firms", 100),
    "platforms.standard_firms": ("platforms.standards", "base.firms", 1000),
    "platforms.contracts": ("platforms.technology", "base.gdp", 100),
    "resources.funds": ("resources.funding", "base.firms", 1),
    "resources.loans": ("resources.credit", "manufacturing.value_added", 100),
    "resources.highly_skilled": ("resources.skill", "resources.skilled", 100),
    "resources.trained": ("resources.training", "base.firms", 100),
    "adoption.firms": ("adoption.share", "base.firms", 100),
    "adoption.connected": ("adoption.remote", "base.firms", 100),
    "adoption.demonstrations": ("adoption.demonstration", "base.firms", 1000),
    "gains.profit": ("gains.margin", "base.revenue", 100),
}
"""Figure, the indicator that it is the numerator of, what it is measured against, and the indicator's factor."""

Ratios = dict[str, float]
Figures = dict[str, float]


def load(session: Session, registry: Registry, now: datetime) -> int:
    """Enter the statistics of the provinces and of one province's prefectures and return how many there are.

    It needs the synthetic enterprises, which are a share of the firms above scale.
    """
    questionnaire = asked(registry)
    codes = [
        one.code for one in (*children(None, CURRENT), *children(PROVINCE, CURRENT)) if one.code[:2] not in LEFT_OUT
    ]
    rows = list(_rows(session, questionnaire, codes, now))
    session.execute(insert(Statistic), rows)
    return len(rows)


def _rows(
    session: Session, questionnaire: Questionnaire, codes: Sequence[str], now: datetime
) -> Iterator[dict[str, Any]]:
    counts = {year: _counts(session, year) for year in YEARS}
    for code in codes:
        random = np.random.default_rng((SEED, int(code)))
        standing, coverage = float(random.uniform(0.25, 0.75)), float(random.uniform(*COVERAGE))
        for step, year in enumerate(YEARS):
            ratios = _ratios(questionnaire, random, standing + 0.02 * step)
            found = _figures(ratios, max(counts[year][code], 4) / coverage, random)
            for question, value in _rounded(questionnaire, found, random):
                yield {
                    "id": uuid.uuid5(SPACE, f"{code} {year} {question}"),
                    "region": code,
                    "year": year,
                    "question": question,
                    "value": value,
                    "source": SOURCE,
                    "published": date(year + 1, 3, 1),
                    "department_id": None,
                    "at": now,
                    "demo": True,
                }


def _counts(session: Session, year: int) -> Counter[str]:
    """Return how many synthetic enterprises took part, by province, prefecture and county."""
    query = select(EnterpriseResult.region).where(
        EnterpriseResult.slug == SLUG, EnterpriseResult.year == year, EnterpriseResult.scope == "entity"
    )
    counts: Counter[str] = Counter()
    for code in session.scalars(query):
        counts.update({f"{code[:2]}0000", f"{code[:4]}00", code})
    return counts


def _ratios(questionnaire: Questionnaire, random: np.random.Generator, standing: float) -> Ratios:
    """Return each indicator's ratio: somewhere between its goalposts, better where the region stands better."""
    ratios = {}
    for indicator in questionnaire.indicators.values():
        posts = indicator.goalposts
        if posts is not None and isinstance(posts.start, float) and isinstance(posts.end, float):
            at = min(0.98, max(0.02, standing + float(random.normal(0, 0.13))))
            ratios[indicator.id] = posts.start + at * (posts.end - posts.start)
    return ratios


def _figures(ratios: Ratios, firms: float, random: np.random.Generator) -> Figures:
    """Return the figures whose ratios these are, given the number of firms above scale."""
    employees = firms * float(random.uniform(*STAFF)) / 10_000
    added = ratios["efficiency.productivity"] * employees
    whole = added * 1.2  # all of manufacturing, with the firms below scale
    gdp = whole / (ratios["manufacturing.share"] / 100)
    found = {
        "base.firms": firms,
        "base.population": firms / ratios["manufacturing.density"],
        "base.employees": employees,
        "base.value_added": added,
        "base.revenue": added / (ratios["gains.value_rate"] / 100),
        "base.gdp": gdp,
        "manufacturing.value_added": whole,
        "services.total": gdp * 0.98 * (1 - ratios["manufacturing.share"] / 100) * float(random.uniform(0.7, 0.85)),
        "resources.skilled": employees * 10_000 * float(random.uniform(0.25, 0.45)),
        "gains.energy": -ratios["gains.energy_fall"],
    }
    for name, (indicator, against, factor) in PER.items():
        found[name] = ratios[indicator] / factor * found[against]
    prior = gdp * 0.04
    growth = ratios["gains.services_growth"] / 100
    return found | {"gains.services_prior": prior, "gains.services": prior * (1 + growth)}


def _rounded(questionnaire: Questionnaire, found: Figures, random: np.random.Generator) -> Iterator[tuple[str, float]]:
    for question, value in found.items():
        missing = float(random.random()) < MISSING
        if missing and not question.startswith("base."):
            continue
        decimals = getattr(questionnaire.questions[question], "decimals", 0)
        yield question, float(math.ceil(value)) if question == "base.firms" else round(value, decimals)
