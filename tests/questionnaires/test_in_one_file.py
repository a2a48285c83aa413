"""A questionnaire whose sections stand in questionnaire.yaml is the same as one with a file for each."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from faulty_cases import BASE

from questionnaires.answers import load_answers
from questionnaires.checking import check_path
from questionnaires.compiling import compile_model
from questionnaires.entries import read_entries
from questionnaires.json_schema import json_schema
from questionnaires.loading import examine, load
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire

SECTIONS = ("facts", "p1", "r1")


def joined(root: Path, in_place: tuple[str, ...] = SECTIONS) -> Path:
    """The small questionnaire with some of its sections written in place."""
    folder = root / "small" / "1.0.0"
    shutil.copytree(BASE / "small" / "1.0.0", folder)
    members = []
    for name in SECTIONS:
        file = folder / f"{name}.yaml"
        if name in in_place:
            first, *rest = file.read_text(encoding="utf-8").splitlines()
            members += [f"  - {first}", *(f"    {line}" if line else "" for line in rest)]
            file.unlink()
        else:
            members.append(f"  - {name}")
    header = folder / "questionnaire.yaml"
    text = header.read_text(encoding="utf-8")
    header.write_text(text.replace("sections: [facts, p1, r1]", "\n".join(["sections:", *members])), encoding="utf-8")
    return folder


@pytest.mark.parametrize("in_place", [SECTIONS, ("p1",), ("facts", "r1")])
def test_it_reads_checks_and_compiles_to_the_same(
    tmp_path: Path, small: Questionnaire, in_place: tuple[str, ...]
) -> None:
    folder = joined(tmp_path, in_place)
    found = load(folder)

    assert check_path(folder, Registry(built_in=tmp_path)) == []
    assert found.section_ids == SECTIONS
    assert replace(found, digest="") == replace(small, digest="")
    assert compile_model(replace(found, digest="")) == compile_model(replace(small, digest=""))


def test_answers_to_it_are_read(tmp_path: Path) -> None:
    joined(tmp_path)

    assert load_answers(BASE / "answers.yaml", Registry(built_in=tmp_path)).questionnaire.slug == "small"


def test_it_keeps_to_the_schema(tmp_path: Path) -> None:
    entry, _ = read_entries(joined(tmp_path) / "questionnaire.yaml")
    assert entry is not None
    jsonschema.validate(entry.plain(), json_schema("questionnaire"))


def test_faults_are_found_on_their_lines(tmp_path: Path) -> None:
    header = joined(tmp_path) / "questionnaire.yaml"
    text = (
        header.read_text(encoding="utf-8")
        .replace("dimension: r\n", "dimension: q\n")
        .replace("weight: 3\n", "wieght: 3\n")
    )
    header.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    faults = examine(header.parent).faults

    found = {(fault.code, lines[fault.line - 1].strip()) for fault in faults}
    assert ("unknown-key", "wieght: 3") in found
    assert {Path(fault.file).name for fault in faults} == {"questionnaire.yaml"}


def test_a_section_in_place_and_a_file_of_its_name_do_not_go_together(tmp_path: Path) -> None:
    folder = joined(tmp_path)
    shutil.copy(BASE / "small" / "1.0.0" / "p1.yaml", folder)

    assert [(fault.code, Path(fault.file).name) for fault in examine(folder).faults] == [("stray-file", "p1.yaml")]


@pytest.mark.parametrize(
    ("member", "code"), [("3", "wrong-type"), ("[p1]", "wrong-type"), ("{title: {zh: 一, en: One}}", "missing-key")]
)
def test_a_member_of_another_shape_is_a_fault(tmp_path: Path, member: str, code: str) -> None:
    header = joined(tmp_path, ()) / "questionnaire.yaml"
    header.write_text(header.read_text(encoding="utf-8").replace("  - p1\n", f"  - {member}\n"), encoding="utf-8")

    assert code in {fault.code for fault in examine(header.parent).faults}
