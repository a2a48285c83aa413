"""Every code has one faulty file; the fault has that code, file and line, nothing else is found, and both messages read as written."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
import yaml
from faulty_cases import BASE, CASES, HERE, faults_of, marked

from questionnaires.faults import Faulty
from questionnaires.messages import MESSAGES
from questionnaires.messages.workbooks import WORKBOOKS
from questionnaires.registry import Registry

WORDS = yaml.safe_load((HERE / "faulty" / "messages.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_faulty_file_has_its_one_fault_where_it_is_marked(case: Path, tmp_path: Path) -> None:
    found = faults_of(case, tmp_path)

    assert [(fault.code, Path(fault.file).name, fault.line) for fault in found] == [(case.name, *marked(case))]
    for lang in ("zh", "en"):
        assert found[0].message(lang).replace(str(tmp_path), "ROOT") == WORDS[case.name][lang]


def test_a_version_that_exists_twice_is_refused(tmp_path: Path) -> None:
    again = tmp_path / "again"
    (again / "small").mkdir(parents=True)
    (again / "small" / "1.0.0").symlink_to(BASE / "small" / "1.0.0")

    with pytest.raises(Faulty) as caught:
        Registry([again], built_in=BASE)

    (fault,) = caught.value.faults
    assert fault.code == "duplicate-version"
    assert fault.message("zh").startswith("问卷 small 1.0.0 存在于两处：")
    assert fault.message("en").startswith("The questionnaire small 1.0.0 exists twice: ")


def test_every_code_has_a_case() -> None:
    elsewhere = {"duplicate-version", *WORKBOOKS}  # the faults of workbooks are provoked in tests/workbooks
    assert {case.name for case in CASES} | elsewhere == set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_say_the_same_particulars(code: str) -> None:
    for text in (MESSAGES[code].what, MESSAGES[code].mend):
        zh, en = ({name for _, name, _, _ in Formatter().parse(words) if name} for words in (text.zh, text.en))
        assert zh == en
