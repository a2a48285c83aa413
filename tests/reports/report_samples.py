"""Answer files to make reports of, whole and with gaps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from questionnaires.registry import Registry

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "questionnaires" / "enterprise-evaluation" / "examples"
FOREIGN = ROOT / "tests" / "foreign"
MADE = datetime(2026, 3, 18, 6, 40, tzinfo=UTC)
GAPS = ("a1.positioning", "b2.safety", "c1.accounts", "integrity.safety")


@cache
def registry() -> Registry:
    return Registry([FOREIGN, ROOT / "tests" / "assessments" / "questionnaires"])


def without(written: str, dropped: Iterable[str]) -> str:
    """The text of an answer file less some answers, each with the lines below it."""
    kept, dropping = [], False
    for line in written.splitlines():
        if line.startswith("  ") and not line.startswith("   "):
            dropping = line.strip().split(":")[0] in dropped
        elif line and not line.startswith(" "):
            dropping = False
        kept += [] if dropping else [line]
    return "\n".join(kept)
