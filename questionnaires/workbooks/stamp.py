"""The hidden sheet that says what a workbook is: which version, whose, for which year, and from which answers it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

FORMAT: Final = "servimeter-workbook-1"
SHEET: Final = "_servimeter"
LISTS: Final = "_lists"
"""The hidden sheet of the options."""


@dataclass(frozen=True, slots=True)
class Base:
    """An answer when the workbook was made: how often it had been saved, and the fingerprint of what it was."""

    revision: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook is. `assessment` is empty where it was made without a server; `subject` are the facts of the enterprise."""

    slug: str
    version: str
    digest: str
    language: str
    year: int | None = None
    assessment: str = ""
    subject: Mapping[str, Any] = field(default_factory=dict)
    bases: Mapping[str, Base] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield the rows of the hidden sheet."""
        yield FORMAT, "", ""
        yield from (("slug", self.slug, ""), ("version", self.version, ""), ("digest", self.digest, ""))
        yield "language", self.language, ""
        yield "year", str(self.year or ""), ""
        yield "assessment", self.assessment, ""
        for key, value in self.subject.items():
            yield f"subject:{key}", json.dumps(value, ensure_ascii=False), ""
        for question, base in self.bases.items():
            yield f"base:{question}", str(base.revision), base.fingerprint


def stamp_of(rows: list[tuple[str, str, str]]) -> Stamp | None:
    """Return what the rows of the hidden sheet say, None when they are no stamp."""
    if not rows or rows[0][0] != FORMAT:
        return None
    plain = {key: value for key, value, _ in rows if ":" not in key}
    try:
        return Stamp(
            **{name: plain[name] for name in ("slug", "version", "digest", "language", "assessment")},
            year=int(plain["year"]) if plain["year"] else None,
            subject={
                key.removeprefix("subject:"): json.loads(one) for key, one, _ in rows if key.startswith("subject:")
            },
            bases={
                key.removeprefix("base:"): Base(int(revision), print_)
                for key, revision, print_ in rows
                if key.startswith("base:")
            },
        )
    except (KeyError, ValueError):
        return None


def fingerprint(value: Any, note: str) -> str:
    """Return a short digest of an answer and its note."""
    plain = json.dumps([_canonical(value), note], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _canonical(value: Any) -> Any:
    """Return the value with 20 and 20.0 alike: databases do not all keep them apart."""
    if isinstance(value, Mapping):
        return {key: _canonical(one) for key, one in value.items()}
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
