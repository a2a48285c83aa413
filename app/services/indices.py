"""Indices of many units from a questionnaire and a data file, both outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services.engines import engine_of
from questionnaires.checking import version_folders
from questionnaires.faults import Fault, Faulty
from questionnaires.loading import HEADER, load_anywhere
from questionnaires.registry import Registry, version_order
from questionnaires.types import Questionnaire
from questionnaires.units import Units, read_units
from scoring.answers import encode_many
from scoring.index.engine import Draws, IndexResult, index
from scoring.index.plain import to_plain


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """An index with the questionnaire and the units it is of."""

    questionnaire: Questionnaire
    units: Units
    result: IndexResult

    def plain(self) -> dict[str, Any]:
        """Return it as `servimeter index --json` prints it."""
        plain, title = to_plain(self.result, self.units.names, self.units.years), self.questionnaire.title
        return {**plain, "questionnaire": {**plain["questionnaire"], "title": {"zh": title.zh, "en": title.en}}}


def work_out(questionnaire: Questionnaire, data: Path, draws: Draws | None) -> WorkedOut:
    """Return the index of the units in a CSV file. Raises `Faulty` with all faults of the file."""
    compiled = engine_of(questionnaire)
    units = read_units(data, compiled.model)
    batch = encode_many(compiled, units.answers, years=units.years)
    return WorkedOut(questionnaire, units, index(compiled, batch, units.years, draws))


def named(text: str, registry: Registry) -> Questionnaire:
    """Return the questionnaire that SLUG, SLUG@VERSION, a folder or its questionnaire.yaml stands for; `Faulty` when there is none."""
    slug, _, version = text.partition("@")
    if slug in registry.slugs():
        return registry.get(slug, version) if version else registry.latest(slug)
    path = Path(text)
    if not path.exists():
        registry.folder(slug, version or "–")
    if path.is_file() and path.name != HEADER:
        raise Faulty([Fault.of("missing-file", text, 0, (), {"name": HEADER})])
    folders = version_folders(path)
    if not folders:
        raise Faulty([Fault.of("missing-file", text, 0, (), {"name": HEADER})])
    return load_anywhere(max(folders, key=lambda folder: version_order(folder.name)))
