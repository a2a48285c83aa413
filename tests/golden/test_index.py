"""Indices whose figures and method are public or worked out exactly, from a questionnaire file and a CSV alone, by the command itself."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from app.cli import main
from scoring.answers import encode_many
from scoring.compile import compile as compile_model
from scoring.engine import score_batch
from scoring.index.engine import Draws, index

sys.path.insert(0, str(Path(__file__).parents[1] / "scoring"))
from engine_models import model

HERE = Path(__file__).parent / "index"
HDI, FIFTY = HERE / "human-development", HERE / "fifty-units"


def run(*arguments: str | Path) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["index", *map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    plain: dict[str, Any] = json.loads(result.stdout)
    return plain


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_human_development_index_of_the_2015_report() -> None:
    """Table 1 of the Human Development Report 2015 (figures of 2014), countries ranked 1 to 24.

    Source: hdr.undp.org/en/composite/HDI as kept at megalodon.jp on 15 May 2016. The table gives years to one decimal, the index to three
    from unrounded figures, so they may differ by 0.0015.
    """
    published = {row["unit"]: float(row["value"]) for row in rows(HDI / "published.csv")}
    results = run(HDI, HDI / "data.csv", "--draws", "0")["results"]

    assert {one["unit"]: one["score"] for one in results} == pytest.approx(published, abs=0.0015)
    assert len(results) == 24


def test_a_country_worked_out_by_hand() -> None:
    """Norway: (61.6/65 · (17.5/18 + 12.6/15)/2 · ln 649.92/ln 750) to the power of a third."""
    (norway,) = [one for one in run(HDI, HDI / "data.csv", "--draws", "0")["results"] if one["unit"] == "Norway"]
    education = (17.5 / 18 + 12.6 / 15) / 2

    assert norway["score"] == pytest.approx(
        (61.6 / 65 * education * np.log(649.92) / np.log(750)) ** (1 / 3), abs=1e-12
    )
    assert norway["nodes"]["education"]["value"] == pytest.approx(education, abs=1e-12)


def test_fifty_units_agree_with_exact_fractions() -> None:
    header = yaml.safe_load((FIFTY / "1.0.0" / "questionnaire.yaml").read_text(encoding="utf-8"))
    figures = rows(FIFTY / "data.csv")
    expected = {row["unit"]: Fraction(0) for row in figures}
    for section in header["sections"]:
        weights = sum(Fraction(one["weight"]) for one in section["indicators"])
        for one in section["indicators"]:
            column = {row["unit"]: Fraction(row[one["id"]]) for row in figures}
            low, high = min(column.values()), max(column.values())
            if one.get("normalisation") == {"direction": "lower"}:
                low, high = high, low
            share = Fraction(section["weight"], 100) * Fraction(one["weight"]) / weights
            for unit, value in column.items():
                expected[unit] += 100 * share * (value - low) / (high - low)
    results = run(FIFTY / "1.0.0" / "questionnaire.yaml", FIFTY / "data.csv")["results"]

    assert len(results) == 50
    assert {one["unit"]: one["score"] for one in results} == pytest.approx(
        {u: float(v) for u, v in expected.items()}, abs=1e-9
    )
    order = sorted(expected, key=lambda unit: -expected[unit])
    assert [one["unit"] for one in sorted(results, key=lambda one: one["rank"])] == order
    for one in results:
        interval = one["uncertainty"]["rank"]
        assert interval["low"] <= interval["median"] <= interval["high"]
        assert one["level_reason"] == "no-bands"


def test_the_same_command_gives_the_same_output() -> None:
    first, again = (run(FIFTY, FIFTY / "data.csv", "--draws", "100", "--seed", "3") for _ in range(2))

    assert first == again
    assert first["uncertainty"]["seed"] == 3
    assert first["results"] != run(FIFTY, FIFTY / "data.csv", "--draws", "100", "--seed", "4")["results"]


def test_a_questionnaire_given_by_path_may_lie_beside_its_data(tmp_path: Path) -> None:
    shutil.copy(HDI / "1.0.0" / "questionnaire.yaml", tmp_path)
    shutil.copy(HDI / "data.csv", tmp_path)
    slug = run("--path", HERE, "human-development@1.0.0", HDI / "data.csv", "--draws", "0")

    assert run(tmp_path, tmp_path / "data.csv", "--draws", "0")["results"] == slug["results"]


def test_the_table_for_people() -> None:
    for lang, head in (("zh", "名次"), ("en", "Rank")):
        result = CliRunner().invoke(main, ["--lang", lang, "index", str(HDI), str(HDI / "data.csv"), "--draws", "50"])
        lines = result.stdout.splitlines()

        assert result.exit_code == 0
        assert lines[1].startswith(head)
        assert lines[2].split()[:3] == ["1", "Norway", "0.944"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("unit,life,gmi\nA,50,5\n", ["data-column", "gmi", "是不是想写 gni"]),
        (
            "unit,life\nA,五十\nB,150\nA,3\n",
            [":2:", "data-number", ":3:", "answer-too-large", ":4:", "data-unit-twice"],
        ),
    ],
)
def test_faults_end_the_command_without_output(tmp_path: Path, data: str, words: list[str]) -> None:
    (tmp_path / "data.csv").write_text(data, encoding="utf-8")
    result = CliRunner().invoke(main, ["index", str(HDI), str(tmp_path / "data.csv"), "--json"])

    assert result.exit_code == 2
    assert result.stdout == ""
    assert [word for word in words if word not in result.stderr] == []


@pytest.mark.parametrize("name", ["no-such", "no-such@1.0.0", str(HDI / "data.csv"), str(HERE.parent / "engine")])
def test_an_unknown_questionnaire_is_refused(name: str) -> None:
    result = CliRunner().invoke(main, ["index", name, str(HDI / "data.csv")])

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "[" in result.stderr


def test_every_reason_in_the_output_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(
        "unit,life,expected,mean,gni\nA,50,10,10,1000\nB,,10,10,1000\n", encoding="utf-8"
    )
    plain = run(HDI, tmp_path / "data.csv", "--draws", "10")

    assert [one["reason"] for one in plain["results"]] == [None, "availability"]
    assert plain["results"][1]["uncertainty"]["reason"] == "no-score"
    assert {"availability", "missing", "no-score", "no-bands"} <= plain["reasons"].keys()
    assert all(set(words) == {"zh", "en"} for words in plain["reasons"].values())


def test_a_lead_is_followed_in_an_index_as_in_a_single_assessment() -> None:
    content = yaml.safe_load((HERE.parent / "engine" / "lead.yaml").read_text(encoding="utf-8"))
    seen = 0
    for case in content["cases"]:
        compiled = compile_model(model(content["model"] | case.get("model", {})))
        batch = encode_many(compiled, [case["answers"]] * 2)
        single, many = score_batch(compiled, batch), index(compiled, batch, [None] * 2, Draws(20))
        if np.isfinite(single.score[0]):
            assert many.score == pytest.approx(single.score, abs=1e-6), case["name"]
            assert many.robustness is not None
            seen += 1
    assert seen > 3


def test_the_example_of_the_format_is_the_one_that_is_tested(tmp_path: Path) -> None:
    blocks = (
        (HERE.parents[2] / "questionnaires" / "FORMAT.md")
        .read_text(encoding="utf-8")
        .split("A whole index in one file")[1]
        .split("```")
    )
    questionnaire, data = blocks[1].removeprefix("yaml\n"), blocks[3].removeprefix("csv\n")
    written = (HDI / "1.0.0" / "questionnaire.yaml").read_text(encoding="utf-8")
    (tmp_path / "questionnaire.yaml").write_text(questionnaire, encoding="utf-8")
    (tmp_path / "data.csv").write_text(data, encoding="utf-8")

    assert written.endswith(questionnaire)
    assert [one["score"] for one in run(tmp_path, tmp_path / "data.csv")["results"]] == pytest.approx(
        [0.944, 0.935], abs=5e-4
    )
