from __future__ import annotations

from pathlib import Path

import pytest
from faulty_cases import BASE

from questionnaires.answers import load_answers
from questionnaires.faults import Faulty
from questionnaires.registry import BUILT_IN, Registry

EXAMPLES = sorted(BUILT_IN.glob("*/examples/*.yaml"))
TEXT = (BASE / "answers.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(built_in=BASE)


def test_a_sound_file_is_read_with_its_questionnaire(registry: Registry) -> None:
    answers = load_answers(BASE / "answers.yaml", registry)

    assert answers.questionnaire is registry.get("small", "1.0.0")
    assert answers.file.answers["p1.plan"] == {"level": 2, "degree": "half"}
    assert answers.file.enterprise.name.text.en == "测试厂"
    assert answers.warnings == ()


def test_gaps_are_no_fault(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "gaps.yaml"
    path.write_text(TEXT.partition("answers:")[0] + "answers: {}\n", encoding="utf-8")
    assert load_answers(path, registry).file.answers == {}


def test_all_faults_are_listed_at_once_with_their_lines(registry: Registry, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    bad = (
        TEXT.replace('industry: "34"', 'industry: "99"')
        .replace("level: 2", "level: 9")
        .replace("r1.scope: some", "r1.scope: 3")
    )
    path.write_text(bad.replace("audited: true", "audited: yes\nnotes: {p9: x}"), encoding="utf-8")

    with pytest.raises(Faulty) as caught:
        load_answers(path, registry)

    assert [(fault.code, fault.line) for fault in caught.value.faults] == [("wrong-type", 6)]
    path.write_text(bad.replace("audited: true", "audited: true\nnotes: {p9: x}"), encoding="utf-8")
    with pytest.raises(Faulty) as caught:
        load_answers(path, registry)
    assert [(fault.code, fault.line, fault.path) for fault in caught.value.faults] == [
        ("industry", 3, "enterprise.industry"),
        ("answer-too-large", 14, "answers.p1.plan.level"),
        ("answer-unknown-option", 17, "answers.r1.scope"),
        ("answer-unknown-question", 7, "notes.p9"),
    ]


def test_a_warning_does_not_refuse_the_file(registry: Registry) -> None:
    path = BASE.parent / "faulty" / "uscc-organisation" / "answers.yaml"
    assert [fault.code for fault in load_answers(path, registry).warnings] == ["uscc-organisation"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_sound_and_say_that_they_are_examples(path: Path, shipped: Registry) -> None:
    answers = load_answers(path, shipped)
    assert answers.warnings == ()
    assert answers.file.illustrative
