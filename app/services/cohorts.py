"""The results of enterprises in columns, kept at hand and brought up to date as submissions arrive."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row

from app.clock import now
from app.db import Database
from app.models import EnterpriseResult, Submission
from app.repositories import results
from questionnaires.enterprise import SIZES
from questionnaires.industry_groups import industry_groups

SLUG: Final = "enterprise-evaluation"
ACCOUNTS: Final = "c1.accounts"
MAX_AGE: Final = timedelta(seconds=30)
"""So old may what is at hand be before the database is asked what has changed."""
SIZE_IDS: Final = tuple(SIZES)
COUNTRY: Final = "000000"


def record(submission: Submission) -> EnterpriseResult:
    """Return the row in which a submission of the enterprise evaluation is compared."""
    enterprise, nodes = submission.enterprise, submission.result["nodes"]
    dimensions = {name: node["value"] for name, node in nodes.items() if node["kind"] == "dimension"}
    service, operating = _revenues(submission.answers)
    return EnterpriseResult(
        organisation_id=submission.organisation_id,
        submission_id=submission.id,
        slug=submission.slug,
        version=submission.version,
        year=submission.year,
        scope=submission.scope,
        region=enterprise["region"],
        industry=enterprise["industry"],
        size=enterprise["size"],
        outcome=submission.outcome,
        level=submission.level,
        score=submission.score,
        dimensions=dimensions,
        service_revenue=service,
        operating_revenue=operating,
        digest=hashlib.sha256(submission.number.encode()).hexdigest()[:32],
        at=submission.submitted_at,
    )


def _revenues(answers: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """Return combined service revenue and operating revenue of the reporting year, in 万元; None where not given."""
    accounts = answers.get(ACCOUNTS) or {}
    figures = [accounts.get(row, {}).get("y0") for row in ("direct", "indirect", "revenue")]
    if any(figure is None for figure in figures):
        return None, None
    direct, indirect, revenue = map(float, figures)
    return direct + indirect, revenue


@dataclass(frozen=True, slots=True)
class Cohort:
    """The enterprises with a level of one year and scope, in columns of equal length.

    `regions` are codes as numbers, `groups` and `sizes` places in `group_ids` and `SIZE_IDS`; revenues in 万元, NaN where not known.
    """

    year: int
    scope: str
    enterprises: NDArray[np.object_]
    regions: NDArray[np.int64]
    groups: NDArray[np.int8]
    sizes: NDArray[np.int8]
    levels: NDArray[np.int8]
    scores: NDArray[np.float64]
    service: NDArray[np.float64]
    operating: NDArray[np.float64]
    digests: NDArray[np.object_]
    group_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.enterprises)

    def where(self, chosen: NDArray[np.bool_]) -> Cohort:
        """Return the enterprises that are chosen."""
        columns = {name: getattr(self, name)[chosen] for name in COLUMNS}
        return Cohort(self.year, self.scope, **columns, group_ids=self.group_ids)

    def inside(self, region: str) -> NDArray[np.bool_]:
        """Return which enterprises lie in a region's subtree."""
        if region == COUNTRY:
            return np.ones(len(self), np.bool_)
        width = 10_000 if region.endswith("0000") else 100 if region.endswith("00") else 1
        return np.asarray(self.regions // width == int(region) // width)


COLUMNS: Final = (
    "enterprises",
    "regions",
    "groups",
    "sizes",
    "levels",
    "scores",
    "service",
    "operating",
    "digests",
)


def cohort_of(year: int, scope: str, rows: Sequence[Row[Any]]) -> Cohort:
    """Return rows of `results.compared` as columns."""
    groups = industry_groups(date(year, 12, 31))
    place = {division: number for number, group in enumerate(groups) for division in group.divisions}
    sizes = {size: number for number, size in enumerate(SIZE_IDS)}
    columns = list(zip(*rows, strict=True)) or [()] * len(results.COMPARED)
    return Cohort(
        year=year,
        scope=scope,
        enterprises=np.array(columns[0], object),
        regions=np.array(columns[1], object).astype(np.int64),
        groups=np.array([place[division] for division in columns[2]], np.int8),
        sizes=np.array([sizes[size] for size in columns[3]], np.int8),
        levels=np.array(columns[4], np.int8),
        scores=np.array(columns[5], float),
        service=np.array(columns[6], float),
        operating=np.array(columns[7], float),
        digests=np.array(columns[8], object),
        group_ids=tuple(group.id for group in groups),
    )


@dataclass
class _Kept:
    rows: dict[Any, Row[Any]]
    cohort: Cohort
    newest: datetime | None
    looked: datetime


@dataclass
class Cohorts:
    """The cohorts at hand in this process. What is older than `MAX_AGE` is brought up to date by what has changed since."""

    database: Database
    clock: Callable[[], datetime] = now
    _kept: dict[tuple[str, int], _Kept] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, scope: str, year: int) -> Cohort:
        """Return the cohort of a scope and year, at most `MAX_AGE` behind."""
        with self._lock:
            kept, at = self._kept.get((scope, year)), self.clock()
            if kept is None or at - kept.looked > MAX_AGE:
                kept = self._kept[scope, year] = self._refreshed(scope, year, kept, at)
            return kept.cohort

    def _refreshed(self, scope: str, year: int, kept: _Kept | None, at: datetime) -> _Kept:
        with self.database.reading() as session:
            changed = results.compared(session, SLUG, scope, year, kept.newest if kept else None)
            merged = (kept.rows if kept else {}) | {row[0]: row for row in changed}
            if len(merged) != results.number(session, SLUG, scope, year):  # some were taken away
                merged = {row[0]: row for row in results.compared(session, SLUG, scope, year)}
        if kept and merged == kept.rows:
            return _Kept(kept.rows, kept.cohort, kept.newest, at)
        rows = list(merged.values())
        return _Kept(merged, cohort_of(year, scope, rows), max((row[-1] for row in rows), default=None), at)
