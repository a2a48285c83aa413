"""The faulty cases: each folder of `faulty/` is named for a code and holds the file that has that fault, on a line marked `# fault`,
and what else of the questionnaire it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

from questionnaires.answers import load_answers
from questionnaires.checking import check_path
from questionnaires.faults import Fault, Faulty
from questionnaires.loading import examine
from questionnaires.published import published_faults
from questionnaires.registry import Registry
from questionnaires.units import read_units

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = sorted(path for path in (HERE / "faulty").iterdir() if path.is_dir())
MARK = b"# fault"


def faults_of(case: Path, root: Path) -> list[Fault]:
    """Lay the case's file over the sound questionnaire and return what is found."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    version = root / "small" / "1.0.0"
    for file in sorted(case.iterdir(), key=lambda one: one.name in {"answers.yaml", "answers.json"}):
        if file.name == "data.csv":
            shutil.copy(file, root)
            return _units(root / file.name, Registry(built_in=root))
        if file.name in {"answers.yaml", "answers.json"}:
            shutil.copy(file, root)
            return _answers(root / file.name, Registry(built_in=root))
        if file.name == "published.lock":
            shutil.copy(file, root)
            return published_faults(Registry(built_in=root), root / file.name)
        if file.name == "example.yaml":
            (root / "small" / "examples").mkdir()
            shutil.copy(file, root / "small" / "examples")
            return check_path(version.parent, Registry(built_in=root))
        shutil.copy(file, version)
    return list(examine(version).faults)


def _answers(path: Path, registry: Registry) -> list[Fault]:
    try:
        return list(load_answers(path, registry).warnings)
    except Faulty as error:
        return list(error.faults)


def _units(path: Path, registry: Registry) -> list[Fault]:
    try:
        read_units(path, registry.model("small", "1.0.0"))
    except Faulty as error:
        return list(error.faults)
    return []


def marked(case: Path) -> tuple[str, int]:
    """Return the file and the line that the case marks; the first line where a file cannot carry a mark."""
    files = sorted(case.iterdir())
    file = next((one for one in files if MARK in one.read_bytes()), files[0])
    lines = file.read_bytes().splitlines()
    return file.name, next((number for number, line in enumerate(lines, start=1) if MARK in line), 1)
