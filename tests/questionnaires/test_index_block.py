"""The block `index` and the keys of indicators that go with it: what they come to, and what is a fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaires.compiling import compile_model
from questionnaires.loading import examine, load
from scoring.model import Index, Normalisation

HDI = Path(__file__).parents[1] / "golden" / "index" / "human-development" / "1.0.0" / "questionnaire.yaml"
NUMBER = """\
        goalposts: {from: 20, to: 85}
        basis: {kind: statistic, text: {zh: 报告的技术说明一, en: Technical note 1 of the report}}
"""


def written(root: Path, block: str, own: str, *, keep_rule: bool = False) -> Path:
    """The human development index with a block, and own keys in the place of (or after) the rule of its first indicator."""
    folder = root / "human-development" / "1.0.0"
    folder.mkdir(parents=True)
    text = HDI.read_text(encoding="utf-8")
    assert NUMBER in text
    text = text.replace(NUMBER, (NUMBER if keep_rule else "") + own)
    (folder / "questionnaire.yaml").write_text(f"{text}{block}", encoding="utf-8")
    return folder


def test_without_a_block_everything_goes_by_its_own_rule(tmp_path: Path) -> None:
    shutil.copytree(HDI.parents[1], tmp_path / "human-development")
    model = compile_model(load(tmp_path / "human-development" / "1.0.0"))

    assert model.index == Index("given", 1.0, ())
    assert not model.needs_units
    assert [one.normalisation for one in model.indicators][0::3] == [Normalisation(), Normalisation(log=True)]


def test_indicators_take_what_the_block_says_and_may_differ(tmp_path: Path) -> None:
    shared = "normalisation: {kind: z-score, mean: 0, sd: 1}, imputation: median"
    block = f"index: {{{shared}, weights: entropy, availability: 0.66, coupling: [health, income]}}\n"
    own = "        normalisation: {kind: distance-to-target, direction: lower, log: true, target: 40}\n        imputation: none\n"
    model = compile_model(load(written(tmp_path, block, own)))
    life, expected, *_ = model.indicators

    assert model.index == Index("entropy", 0.66, ("health", "income"))
    assert life.normalisation == Normalisation("distance-to-target", lower=True, log=True, target=40, mean=0, sd=1)
    assert (life.imputation, expected.imputation) == ("none", "median")
    assert expected.normalisation == Normalisation("z-score", mean=0, sd=1)
    assert model.needs_units


def test_a_kind_may_stand_alone(tmp_path: Path) -> None:
    model = compile_model(load(written(tmp_path, "index: {normalisation: min-max}\n", "        normalisation: rank\n")))

    assert [one.normalisation.kind for one in model.indicators] == ["rank", "min-max", "min-max", "min-max"]


@pytest.mark.parametrize(
    ("block", "own", "expected"),
    [
        ("index: {normalisation: minmax}\n", "", ("bad-word", "index.normalisation")),
        ("index: {normalisation: {kind: rank, mean: 3}}\n", "", ("misplaced-key", "index.normalisation.mean")),
        ("index: {availability: 0}\n", "", ("out-of-range", "index.availability")),
        ("index: {coupling: [health]}\n", "", ("too-few", "index.coupling")),
        ("index: {coupling: [health, health]}\n", "", ("duplicate-id", "index.coupling.1")),
        ("index: {coupling: [health, wealth]}\n", "", ("dangling-reference", "index.coupling.1")),
        ("index: {weigths: equal}\n", "", ("unknown-key", "index.weigths")),
        ("index: {normalisation: distance-to-target}\n", "", ("missing-key", "sections.0.indicators.0")),
        (
            "",
            "        normalisation: {kind: z-score, target: 4}\n",
            ("misplaced-key", "sections.0.indicators.0.normalisation.target"),
        ),
        (
            "",
            "        normalisation: {kind: z-score, sd: 0}\n",
            ("out-of-range", "sections.0.indicators.0.normalisation.sd"),
        ),
        (
            "",
            "        normalisation: {direction: lower}\n",
            ("misplaced-key", "sections.0.indicators.0.normalisation.direction"),
        ),
        ("", "        imputation: mode\n", ("bad-word", "sections.0.indicators.0.imputation")),
    ],
)
def test_what_lacks_another_key_or_has_no_effect_is_a_fault(
    tmp_path: Path, block: str, own: str, expected: tuple[str, str]
) -> None:
    assert expected in {(fault.code, fault.path) for fault in examine(written(tmp_path, block, own)).faults}


def test_a_direction_beside_goalposts_is_a_fault(tmp_path: Path) -> None:
    own = "        normalisation: {kind: rank, direction: lower, log: true}\n"
    faults = examine(written(tmp_path, "", own, keep_rule=True)).faults

    assert [(fault.code, fault.path.rpartition(".")[2]) for fault in faults] == [
        ("misplaced-key", "direction"),
        ("misplaced-key", "log"),
    ]
