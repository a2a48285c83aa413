"""Links between questionnaires lead to what exists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from questionnaires.checking import check_path
from questionnaires.faults import Fault
from questionnaires.linking import links_lead_somewhere
from questionnaires.loading import examine, load
from questionnaires.registry import BUILT_IN, Registry

FOLDER = Path(__file__).parents[1] / "assessments" / "questionnaires"


@pytest.fixture
def laid_out(tmp_path: Path) -> Path:
    for slug in ("workshop-links", "workshop-accounts"):
        shutil.copytree(FOLDER / slug, tmp_path / slug)
    return tmp_path


def test_a_link_to_a_measure_is_sound(laid_out: Path) -> None:
    assert check_path(laid_out, Registry(built_in=laid_out)) == []


@pytest.mark.parametrize(
    ("written", "wrong", "said"),
    [
        (
            "measure: service_share",
            "measure: service_shore",
            "没有名为 service_shore 的测算项。是不是想写 service_share",
        ),
        (
            "slug: workshop-accounts",
            "slug: workshop-account",
            "没有名为 workshop-account 的问卷。是不是想写 workshop-accounts",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault(laid_out: Path, written: str, wrong: str, said: str) -> None:
    header = laid_out / "workshop-links" / "1.0.0" / "questionnaire.yaml"
    header.write_text(header.read_text("utf-8").replace(written, wrong), "utf-8")
    (fault,) = check_path(laid_out, Registry(built_in=laid_out))
    assert fault.code == "dangling-reference"
    assert fault.message("zh").startswith(said)


@pytest.mark.parametrize(
    ("written", "wrong", "missing"),
    [
        ("direct: service_revenue_direct,", "direkt: service_revenue_direct,", "direkt"),
        ("direct: service_revenue_direct,", "direct: service_revenue_direkt,", "service_revenue_direkt"),
        ("direct: service_revenue_direct,", "direct: service_cagr,", "service_cagr"),
    ],
    ids=["row", "measure", "measure without years"],
)
def test_rows_of_a_table_are_linked_to_measures_by_years(
    tmp_path: Path, written: str, wrong: str, missing: str
) -> None:
    folder = tmp_path / "enterprise-evaluation" / "1.1.0"
    shutil.copytree(BUILT_IN / "enterprise-evaluation" / "1.1.0", folder)
    file = folder / "c1.yaml"
    file.write_text(file.read_text("utf-8").replace(written, wrong), "utf-8")
    (fault,) = (*examine(folder).faults, *_links(folder))
    assert (fault.code, Path(fault.file).name) == ("dangling-reference", "c1.yaml")
    assert missing in fault.message("en")


def _links(folder: Path) -> list[Fault]:
    found = examine(folder)
    return [] if found.faults else list(links_lead_somewhere(load(folder), Registry()))
