"""What frameworks of sustainability disclosure ask firms to report on; indicators name the disclosures that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from .catalogue import FOLDER, duplicates, read_sound, read_whole
from .description import Pattern, Record, Ref
from .faults import Fault
from .references import dangling
from .text import Text
from .types.words import Id, Word

CODE = Pattern(
    "bad-id", r"[0-9A-Z]+([.-][0-9A-Z]+)*", Text('加引号的编号，例如 "302-1"', 'a quoted code such as "302-1"')
)


@dataclass(frozen=True, kw_only=True)
class Framework(Record):
    """A document that lists what to disclose."""

    id: Word
    name: Text
    title: Text
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Disclosure(Record):
    """A thing to disclose; `code` is its number in the framework where it has one."""

    id: Id
    framework: Annotated[str, Ref("framework")]
    dimension: Literal["environment", "society", "governance"]
    name: Text
    code: Annotated[str, CODE] | None = None


@dataclass(frozen=True, kw_only=True)
class Disclosures(Record):
    """The frameworks and, in the order of each, its disclosures."""

    frameworks: tuple[Framework, ...]
    disclosures: tuple[Disclosure, ...]

    @cached_property
    def by_id(self) -> dict[str, Disclosure]:
        """Return the disclosures by id."""
        return {one.id: one for one in self.disclosures}

    def of(self, framework: str) -> tuple[Disclosure, ...]:
        """Return the disclosures of a framework, in order."""
        return tuple(one for one in self.disclosures if one.framework == framework)


@cache
def disclosures() -> Disclosures:
    """Return the built-in disclosures; `Faulty` if their file has a fault."""
    return read_sound(*read_disclosures(FOLDER / "disclosures.yaml"))


def read_disclosures(path: Path) -> tuple[Disclosures | None, list[Fault]]:
    """Return the disclosures in a file, with every fault found."""
    found, faults = read_whole(path, Disclosures)
    if found:
        frameworks = [(one.id, one.place.at("id")) for one in found.frameworks]
        faults += duplicates(frameworks)
        faults += duplicates((one.id, one.place.at("id")) for one in found.disclosures)
        faults += dangling(found, {"framework": [name for name, _ in frameworks]})
    return found, faults
