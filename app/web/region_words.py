"""What a region page's address asks for, and its figures in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response

from app.i18n import Translator
from app.services.comparisons import Choice, Line, Measure
from app.web.page import number

SHARES: Final = {"high_share", "service_share", "coverage"}


@dataclass(frozen=True)
class Query:
    """What the address asks for."""

    choice: Choice
    measure: Measure
    live: bool

    def link(self, **changes: Any) -> str:
        """Return the address of the same view with some of it changed."""
        wish = {
            "region": self.choice.region,
            "year": self.choice.year,
            "scope": self.choice.scope,
            "group": self.choice.group or "",
            "size": self.choice.size or "",
            "measure": self.measure,
            "source": "live" if self.live else "release",
        } | changes
        return f"/regions?{urlencode({key: value for key, value in wish.items() if value != ''})}"


def shown_value(translator: Translator, line: Line, measure: str) -> str:
    """Return a figure in words of the page: percent for shares, two decimals for scores, a dash or the reason for none."""
    value = getattr(line, measure)
    if line.suppressed:
        return translator.say("不予公布")
    if value is None:
        return "—"
    if measure == "number":
        return number(value)
    return f"{number(100 * value, 1)}%" if measure in SHARES else number(value, 2)


def as_csv(rows: Iterable[Iterable[str]], name: str) -> Response:
    """Return rows as a CSV file to save (UTF-8 with the mark that spreadsheet programs look for)."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + stream.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
