"""Releases: the table of a year and scope that everybody may see, suppressed as a whole, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import ConflictError, InvalidError
from app.models import Release, User
from app.repositories import releases
from app.services.cohorts import COUNTRY, SIZE_IDS, SLUG, Cohort
from questionnaires.regions import parent, regions
from scoring.disclosure import (
    CellKey,
    Lattice,
    Records,
    build_release,
    ledger_from_plain,
    ledger_to_plain,
    release_to_plain,
)

Key = tuple[str, str | None, str | None]
"""Region, industry group and size class; None for all."""


@dataclass(frozen=True)
class Table:
    """A release to read: its published cells by key; what is not there is suppressed."""

    release: Release
    cells: dict[Key, dict[str, Any]] = field(default_factory=dict)

    def cell(self, region: str, group: str | None = None, size: str | None = None) -> dict[str, Any] | None:
        """Return a published cell, None when it is suppressed."""
        return self.cells.get((region, group, size))


def table_of(release: Release) -> Table:
    """Return a release to read."""
    return Table(release, {(one["region"], one["group"], one["size"]): one for one in release.cells})


def lattice(cohort: Cohort) -> Lattice:
    """Return the fixed dimensions: every region of the tables, and whatever else enterprises are registered in."""
    codes = dict.fromkeys((*regions(), *(f"{code:06d}" for code in cohort.regions.tolist())))
    parents: dict[str, str | None] = {COUNTRY: None} | {code: parent(code) or COUNTRY for code in codes}
    return Lattice(parents, cohort.group_ids, SIZE_IDS)


def records(cohort: Cohort) -> Records:
    """Return the enterprises of a cohort as the disclosure rules read them."""
    return Records(
        enterprises=tuple(map(str, cohort.enterprises)),
        regions=tuple(f"{code:06d}" for code in cohort.regions.tolist()),
        groups=tuple(cohort.group_ids[place] for place in cohort.groups.tolist()),
        sizes=tuple(SIZE_IDS[place] for place in cohort.sizes.tolist()),
        digests=tuple(cohort.digests),
        scores=cohort.scores,
        levels=cohort.levels.astype(int),
        service_revenues=cohort.service,
        operating_revenues=cohort.operating,
    )


def publish(database: Database, cohort: Cohort, firms: dict[str, int], user: User | None, now: datetime) -> Release:
    """Make the next release of the cohort's year and scope; nobody waits while it is worked out.

    `firms` are the numbers of firms above scale by region; without a user the release is the demo's.
    Raises `InvalidError` when there is nobody to publish, `ConflictError` when somebody else published meanwhile.
    """
    if not len(cohort):
        raise InvalidError("这一年度和口径还没有可以发布的结果。")
    with database.reading() as session:
        earlier = releases.with_ledgers(session, SLUG, cohort.year, cohort.scope)
        ledgers = [ledger_from_plain(one.ledger) for one in earlier]
    above = {CellKey(code, None, None): number for code, number in firms.items()}
    made = build_release(lattice(cohort), records(cohort), ledgers, above)
    release = Release(
        slug=SLUG,
        year=cohort.year,
        scope=cohort.scope,
        number=len(earlier) + 1,
        cells=release_to_plain(made),
        ledger=ledger_to_plain(made.ledger),
        enterprises=len(cohort),
        demo=user is None,
        at=now,
        by=user.id if user else None,
    )
    try:
        with database.writing() as session:
            session.add(release)
    except IntegrityError:
        raise ConflictError("同一年度和口径刚刚有人发布过。请刷新页面查看。") from None
    return release


def newest(session: Session, scope: str, year: int) -> Table | None:
    """Return the newest release of a year and scope."""
    found = releases.of(session, SLUG, year, scope)
    return table_of(found[0]) if found else None
