"""The result and trace pages of a questionnaire that measures and scores nothing."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
import yaml

from questionnaires.registry import Registry

from .conftest import House, fill

ROOT = Path(__file__).parents[2] / "questionnaires"


@pytest.fixture
def measured(house: House, registry: Registry) -> str:
    """The address of the compressor group's inputs and outputs."""
    given = yaml.safe_load((ROOT / "input-output" / "examples" / "compressor-group.yaml").read_text("utf-8"))
    address = house.editor.start("input-output@1.0.0", scope="consolidated", entities="本部与子公司")
    fill(house.editor, address, registry.get("input-output", "1.0.0"), given["answers"], given["notes"])
    response = house.editor.post(f"{address}/submit", {"name": "王敏", "agreed": "yes"})
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


def test_pages_show_figures_charts_and_formulas_and_no_level(house: House, measured: str) -> None:
    page = unescape(house.reader.get(measured).text)
    assert "综合服务收入占比 33.1%，比上年 +2.6 个百分点" in page
    assert "服务附加值（生产法） 82,600 万元" in page
    assert "服务附加值两法差率 2.06%" in page
    assert page.count('role="img"') >= 10, "every chart of the questionnaire"
    assert "总分" not in page
    assert "不予定级" not in page
    trace = unescape(house.reader.get(f"{measured}/trace").text)
    assert "100 × 174,600 ÷ 528,000 ＝ <b>33.1%</b>" in trace
    assert "174,600 + 0 − 102,100 + 10,100 ＝ <b>82,600 万元</b>" in trace


def test_pages_are_for_the_enterprise_alone(house: House, measured: str) -> None:
    for path in (measured, f"{measured}/trace"):
        assert house.stranger.get(path).status_code == 404
        assert house.nobody.get(path).status_code == 303
