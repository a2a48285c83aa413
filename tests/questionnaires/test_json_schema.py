from __future__ import annotations

from pathlib import Path

import pytest
from faulty_cases import BASE, HERE
from jsonschema import Draft202012Validator

from questionnaires.catalogue import FOLDER
from questionnaires.entries import read_entries
from questionnaires.json_schema import FILES, json_schema
from questionnaires.registry import BUILT_IN

HEADERS = [*BUILT_IN.glob("*/*/questionnaire.yaml"), BASE / "small" / "1.0.0" / "questionnaire.yaml"]
SECTIONS = [path for header in HEADERS for path in header.parent.glob("*.yaml") if path != header]
WRITTEN = [
    *(("questionnaire", path) for path in HEADERS),
    *(("parameters" if path.name == "parameters.yaml" else "section", path) for path in SECTIONS),
    *(("answers", path) for path in [*BUILT_IN.glob("*/examples/*.yaml"), BASE / "answers.yaml"]),
    ("catalogue", FOLDER / "standards-system.yaml"),
    ("glossary", FOLDER / "glossary.yaml"),
    ("disclosures", FOLDER / "disclosures.yaml"),
]


def complaints(file: str, path: Path) -> list[str]:
    entry, faults = read_entries(path)
    assert entry is not None
    assert not faults
    validator = Draft202012Validator(json_schema(file), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(entry.plain())]


@pytest.mark.parametrize("file", FILES)
def test_the_schemas_are_schemas(file: str) -> None:
    Draft202012Validator.check_schema(json_schema(file))


@pytest.mark.parametrize(("file", "path"), WRITTEN, ids=lambda part: getattr(part, "name", part))
def test_what_is_shipped_keeps_to_the_schema(file: str, path: Path) -> None:
    assert complaints(file, path) == []


@pytest.mark.parametrize(
    "code",
    [
        "unknown-key",
        "missing-key",
        "wrong-type",
        "bad-word",
        "bad-id",
        "out-of-range",
        "too-few",
        "missing-translation",
        "empty-text",
    ],
)
def test_the_schema_refuses_what_the_reader_refuses_of_a_single_file(code: str) -> None:
    (path,) = (HERE / "faulty" / code).iterdir()
    assert complaints("questionnaire" if path.name == "questionnaire.yaml" else "section", path)
