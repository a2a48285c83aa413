"""Regions side by side: from a release for everybody, live for a department inside its own subtree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from app.services.cohorts import COUNTRY, SIZE_IDS, Cohort
from app.services.releases import Table
from questionnaires.regions import CURRENT, Region, children, region
from questionnaires.text import Text
from scoring import comparison

Measure = Literal["mean", "adjusted", "median", "high_share", "service_share", "number"]
MEASURES: Final[tuple[Measure, ...]] = ("mean", "adjusted", "median", "high_share", "service_share", "number")
WHOLE: Final = Text("全国", "The whole country")
FEWEST: Final = 5
"""From so many enterprises on a figure of a region says something; below it is shown as too few, even live."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is compared: the regions below `region`, in a year and scope, of an industry group and size class (None: all)."""

    region: str
    year: int
    scope: str = "entity"
    group: str | None = None
    size: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A region's figures, None where suppressed or not to be computed; `low` and `high` bound the mean at 5–95 % (live only).

    `change`, `real` and `composition` say how the mean changed since the year before.
    """

    code: str
    name: Text
    number: int | None
    mean: float | None = None
    adjusted: float | None = None
    median: float | None = None
    low: float | None = None
    high: float | None = None
    high_share: float | None = None
    levels: tuple[int, ...] | None = None
    service_share: float | None = None
    coverage: float | None = None
    change: float | None = None
    real: float | None = None
    composition: float | None = None

    @property
    def suppressed(self) -> bool:
        """Whether nothing of the region may be shown."""
        return self.number is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The region itself and those below it. `live` says that the figures come from the submissions, not from a release."""

    choice: Choice
    whole: Line
    lines: tuple[Line, ...]
    live: bool


def name_of(code: str) -> Text:
    """Return the name of a region; the code itself where no table has it."""
    found = region(code, CURRENT)
    return WHOLE if code == COUNTRY else found.name if found else Text(code, code)


def below(code: str) -> tuple[Region, ...]:
    """Return the regions directly below a code."""
    return children(None if code == COUNTRY else code, CURRENT)


def published(table: Table, choice: Choice) -> Comparison:
    """Return what a release says."""
    codes = [one.code for one in below(choice.region)]
    whole, *lines = (_published(table, code, choice) for code in (choice.region, *codes))
    return Comparison(choice, whole, tuple(lines), live=False)


def _published(table: Table, code: str, choice: Choice) -> Line:
    cell = table.cell(code, choice.group, choice.size)
    if cell is None:
        return Line(code, name_of(code), None)
    return Line(
        code=code,
        name=name_of(code),
        number=cell["number"],
        mean=cell["mean_score"],
        median=cell["median_score"],
        high_share=cell["high_share"],
        levels=tuple(cell["levels"]),
        service_share=cell["service_share"],
        coverage=cell["coverage"],
    )


def live(cohort: Cohort, before: Cohort | None, choice: Choice, firms: dict[str, int]) -> Comparison:
    """Return what the submissions say now; `before` is the cohort of the year before, `firms` those above scale by region."""
    codes = [one.code for one in below(choice.region)]
    now = _placed(cohort, choice, codes)
    lines = _lines(now, codes, None if before is None else _placed(before, choice, codes), firms)
    whole = _lines(
        _whole(now), [choice.region], None if before is None else _whole(_placed(before, choice, codes)), firms
    )
    return Comparison(choice, whole[0], tuple(lines), live=True)


@dataclass(frozen=True, slots=True)
class _Placed:
    """The enterprises chosen, with the place of their region among the codes."""

    cohort: Cohort
    places: np.ndarray[tuple[int], np.dtype[np.int64]]

    @property
    def kinds(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return self.cohort.groups.astype(np.int64) * len(SIZE_IDS) + self.cohort.sizes


def _placed(cohort: Cohort, choice: Choice, codes: Sequence[str]) -> _Placed:
    chosen = cohort.inside(choice.region)
    if choice.group is not None:
        chosen = chosen & (cohort.groups == cohort.group_ids.index(choice.group))
    if choice.size is not None:
        chosen = chosen & (cohort.sizes == SIZE_IDS.index(choice.size))
    picked = cohort.where(chosen)
    return _Placed(picked, _places(picked, codes))


def _places(cohort: Cohort, codes: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return for each enterprise which of the codes it lies in; the last place, beyond the codes, is for those in none."""
    places = np.full(len(cohort), len(codes), np.int64)
    for width in (1, 100, 10_000):
        heads = {int(code) // width: place for place, code in enumerate(codes) if _width(code) == width}
        if heads:
            keys = np.array(sorted(heads))
            values = np.array([heads[int(key)] for key in keys])
            at = np.searchsorted(keys, cohort.regions // width).clip(max=len(keys) - 1)
            hit = keys[at] == cohort.regions // width
            places[hit] = values[at[hit]]
    return places


def _width(code: str) -> int:
    return 10_000 if code.endswith("0000") else 100 if code.endswith("00") else 1


def _whole(placed: _Placed) -> _Placed:
    return _Placed(placed.cohort, np.zeros(len(placed.cohort), np.int64))


def _lines(now: _Placed, codes: Sequence[str], before: _Placed | None, firms: dict[str, int]) -> list[Line]:
    size, cohort = len(codes) + 1, now.cohort
    found = comparison.figures(
        now.places, size, cohort.scores, cohort.levels.astype(np.int64), cohort.service, cohort.operating
    )
    adjusted = comparison.adjusted(now.places, size, now.kinds, cohort.scores)
    changes = _changes(now, before, size)
    return [
        Line(
            code=code,
            name=name_of(code),
            number=int(found.number[place]),
            mean=_known(found.mean[place]),
            adjusted=_known(adjusted[place]),
            median=_known(found.median[place]),
            low=_known(found.low[place]),
            high=_known(found.high[place]),
            high_share=_known(found.high_share[place]),
            levels=tuple(int(one) for one in found.levels[place]),
            service_share=_known(found.service_share[place]),
            coverage=int(found.number[place]) / firms[code] if firms.get(code) else None,
            **_changed(changes, place),
        )
        for place, code in enumerate(codes)
    ]


def _changes(now: _Placed, before: _Placed | None, size: int) -> comparison.Change | None:
    if before is None or not len(before.cohort) or not len(now.cohort):
        return None
    kinds = len(now.cohort.group_ids) * len(SIZE_IDS)
    years = ((one.places, one.kinds, one.cohort.scores) for one in (before, now))
    return comparison.change(size, kinds, *years)


def _changed(changes: comparison.Change | None, place: int) -> dict[str, float | None]:
    if changes is None:
        return {}
    columns = {"change": changes.total, "real": changes.real, "composition": changes.composition}
    return {name: _known(column[place]) for name, column in columns.items()}


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def ranked(lines: Sequence[Line], measure: Measure) -> list[tuple[int | None, Line]]:
    """Return the lines from the highest value of a measure on, with their ranks; equal values share a rank, those without come last."""
    known = [line for line in lines if getattr(line, measure) is not None and (line.number or 0) >= FEWEST]
    known.sort(key=lambda line: (-getattr(line, measure), line.code))
    rest = sorted((line for line in lines if line not in known), key=lambda line: line.code)
    ranks = {line.code: 1 + sum(getattr(other, measure) > getattr(line, measure) for other in known) for line in known}
    return [(ranks[line.code], line) for line in known] + [(None, line) for line in rest]
