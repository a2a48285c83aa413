"""Provinces, prefectures and counties by their GB/T 2260 code and a date; see codes/README.md for where the table comes from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from .text import Text

TABLE = Path(__file__).parent / "codes" / "regions.csv"
CURRENT = date(2021, 3, 22)
"""The day of the newest table."""

Rank = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Region:
    """A region as the tables list it.

    It began after `after` (None: before the oldest table) and ended before `before` (None: it is in the newest one). `transcribed` says
    that the English name is a machine's pinyin.
    """

    code: str
    name: Text
    transcribed: bool
    after: date | None
    before: date | None

    @property
    def rank(self) -> Rank:
        """Return what kind of region its code says it is."""
        if self.code.endswith("0000"):
            return "province"
        return "prefecture" if self.code.endswith("00") else "county"

    def valid(self, on: date) -> bool:
        """Return whether it may have been in force on a day."""
        return (self.after is None or on > self.after) and (self.before is None or on < self.before)


@cache
def regions() -> dict[str, tuple[Region, ...]]:
    """Return the entries of each code, oldest first."""
    found: dict[str, tuple[Region, ...]] = {}
    with TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            region = _region(row)
            found[region.code] = (*found.get(region.code, ()), region)
    return found


def region(code: str, on: date) -> Region | None:
    """Return the region of a code on a day; of two that may have been in force, the newer. None if there was none."""
    valid = [one for one in regions().get(code, ()) if one.valid(on)]
    return valid[-1] if valid else None


def children(code: str | None, on: date) -> tuple[Region, ...]:
    """Return the regions directly below a code on a day, by code; the provinces for None."""
    found = (region(below, on) for below in _below().get(code, ()))
    return tuple(one for one in found if one)


def parent(code: str) -> str | None:
    """Return the code above: of a county its prefecture, or its province where there is none; of a province None."""
    if code.endswith("0000"):
        return None
    prefecture = f"{code[:4]}00"
    return prefecture if code != prefecture and prefecture in regions() else f"{code[:2]}0000"


def path(code: str, on: date) -> tuple[Region, ...]:
    """Return the regions from the province down to a code, as they were on a day; empty if the code is unknown then."""
    here = region(code, on)
    if here is None:
        return ()
    above = parent(code)
    return (*(path(above, on) if above else ()), here)


@cache
def _below() -> dict[str | None, tuple[str, ...]]:
    found: dict[str | None, list[str]] = {}
    for code in sorted(regions()):
        found.setdefault(parent(code), []).append(code)
    return {above: tuple(codes) for above, codes in found.items()}


def _region(row: dict[str, str]) -> Region:
    return Region(
        code=row["code"],
        name=Text(row["name"], row["en"] or row["pinyin"]),
        transcribed=not row["en"],
        after=_day(row["from"]),
        before=_day(row["until"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
