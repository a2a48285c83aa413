"""The index of the regions below one, for those who may see it by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from app.errors import NotFoundError
from app.models import Department, Release, User
from app.repositories import statistics as rows
from app.services import departments, regional
from app.services.cohorts import COUNTRY, Cohorts
from app.services.comparisons import Choice, below
from app.services.engines import engine_of
from app.services.region_figures import Datum, answers, figures, lines_of, public
from app.services.statistics import asked
from questionnaires.regions import CURRENT, parent, region, regions
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire
from scoring.answers import encode_many
from scoring.index.engine import Draws, index
from scoring.index.plain import to_plain

DRAWS = Draws()


@dataclass(frozen=True)
class RegionIndex:
    """The index of the regions below one in a year.

    `figures` by region say what it is made of, `found` is what the engine says of them (`scoring.index.plain`), None without regions.
    `live` says that the enterprises' figures come from the submissions and that statistics not yet public take part.
    """

    region: str
    year: int
    years: tuple[int, ...]
    questionnaire: Questionnaire
    figures: dict[str, tuple[Datum, ...]]
    found: dict[str, Any] | None
    department: Department
    in_charge: bool
    live: bool
    release: Release | None

    @property
    def synthetic(self) -> bool:
        """Whether any figure is a demo's."""
        return any(one.statistic is not None and one.statistic.demo for data in self.figures.values() for one in data)


def onlooker(session: Session, user: User, code: str) -> tuple[Department, bool]:
    """Return the department through which a person sees the index below a region, and whether it is in charge of that region.

    It goes to the region's own department and those above it, and to the departments of the regions that are ranked.
    Raises `NotFoundError`.
    """
    own = departments.of_user(session, user)
    known = code == COUNTRY or code in regions()
    for one in own if known else ():
        if departments.covers(one, code):
            return one, True
    for one in own if known else ():
        if (parent(one.region) or COUNTRY) == code:
            return one, False
    raise NotFoundError("没有找到这个页面。")


def region_index(  # noqa: PLR0913, PLR0917 - who asks for what
    session: Session,
    registry: Registry,
    cohorts: Cohorts,
    user: User,
    code: str,
    year: int | None,
    *,
    today: date,
    live: bool,
) -> RegionIndex:
    """Return the index; live only for a department in charge. Raises `NotFoundError` for those who may not see it."""
    department, in_charge = onlooker(session, user, code)
    live = live and in_charge
    codes = _ranked(code, department, in_charge=in_charge)
    years = tuple(rows.years(session, codes))
    chosen = year or max(years, default=today.year - 1)
    view = regional.view(session, cohorts, user, Choice(code, chosen), live=live)
    stored = rows.stored(session, codes, [chosen])
    seen = stored if live else public(stored, today)
    lines, questionnaire = lines_of(view.comparison), asked(registry)
    data = {one: figures(questionnaire, one, chosen, seen, lines.get(one)) for one in codes}
    return RegionIndex(
        region=code,
        year=chosen,
        years=tuple(sorted({*years, chosen}, reverse=True)),
        questionnaire=questionnaire,
        figures=data,
        found=_worked_out(questionnaire, data, chosen) if data else None,
        department=department,
        in_charge=in_charge,
        live=live,
        release=view.release,
    )


def _ranked(code: str, department: Department, *, in_charge: bool) -> list[str]:
    """Return the regions that are ranked: all below, or for one of them those of its own rank."""
    found, own = below(code), region(department.region, CURRENT)
    return [one.code for one in found if in_charge or (own is not None and one.rank == own.rank)]


@dataclass(frozen=True)
class _Content:
    """Everything that an index depends on."""

    key: tuple[str, str, str]
    year: int
    figures: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]


def _worked_out(questionnaire: Questionnaire, data: dict[str, tuple[Datum, ...]], year: int) -> dict[str, Any]:
    content = _Content(
        (questionnaire.slug, questionnaire.version, questionnaire.digest),
        year,
        tuple((code, tuple(answers(one).items())) for code, one in data.items()),
    )
    return _kept(_Ask(questionnaire, content))


class _Ask:
    """A questionnaire with content, equal when the content is."""

    def __init__(self, questionnaire: Questionnaire, content: _Content) -> None:
        self.questionnaire = questionnaire
        self.content = content

    def __hash__(self) -> int:
        return hash(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ask) and self.content == other.content


@lru_cache(maxsize=32)
def _kept(ask: _Ask) -> dict[str, Any]:
    compiled, content = engine_of(ask.questionnaire), ask.content
    codes, years = [code for code, _ in content.figures], [content.year] * len(content.figures)
    batch = encode_many(compiled, [dict(given) for _, given in content.figures], years=years)
    return to_plain(index(compiled, batch, years, DRAWS), codes, years)
