"""Answer files: one enterprise's or region's answers to one questionnaire, read strictly, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from scoring import faults as engine

from .description import Free, Record, Within
from .enterprise import industries, normalised_uscc, uscc_faults
from .entries import Entry, read_entries
from .faults import Fault, Faulty, did_you_mean, errors
from .reading import Reader
from .regions import CURRENT, regions
from .registry import Registry
from .text import Text
from .types import Questionnaire
from .types.words import Slug, Version

LISTED = 8
"""So many allowed words are listed in a message."""


@dataclass(frozen=True, kw_only=True)
class Name(Record):
    """A name as plain text or in both languages."""

    SHORT = "zh"
    zh: str
    en: str | None = None

    @property
    def text(self) -> Text:
        """Return it in both languages, the Chinese standing in where there is no other."""
        return Text(self.zh, self.en or self.zh)


@dataclass(frozen=True, kw_only=True)
class Enterprise(Record):
    """Who answers; `region` is a GB/T 2260 code, `industry` a division of GB/T 4754, `revenue` in 万元."""

    name: Name
    uscc: str | None = None
    region: str | None = None
    industry: str | None = None
    staff: Annotated[int, Within(low=0)] | None = None
    revenue: float | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerFile(Record):
    """The file as written. `answers` are plain values by question id."""

    questionnaire: Slug
    version: Version
    illustrative: Text | None = None
    enterprise: Enterprise
    year: Annotated[int, Within(low=1990, high=2100)]
    scope: Literal["entity", "consolidated"]
    entities: str | None = None
    audited: bool
    answers: Annotated[Mapping[str, Any], Free()]
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """A sound answer file with the questionnaire it answers; `warnings` are worth a look."""

    file: AnswerFile
    questionnaire: Questionnaire
    warnings: tuple[Fault, ...] = ()


def load_answers(path: Path, registry: Registry) -> Answers:
    """Return the answers in a YAML or JSON file; `Faulty` lists all faults when there is any error."""
    return answers_in(*read_entries(path), registry)


def answers_in(entry: Entry | None, faults: list[Fault], registry: Registry) -> Answers:
    """Return the answers in the entries of a file; `faults` are those of its outer form. Raises `Faulty`."""
    reader = Reader()
    file = reader.record(entry, AnswerFile) if entry else None
    faults = [*faults, *reader.faults]
    if file is None:
        raise Faulty(faults)
    faults += [*_enterprise(file.enterprise), *_scope(file)]
    questionnaire = _questionnaire(file, registry, faults)
    if questionnaire is None:
        raise Faulty(faults)
    if registry.model(file.questionnaire, file.version).needs_units:
        raise Faulty([*faults, file.place.at("questionnaire").fault("needs-units", slug=file.questionnaire)])
    faults += [*_answers(file, registry), *_notes(file, questionnaire)]
    if errors(faults):
        raise Faulty(faults)
    return Answers(file, questionnaire, tuple(faults))


def _questionnaire(file: AnswerFile, registry: Registry, faults: list[Fault]) -> Questionnaire | None:
    slug, version = file.questionnaire, file.version
    if version in registry.versions(slug):
        return registry.get(slug, version)
    known = registry.versions(slug)
    key = "version" if known else "questionnaire"
    hint = did_you_mean(version, known) if known else did_you_mean(slug, registry.slugs())
    faults.append(file.place.at(key).fault("unknown-questionnaire", slug=slug, version=version, hint=hint))
    return None


def _enterprise(enterprise: Enterprise) -> Iterator[Fault]:
    place = enterprise.place
    if enterprise.uscc is not None:
        yield from uscc_faults(normalised_uscc(enterprise.uscc), place.at("uscc"))
    if enterprise.region is not None and enterprise.region not in regions():
        yield place.at("region").fault("region", found=enterprise.region, date=CURRENT)
    if enterprise.industry is not None and enterprise.industry not in industries():
        yield place.at("industry").fault("industry", found=enterprise.industry)


def _scope(file: AnswerFile) -> Iterator[Fault]:
    if file.scope == "consolidated" and not file.entities:
        yield file.place.at("scope").fault("entities")


def _answers(file: AnswerFile, registry: Registry) -> Iterator[Fault]:
    model = registry.model(file.questionnaire, file.version)
    written = file.place.at("answers")
    for name, answer in file.answers.items():
        for found in engine.faults(model, {name: answer}):
            yield answer_fault(found, _place(written, name, found.path))


def _notes(file: AnswerFile, questionnaire: Questionnaire) -> Iterator[Fault]:
    for name in file.notes:
        if name not in questionnaire.questions and name not in questionnaire.indicators:
            hint = did_you_mean(name, questionnaire.questions)
            yield file.place.at("notes", name).fault("answer-unknown-question", got=name, hint=hint)


def _place(written: Entry, name: str, path: str) -> Entry:
    """Return where a fault's path (QUESTION.ROW.COLUMN) stands in the file."""
    inner = [part for part in path.removeprefix(name).split(".") if part]
    return written.at(name, *inner)


def answer_fault(found: engine.Fault, place: Entry) -> Fault:
    """Return the engine's fault as one with messages in both languages."""
    detail = {key: _shown(value) for key, value in found.detail.items()}
    allowed = found.detail.get("allowed")
    hint = did_you_mean(str(found.detail.get("got")), allowed) if allowed else Text("", "")
    either = {"least": "–", "most": "–", **detail}
    return place.fault(
        f"answer-{found.code}", **{"got": "", "expected": "", **either, "path": found.path, "hint": hint}
    )


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return ", ".join(map(str, value[:LISTED])) if isinstance(value, list) else str(value)
