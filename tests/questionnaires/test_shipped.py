"""What is shipped passes every check, and says more than the format demands."""

from __future__ import annotations

import pytest

from questionnaires.checking import check_all
from questionnaires.checks.copies import LIMIT, likeness, marks, trigrams
from questionnaires.checks.ladders import ladders
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire


@pytest.fixture(scope="module")
def trial(shipped: Registry) -> Questionnaire:
    return shipped.get("enterprise-evaluation", "0.9.0")


def test_nothing_shipped_has_a_fault_or_a_warning(shipped: Registry) -> None:
    assert [fault.message("en") for fault in check_all(shipped)] == []


def test_the_trial_edition_has_the_weights_of_the_blueprint(trial: Questionnaire) -> None:
    weights = {
        "a1": 6,
        "a2": 6,
        "a3": 4,
        "a4": 7,
        "a5": 2,
        "b1": 6,
        "b2": 6,
        "c1": 10,
        "c2": 9,
        "c3": 5,
        "c4": 3,
        "c5": 3,
    }
    assert {domain.id: domain.weight for domain in trial.domains} == weights
    assert trial.total == 67


def test_every_domain_and_every_level_of_the_trial_edition_is_written_out(trial: Questionnaire) -> None:
    for domain in trial.domains:
        assert domain.reading, domain.id
        assert [finding.level for finding in domain.findings] == [0, 1, 2, 3, 4, 5]
    for name, ladder in ladders(trial).items():
        assert len(ladder.levels) == 5, name
        for level in ladder.levels:
            assert level.evidence, name
            assert level.action, name
            assert level.effort, name


def test_likeness_is_the_jaccard_index_of_trigrams_without_names() -> None:
    first, second = trigrams("服务计划写在纸上。", ["计划"]), trigrams("服务写在纸上", [])
    assert first == frozenset({"服务 ", "务 写", " 写在", "写在纸", "在纸上"})
    assert likeness(*marks([first, second])) == pytest.approx(2 / 7)
    assert likeness(*marks([frozenset("abcd"), frozenset("abce")])) == pytest.approx(0.6)
    assert likeness(*marks([frozenset(), frozenset()])) == 0.0
    assert LIMIT == 0.6
