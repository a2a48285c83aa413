"""Everything that `servimeter questionnaires check` looks at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .answers import load_answers
from .catalogue import FOLDER, read_catalogue, read_glossary
from .disclosures import read_disclosures
from .faults import Fault, Faulty, errors
from .linking import links_lead_somewhere
from .loading import HEADER, examine
from .published import LOCK, published_faults
from .registry import Registry


def check_all(registry: Registry, lock: Path = LOCK) -> list[Fault]:
    """Return every fault of the catalogue, the glossary, the disclosures, all questionnaires, their examples and the lock."""
    nodes, faults = read_catalogue(FOLDER / "standards-system.yaml")
    if nodes:
        faults += read_glossary(FOLDER / "glossary.yaml", nodes)[1]
    faults += read_disclosures(FOLDER / "disclosures.yaml")[1]
    if faults:
        return faults
    for slug in registry.slugs():
        folders = [registry.folder(slug, version) for version in registry.versions(slug)]
        faults += [fault for folder in folders for fault in _version(folder, registry)]
        faults += [fault for parent in {folder.parent for folder in folders} for fault in _examples(parent, registry)]
    return faults + published_faults(registry, lock)


def check_path(path: Path, registry: Registry) -> list[Fault]:
    """Return every fault at a path: a version's folder, a folder of slugs or of versions, or an answers file."""
    if path.is_file() and path.name != HEADER:
        return _answers(path, registry)
    folders = version_folders(path)
    if not folders:
        return [Fault.of("missing-file", str(path), 0, (), {"name": HEADER})]
    faults = [fault for folder in folders for fault in _version(folder, registry)]
    return faults + [fault for parent in {one.parent for one in folders} for fault in _examples(parent, registry)]


def _version(folder: Path, registry: Registry) -> list[Fault]:
    found = examine(folder)
    if found.questionnaire is None or errors(found.faults):
        return list(found.faults)
    return [*found.faults, *links_lead_somewhere(found.questionnaire, registry)]


def version_folders(path: Path) -> list[Path]:
    """Return the version folders at, one or two levels below a path."""
    if path.name == HEADER:
        return [path.parent]
    found = (path.glob(pattern + HEADER) for pattern in ("", "*/", "*/*/"))
    return sorted(header.parent for headers in found for header in headers)


def _examples(parent: Path, registry: Registry) -> Iterator[Fault]:
    for path in sorted((parent / "examples").glob("*.yaml")):
        faults = _answers(path, registry)
        yield from faults
        if not faults and load_answers(path, registry).file.illustrative is None:
            yield Fault.of("not-illustrative", str(path), 1, (), {})


def _answers(path: Path, registry: Registry) -> list[Fault]:
    try:
        return list(load_answers(path, registry).warnings)
    except Faulty as error:
        return list(error.faults)
