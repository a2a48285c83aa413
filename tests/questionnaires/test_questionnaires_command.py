from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from faulty_cases import BASE, HERE

from app.cli import main


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)], env=environment)


def test_list_names_what_is_built_in_and_outside() -> None:
    result = run("questionnaires", "list", "--path", BASE)
    assert result.exit_code == 0
    assert "enterprise-evaluation 0.9.0  企业服务型制造综合评价" in result.output
    assert "small 1.0.0  小问卷" in result.output


def test_the_language_comes_from_the_option_or_the_environment() -> None:
    for result in (
        run("questionnaires", "list", "--path", BASE, "--lang", "en"),
        run("--lang", "en", "questionnaires", "list", "--path", BASE),
        run("questionnaires", "list", "--path", BASE, SERVIMETER_LANG="en"),
    ):
        assert "Small questionnaire" in result.output


def test_a_sound_folder_passes_and_a_faulty_one_is_told_where() -> None:
    assert run("questionnaires", "check", BASE / "small").exit_code == 0
    result = run("questionnaires", "check", HERE / "faulty" / "bad-date", "--lang", "en")
    assert result.exit_code == 1
    assert "questionnaire.yaml:4: date: [bad-date] '2026-02-30' is no valid date" in result.output


def test_a_path_that_does_not_exist_or_a_conflict_is_bad_input() -> None:
    assert run("questionnaires", "check", "nowhere").exit_code == 2
    assert run("questionnaires", "list", "--path", "nowhere").exit_code == 2
    result = run("questionnaires", "digest", "smal", "1.0.0", "--path", BASE, "--lang", "en")
    assert result.exit_code == 2
    assert "Did you mean small?" in result.stderr


def test_check_of_everything_is_clean() -> None:
    result = run("questionnaires", "check")
    assert (result.exit_code, result.output) == (0, "错误 0 处，提醒 0 处\n")


def test_an_answers_file_can_be_checked() -> None:
    assert run("questionnaires", "check", BASE / "answers.yaml", "--path", BASE).exit_code == 0
    result = run("questionnaires", "check", HERE / "faulty" / "uscc-check" / "answers.yaml", "--path", BASE)
    assert result.exit_code == 1
    assert "[uscc-check]" in result.output


def test_the_schema_is_printed_or_written(tmp_path: Path) -> None:
    assert json.loads(run("questionnaires", "schema", "section").output)["title"] == "section"
    assert run("questionnaires", "schema", "--all", tmp_path / "schemas").exit_code == 0
    assert len(list((tmp_path / "schemas").iterdir())) == 7


@pytest.mark.parametrize("name", ["questionnaires", "serve"])
def test_help_lists_the_sub_commands(name: str) -> None:
    assert name in run("--help").output
    assert run("no-such-command").exit_code == 2
    assert run("options").exit_code == 2
