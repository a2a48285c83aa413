"""Workbooks on the command line: a blank one, one of an answer file, and one in the place of an answer file."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from app.cli import main

EXAMPLE = Path(__file__).parents[2] / "questionnaires" / "enterprise-evaluation" / "examples" / "mould-shop.yaml"
FOLDER = Path(__file__).parent / "questionnaires"


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_an_answer_file_as_a_workbook_scores_the_same(tmp_path):
    file = tmp_path / "answers.xlsx"
    assert run("workbook", EXAMPLE, "-o", file, "--lang", "en").exit_code == 0
    one, other = (json.loads(run("score", path, "--json", "--trace").stdout) for path in (EXAMPLE, file))
    assert one == other


def test_a_blank_workbook_is_filled_in_with_the_enterprise_and_scored(tmp_path):
    file = tmp_path / "blank.xlsx"
    assert run("workbook", "every-kind@1.0.0", "-o", file, "--path", FOLDER).exit_code == 0
    empty = run("score", file, "--path", FOLDER)
    assert empty.exit_code == 2
    assert "enterprise" in empty.stderr
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    facts = {"name": "甲厂", "year": 2025, "scope": "单一法人", "audited": "是"}
    for row in book.worksheets[0].iter_rows():
        if row[2].value in facts:
            row[1].value = facts[row[2].value]
    page = book.worksheets[1]
    share = next(row for row in page.iter_rows() if row[0].value == "facts.share")
    share[2].value = 0.3
    book.save(file)
    done = run("score", file, "--path", FOLDER)
    assert done.exit_code == 0, done.output
    assert "甲厂" in done.stdout
    assert "0.3" in done.stderr  # a bare fraction where the unit is percent is worth a warning


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("old.xls", b"\xd0\xcf\x11\xe0", "xlsx"), ("text.xlsx", b"text", "xlsx"), ("missing.xlsx", None, "missing.xlsx")],
)
def test_what_cannot_be_used_ends_with_exit_code_2(tmp_path, name, content, said):
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    done = run("score", file)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not done.stdout
