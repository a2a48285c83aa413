"""Whose answers they are: the facts on the first sheet of a blank workbook, as an answer file has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from questionnaires.figures import Bounds
from questionnaires.text import Text

from .plan import Cell

SHEET: Final = Text("填写说明", "How to fill in")
LABEL, VALUE, KEY = range(3)
SCOPES: Final = (
    ("entity", Text("单一法人", "Single legal entity")),
    ("consolidated", Text("合并口径", "Consolidated")),
)
ANSWERS: Final = (("yes", Text("是", "Yes")), ("no", Text("否", "No")))
MONEY: Final = ("万元", "CNY 10,000")


def _text(key: str) -> Cell:
    return Cell(VALUE, (key,), "text", longest=4000)


FIELDS: Final[tuple[tuple[Text, Cell], ...]] = (
    (Text("企业名称", "Name of the enterprise"), _text("name")),
    (Text("统一社会信用代码", "Unified social credit code"), _text("uscc")),
    (Text("所在地区（GB/T 2260 六位代码）", "Region (GB/T 2260, six digits)"), _text("region")),
    (Text("行业大类（GB/T 4754，13–43）", "Industry (division of GB/T 4754, 13–43)"), _text("industry")),
    (Text("从业人员（人）", "Staff (persons)"), Cell(VALUE, ("staff",), "number", (), Bounds(0))),
    (Text("营业收入（万元）", "Operating revenue (CNY 10,000)"), Cell(VALUE, ("revenue",), "number", (), Bounds(decimals=4, units=MONEY))),
    (Text("报告年度", "Reporting year"), Cell(VALUE, ("year",), "number", (), Bounds(1990, 2100))),
    (Text("统计口径", "Scope"), Cell(VALUE, ("scope",), "option", SCOPES)),
    (Text("合并口径包含的主体", "Entities of a consolidated scope"), _text("entities")),
    (Text("数据是否经审计", "Audited"), Cell(VALUE, ("audited",), "option", ANSWERS)),
)  # fmt: skip
ENTERPRISE: Final = ("name", "uscc", "region", "industry", "staff", "revenue")


def as_answer_file(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with the keys of an answer file; what is blank is left out."""
    enterprise = {key: found[key] for key in ENTERPRISE if key in found}
    plain = {key: found[key] for key in ("year", "scope", "entities") if key in found}
    audited = {"audited": found["audited"] == "yes"} if "audited" in found else {}
    return ({"enterprise": enterprise} if enterprise else {}) | plain | audited
