"""`servimeter score` and `servimeter report`."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from report_samples import EXAMPLES, FOREIGN, GAPS, without

from app.cli import main
from app.cli.report import write_whole

FURNITURE = EXAMPLES / "trial-furniture-maker.yaml"
INDEX = FOREIGN / "service-index" / "examples" / "repairer.yaml"


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def gappy(tmp_path):
    file = tmp_path / "gaps.yaml"
    file.write_text(without(FURNITURE.read_text("utf-8"), GAPS), "utf-8")
    return file


@pytest.fixture
def faulty(tmp_path):
    file = tmp_path / "faulty.yaml"
    text = FURNITURE.read_text("utf-8").replace(
        "a1.roadmap: {level: 2, degree: most}", "a1.roadmap: {level: 9, degree: most}"
    )
    file.write_text(text.replace("  a1.positioning:", "  a1.positionin:").replace("staff: 680", "staff: -1"), "utf-8")
    return file


def test_score_prints_level_scores_and_gates(report):
    done = run("score", FURNITURE)
    assert done.exit_code == 0
    for words in ("二级 · 成形", f"{report().outcome.score:.2f}", "A1 战略规划", "cap.domain", "试行版"):
        assert words in done.output


def test_score_in_english():
    assert "Level 2 · Taking shape" in run("score", FURNITURE, "--lang", "en").output


def test_score_as_json_with_and_without_the_trace():
    plain, traced = (json.loads(run("score", FURNITURE, "--json", *more).output) for more in ((), ("--trace",)))
    assert plain["level"] == traced["level"] == 2
    assert plain["trace"] == []
    assert traced["trace"][-1]["rule"] == "level"


def test_score_lists_the_trace():
    assert "c1.share  formula(" in run("score", FURNITURE, "--trace").output


def test_score_of_gaps_is_an_interval(gappy):
    done = run("score", gappy)
    assert done.exit_code == 0
    assert "暂定：" in done.output
    assert "营业收入与服务收入" in done.output


def test_report_writes_the_file(tmp_path):
    out = tmp_path / "report.pdf"
    done = run("report", INDEX, "-o", out, "--path", FOREIGN, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert str(out) in done.output
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(out.read_bytes())).pages)
    assert "Small service index" in text
    assert [file.name for file in tmp_path.iterdir()] == ["report.pdf"]


def test_questionnaires_of_the_settings_count_too(monkeypatch):
    from app.config import settings  # noqa: PLC0415

    monkeypatch.setenv("SERVIMETER_QUESTIONNAIRES", json.dumps([str(FOREIGN)]))
    settings.cache_clear()
    try:
        assert "指数 1.9" in run("score", INDEX).output
    finally:
        settings.cache_clear()


@pytest.mark.parametrize("command", ["score", "report"])
def test_a_faulty_file_gets_all_its_faults_and_no_output(faulty, tmp_path, command):
    out = tmp_path / "report.pdf"
    done = run(command, faulty, *(["-o", out] if command == "report" else []))
    assert done.exit_code == 2
    for path in ("answers.a1.positionin", "answers.a1.roadmap", "enterprise.staff"):
        assert path in done.stderr
    assert not out.exists()
    assert done.stdout == ""


def test_a_missing_file_and_an_unknown_questionnaire(tmp_path):
    assert run("score", tmp_path / "none.yaml").exit_code == 2
    assert run("score", INDEX).exit_code == 2


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    done = run("report", INDEX, "-o", tmp_path / "no" / "report.pdf", "--path", FOREIGN)
    assert done.exit_code == 2
    assert "no/report.pdf" in done.stderr


def test_an_old_file_survives_a_failed_write(tmp_path, monkeypatch):
    file = tmp_path / "report.pdf"
    file.write_bytes(b"old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1
