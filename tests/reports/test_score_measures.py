"""`servimeter score` of a questionnaire that only measures: figures by year, growth, reasons and what does not fit together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main

FOLDER = Path(__file__).parents[1] / "assessments" / "questionnaires"
ANSWERS = """\
questionnaire: workshop-accounts
version: "1.0.0"
enterprise: {name: {zh: 甲厂, en: Works A}, industry: "34"}
year: 2025
scope: entity
audited: true
answers:
  accounts.fraud: "no"
  accounts.lines: {total: {y0: 100, y1: TOTAL}, service: {y0: 120, y1: 10}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS.replace("TOTAL", "80"), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["score", *map(str, arguments), "--path", str(FOLDER)])


def test_lists_measures_by_year_with_growth_and_broken_rules(file: Path) -> None:
    done = run(file)
    assert done.exit_code == 0, done.output
    assert "测算完成" in done.output
    assert "服务占比 (%)  2025: 120.0 [+107.5]  2024: 12.5" in done.output
    broken = "[错误] 2025 服务收入不应大于总收入。 (within: accounts.lines.service.y0, accounts.lines.total.y0)"
    assert broken in done.output


def test_says_why_there_is_no_value(file: Path) -> None:
    file.write_text(ANSWERS.replace("TOTAL", "0"), encoding="utf-8")
    assert "2024: – [No revenue.]" in run(file, "--lang", "en").output


def test_names_what_is_missing(file: Path) -> None:
    file.write_text(ANSWERS.replace(", y1: TOTAL", ""), encoding="utf-8")
    done = run(file)
    assert "数据不全" in done.output
    assert "? accounts.lines.total.y1" in done.output
    assert "2024: – [缺数据]" in done.output


def test_json_says_what_the_figures_are(file: Path) -> None:
    plain = json.loads(run(file, "--json").output)
    share = plain["measures"]["service_share.y0"]
    assert (share["value"], share["growth"], share["growth_kind"], share["calendar_year"]) == (
        120,
        107.5,
        "difference",
        2025,
    )
    assert share["unit"] == {"zh": "%", "en": "%"}
    assert plain["score"] is None
    within = next(one for one in plain["findings"] if one["rule"] == "within" and one["calendar_year"] == 2025)
    assert (within["verdict"], within["text"]["en"]) == ("broken", "Service revenue is not above total revenue.")
    file.write_text(ANSWERS.replace("TOTAL", "0"), encoding="utf-8")
    before = json.loads(run(file, "--json").output)["measures"]["service_share.y1"]
    assert (before["value"], before["reason"], before["reason_text"]["zh"]) == (None, "undefined:0", "没有收入。")


def test_the_trace_has_the_formulas_with_their_numbers(file: Path) -> None:
    lines = run(file, "--trace").output.splitlines()
    assert any(
        "service_share.y0  measure(accounts.lines.service.y0=120, accounts.lines.total.y0=100) → 120" in line
        for line in lines
    )
