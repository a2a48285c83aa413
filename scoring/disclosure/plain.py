"""Releases and ledgers as plain values, ready for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.disclosure.changes import CellKey, Ledger, Place
from scoring.disclosure.release import Figures, Release


def release_to_plain(release: Release) -> list[dict[str, Any]]:
    """Return the published cells, and nothing that is not public. A cell of the lattice that is not listed is suppressed."""
    return [
        {"region": key.region, "group": key.group, "size": key.size, **_figures(figures)}
        for key, figures in release.figures.items()
    ]


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "number": figures.number,
        "coverage": figures.coverage,
        "mean_score": figures.mean_score,
        "median_score": figures.median_score,
        "high_share": figures.high_share,
        "levels": list(figures.levels),
        "service_share": figures.service_share,
    }


def ledger_to_plain(ledger: Ledger) -> dict[str, Any]:
    """Return a ledger as plain values. Secret: it names enterprises."""
    return {
        "places": {enterprise: list(place) for enterprise, place in ledger.places.items()},
        "published": _listed(ledger.published),
        "shares": _listed(ledger.shares),
    }


def ledger_from_plain(plain: Mapping[str, Any]) -> Ledger:
    """Return the ledger that `ledger_to_plain` wrote."""
    return Ledger(
        {enterprise: Place(*place) for enterprise, place in plain["places"].items()},
        frozenset(CellKey(*cell) for cell in plain["published"]),
        frozenset(CellKey(*cell) for cell in plain["shares"]),
    )


def _listed(cells: Iterable[CellKey]) -> list[list[str | None]]:
    return sorted(([*cell] for cell in cells), key=lambda cell: [part or "" for part in cell])
