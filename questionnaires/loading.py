"""A folder in, a questionnaire out, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from .checks import cross_check
from .digest import digest
from .entries import read_entries
from .faults import Fault, Faulty, errors
from .reading import Reader
from .types import Header, Parameter, Parameters, Questionnaire, Section

HEADER = "questionnaire.yaml"
PARAMETERS = "parameters.yaml"
BY_PLACE = frozenset({"folder-name", "stray-file"})
"""Faults of where a questionnaire lies, which matter only where it is found by that."""
Kind = TypeVar("Kind", Header, Section, Parameters)


@dataclass(frozen=True, slots=True)
class Examination:
    """What a folder holds: the questionnaire if it could be built at all, and every fault found."""

    questionnaire: Questionnaire | None
    faults: tuple[Fault, ...]


def load(folder: Path) -> Questionnaire:
    """Return the questionnaire in `folder`; `Faulty` lists all faults when it has any error."""
    found = examine(folder)
    if found.questionnaire is None or errors(found.faults):
        raise Faulty(found.faults)
    return found.questionnaire


def load_anywhere(folder: Path) -> Questionnaire:
    """Return the questionnaire in a folder that is found by its path alone: its name and what else lies there do not matter."""
    found = examine(folder)
    faults = [fault for fault in found.faults if fault.code not in BY_PLACE]
    if found.questionnaire is None or errors(faults):
        raise Faulty(faults)
    return found.questionnaire


def examine(folder: Path) -> Examination:
    """Read and cross-check a version's folder. The cross-checks run once every part can be built."""
    reader = Reader()
    questionnaire = _read(folder, reader)
    faults = [*reader.faults, *_stray_files(folder, questionnaire)]
    if questionnaire and not reader.broken:
        faults += cross_check(questionnaire)
    return Examination(questionnaire, tuple(sorted(set(faults), key=_position)))


def _read(folder: Path, reader: Reader) -> Questionnaire | None:
    header = _file(folder / HEADER, Header, reader)
    if header is None:
        return None
    _names_agree(header, folder, reader)
    sections = [_section(folder, header, index, reader) for index in range(len(header.section_ids))]
    if not all(sections):
        reader.broken = True
    values = {key.name: getattr(header, key.name) for key in fields(Header)} | {"listed": header.section_ids}
    parameters = _parameters(folder, header, reader)
    return Questionnaire(**values, sections=tuple(filter(None, sections)), parameters=parameters, digest=digest(folder))


def _file(path: Path, kind: type[Kind], reader: Reader) -> Kind | None:
    entry, faults = read_entries(path)
    reader.faults += faults
    return reader.record(entry, kind) if entry else None


def _section(folder: Path, header: Header, index: int, reader: Reader) -> Section | None:
    name = header.listed[index]
    if isinstance(name, Section):
        return name
    path = folder / f"{name}.yaml"
    if not path.is_file():
        reader.faults.append(header.place.at("sections", index).fault("missing-file", name=path.name))
        return None
    section = _file(path, Section, reader)
    if section and section.id != name:
        reader.faults.append(section.place.at("id").fault("file-name", found=section.id, expected=name))
    return section


def _parameters(folder: Path, header: Header, reader: Reader) -> tuple[Parameter, ...]:
    if not header.has_parameters:
        return ()
    if not (folder / PARAMETERS).is_file():
        reader.faults.append(header.place.at("parameters").fault("missing-file", name=PARAMETERS))
        return ()
    read = _file(folder / PARAMETERS, Parameters, reader)
    reader.broken = reader.broken or read is None
    return read.parameters if read else ()


def _names_agree(header: Header, folder: Path, reader: Reader) -> None:
    parts = folder.resolve()
    for key, found, expected in (("slug", header.slug, parts.parent.name), ("version", header.version, parts.name)):
        if found != expected:
            reader.faults.append(header.place.at(key).fault("folder-name", key=key, found=found, expected=expected))


def _stray_files(folder: Path, questionnaire: Questionnaire | None) -> list[Fault]:
    if questionnaire is None or not folder.is_dir():
        return []
    in_place = {section.id for section in questionnaire.sections if Path(section.place.file).name == HEADER}
    known = {HEADER, *(f"{name}.yaml" for name in questionnaire.section_ids if name not in in_place)}
    if questionnaire.has_parameters:
        known.add(PARAMETERS)
    strays = sorted(path for path in folder.iterdir() if path.name not in known and not path.name.startswith("."))
    return [Fault.of("stray-file", str(path), 1, (), {"name": path.name}) for path in strays]


def _position(fault: Fault) -> tuple[str, int, str, str]:
    return fault.file, fault.line, fault.code, fault.path
