"""What a visitor may see of a region: live where one of their departments is in charge, else the newest release."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.models import Department, EnterpriseResult, Release, User
from app.repositories import releases as release_rows
from app.repositories import results, statistics
from app.services import comparisons, departments, releases
from app.services.cohorts import COUNTRY, SLUG, Cohorts
from app.services.comparisons import Choice, Comparison
from questionnaires.regions import regions

ABOVE_SCALE = "base.firms"
"""The statistic that counts firms above scale; coverage is measured against it."""


@dataclass(frozen=True)
class View:
    """A comparison with where it comes from: a release, or the submissions of a department's own subtree."""

    comparison: Comparison | None
    release: Release | None
    department: Department | None
    years: tuple[int, ...]


def in_charge(session: Session, user: User | None, region: str) -> Department | None:
    """Return the department of this person that a region belongs to."""
    own = departments.of_user(session, user) if user else ()
    return next((one for one in own if departments.covers(one, region)), None)


def in_charge_of(session: Session, user: User) -> str | None:
    """Return the region of a person's first department."""
    return next((one.region for one in departments.of_user(session, user)), None)


def view(session: Session, cohorts: Cohorts, user: User | None, choice: Choice, *, live: bool) -> View:
    """Return the comparison; live only for a region that one of the person's departments is in charge of."""
    if choice.region != COUNTRY and choice.region not in regions():
        raise NotFoundError("没有代码为 %(code)s 的地区。", code=choice.region)
    department = in_charge(session, user, choice.region)
    years = _years(session, choice.scope, everything=department is not None)
    if live and department:
        return View(_live(session, cohorts, choice), None, department, years)
    table = releases.newest(session, choice.scope, choice.year)
    found = comparisons.published(table, choice) if table else None
    return View(found, table.release if table else None, department, years)


def _live(session: Session, cohorts: Cohorts, choice: Choice) -> Comparison:
    firms = firms_above_scale(session, choice.year)
    cohort, before = (cohorts.get(choice.scope, year) for year in (choice.year, choice.year - 1))
    return comparisons.live(cohort, before, choice, firms)


def firms_above_scale(session: Session, year: int) -> dict[str, int]:
    """Return the numbers of firms above scale by region."""
    return {code: int(value) for code, value in statistics.by_region(session, ABOVE_SCALE, year).items()}


def _years(session: Session, scope: str, *, everything: bool) -> tuple[int, ...]:
    if everything:
        return tuple(results.years(session, SLUG, scope))
    return tuple(dict.fromkeys(one.year for one in release_rows.every(session, SLUG) if one.scope == scope))


def newest_year(session: Session, scope: str) -> int | None:
    """Return the newest year that has a release, else the newest that has results."""
    published = [one.year for one in release_rows.every(session, SLUG) if one.scope == scope]
    return max(published, default=None) or max(results.years(session, SLUG, scope), default=None)


def enterprises(session: Session, department: Department, choice: Choice) -> list[EnterpriseResult]:
    """Return the named enterprises of a region in the department's subtree, by name."""
    if not departments.covers(department, choice.region):
        raise NotFoundError("没有找到这个页面。")
    code = choice.region
    prefix = "" if code == COUNTRY else code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return list(results.within(session, SLUG, choice.scope, choice.year, prefix))
