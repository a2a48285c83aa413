"""The lock of published versions: one line `slug version digest` for each, never edited by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .digest import digest
from .faults import Fault, Faulty
from .loading import load
from .registry import Registry

LOCK = Path(__file__).parent / "published.lock"


@dataclass(frozen=True, slots=True)
class Published:
    """A line of the lock."""

    slug: str
    version: str
    digest: str
    line: int


def published(lock: Path = LOCK) -> tuple[list[Published], list[Fault]]:
    """Return the lines of the lock, and a fault for each that does not read. A lock that does not exist is empty."""
    lines = lock.read_text(encoding="utf-8").splitlines() if lock.exists() else []
    found, faults = [], []
    for number, line in enumerate(lines, start=1):
        match line.split():
            case [slug, version, value]:
                found.append(Published(slug, version, value, number))
            case _:
                faults.append(Fault.of("bad-lock", str(lock), number, (), {}))
    return found, faults


def published_faults(registry: Registry, lock: Path = LOCK) -> list[Fault]:
    """Return a fault for every published version that has changed or is gone."""
    lines, faults = published(lock)
    for line in lines:
        place, names = (str(lock), line.line, ()), {"slug": line.slug, "version": line.version}
        if line.version not in registry.versions(line.slug):
            faults.append(Fault.of("published-missing", *place, names))
        elif (found := digest(registry.folder(line.slug, line.version))) != line.digest:
            detail = {**names, "found": found[:12], "expected": line.digest[:12]}
            faults.append(Fault.of("published-changed", *place, detail))
    return faults


def publish(registry: Registry, slug: str, version: str, lock: Path = LOCK) -> Published:
    """Add a version to the lock and return its line; `Faulty` when it has errors, or is published with another digest."""
    questionnaire = load(registry.folder(slug, version))
    lines, faults = published(lock)
    if faults:
        raise Faulty(faults)
    for line in lines:
        if (line.slug, line.version) == (slug, version):
            if line.digest != questionnaire.digest:
                raise Faulty(published_faults(registry, lock))
            return line
    line = Published(slug, version, questionnaire.digest, len(lines) + 1)
    _write(lock, [*lines, line])
    return line


def _write(lock: Path, lines: list[Published]) -> None:
    """Replace the lock at once, so that a crash leaves the old or the new one."""
    beside = lock.with_suffix(".new")
    beside.write_text("".join(f"{line.slug} {line.version} {line.digest}\n" for line in lines), encoding="utf-8")
    beside.replace(lock)
