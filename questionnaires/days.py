"""Reads a date as people type it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Final

_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)


def read_day(typed: str) -> datetime.date | None:
    """Return the date that was typed (2025-03-01, 2025/3/1, 2025年3月1日), None when it is none."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", typed).replace(" ", ""))
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
