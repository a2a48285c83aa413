"""Answers that are begun: kept so that nothing typed is lost, and left out of scoring until they are whole."""

from __future__ import annotations

from typing import Any

from .types import AnyQuestion, Checklist, Ladder, MultiChoice


def finished(question: AnyQuestion, value: Any) -> Any:
    """Return the part of a stored answer that scoring may read; None when there is none."""
    if value is None or (isinstance(value, dict) and value.get("na") == ""):
        return None
    match question:
        case Ladder():
            return value if "na" in value or value["level"] == 0 or "degree" in value else None
        case MultiChoice():
            return value if isinstance(value, dict) or len(value) >= (question.min or 0) else None
        case Checklist() if "na" not in value:
            return {group: clauses for group, clauses in value.items() if clauses.get("na") != ""} or None
    return value
