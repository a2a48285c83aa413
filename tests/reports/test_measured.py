"""Reports of figures that are measured: tables, formulas, charts, findings and their words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from report_samples import ROOT

from app.i18n import translations
from app.services.report_data import build
from app.services.worked import filled
from reports import measure_sentences, sentences
from reports.charts.lines import Trace, lines_chart
from reports.charts.stacks import stacks
from reports.charts.waterfall import WaterfallBar, waterfall
from reports.figures import Figures
from reports.measured import Composition, Finding, Series, Waterfall
from reports.pdf import render
from reports.words import LOCALE, Words
from scoring.result import TraceStep

INPUT_OUTPUT = ROOT / "questionnaires" / "input-output" / "examples"
SUSTAINABILITY = ROOT / "questionnaires" / "sustainability" / "examples"


@pytest.fixture(scope="module")
def measured(source):
    return build(source(INPUT_OUTPUT / "compressor-group.yaml"), "zh")


@pytest.fixture(scope="module")
def index(source):
    return build(source(SUSTAINABILITY / "compressor-group.yaml"), "zh")


def words(report):
    return Words(report, translations(report.language, LOCALE).gettext)


def found(report, name):
    return next(one for group in report.groups for one in group.measures if one.id == name)


def drawn(report, kind):
    return [one for group in report.groups for one in group.charts if isinstance(one, kind)]


def test_a_measure_has_its_years_newest_first_with_growth(measured):
    share = found(measured, "service_share")
    assert [(cell.year, cell.figure, cell.growth) for cell in share.cells] == [
        (2025, "33.1", "+2.6 个百分点"),
        (2024, "30.5", "+2.6 个百分点"),
        (2023, "27.9", ""),
    ]
    assert found(measured, "service_revenue").latest.growth == "+15.3%"


def test_formulas_carry_the_numbers_of_every_year(measured):
    worked = {one.year: (one.formula, one.result) for one in found(measured, "service_share").worked}
    assert worked[2025] == ("100 × 174,600 ÷ 528,000", "33.1%")
    assert worked[2023] == ("100 × 131,300 ÷ 471,200", "27.9%")
    gap = found(measured, "service_value_added_gap").worked[0]
    assert gap.formula == "100 × |82,600 − 80,900| ÷ max(|82,600|, |80,900|)", (
        "the case that does not apply is left out"
    )
    total = found(measured, "service_revenue_direct").worked[0]
    assert total.formula == "2,350 + 70,400 + 35,800 + 18,600 + 1,250", "a total is spelt out"


@pytest.mark.parametrize(
    ("formula", "inputs", "shown"),
    [
        ("a - (b - c)", {"a": 5.0, "b": 3.0, "c": -1.0}, "5 − (3 − (−1))"),
        ("(a + b) * c / (a - b)", {"a": 5.0, "b": 3.0, "c": 2.0}, "(5 + 3) × 2 ÷ (5 − 3)"),
        ("a ** 2 if a > 0 else b", {"a": 3.0, "b": 1.0}, "3 ^ 2"),
        ("b if a > 0 and b < 0 else a + 0.5", {"a": 3.0, "b": 1.0}, "3 + 0.5"),
        ("-a + b", {"a": 3.0, "b": -1.0}, "−3 + (−1)"),
        ("a / b", {"a": 0.0001234567, "b": 1234.56789}, "0.000123457 ÷ 1,234.5679"),
    ],
)
def test_brackets_signs_and_decimals_of_formulas(source, formula, inputs, shown):
    questionnaire = source(INPUT_OUTPUT / "compressor-group.yaml").questionnaire
    step = TraceStep("x", "measure", tuple(inputs.items()), 1.0, {"formula": formula})
    assert filled(questionnaire, step, "zh") == shown


def test_years_that_were_not_asked_have_no_column(source):
    report = build(source(INPUT_OUTPUT / "mould-shop.yaml"), "zh")
    assert {year for group in report.groups for year in group.years} == {2025, 2024}


def test_missing_figures_are_named_and_what_is_known_is_shown(source):
    report = build(source(INPUT_OUTPUT / "published-kone-2021.yaml"), "zh")
    assert report.outcome.provisional
    assert found(report, "service_share").latest.figure == "46.4"
    value = next(group for group in report.groups if group.id == "value")
    assert "服务附加值（生产法）" in value.lacking
    assert not [one for one in drawn(report, Waterfall) if one.id == "chart.path"], "no way without its steps"
    assert sentences.headline(words(report)) == "暂定：数据不全"


def test_the_waterfall_arrives_where_its_measure_says(measured):
    path = next(one for one in drawn(measured, Waterfall) if one.id == "chart.path")
    level = path.steps[0].value
    for step in path.steps[1:-1]:
        level += -step.value if step.kind == "minus" else step.value
    assert level == pytest.approx(path.steps[-1].value)
    assert path.steps[-1].figure == "82,600"


def test_charts_follow_the_questionnaire(measured):
    assert len(drawn(measured, Series)) == 3
    revenue = next(one for one in drawn(measured, Composition) if one.id == "chart.revenue")
    assert revenue.years == (2023, 2024, 2025)
    assert len(revenue.parts) == 5, "parts that are 0 in every year are left out"
    assert revenue.totals[-1] == "174,600"
    svg = Figures(words(measured)).measured(revenue)
    assert "全生命周期管理收入 2025 90,300" in svg, "every figure is in the description"
    assert "style=" not in svg


def test_the_summary_says_what_was_measured_both_ways_with_the_gap(measured):
    said = words(measured)
    assert sentences.headline(said) == "综合服务收入占比 33.1%"
    text = said.joined(sentences.verdict(said))
    assert "服务附加值（生产法） 82,600 万元" in text
    assert "服务附加值（收入法） 80,900 万元" in text
    assert "服务附加值两法差率 2.06%" in text
    assert "各项核对关系都相符" in text
    assert not measured.outcome.provisional


def test_findings_say_whether_they_were_explained(measured):
    given = Finding("x", "explain", 2025, "应相符", "请查", "某处")
    said = words(replace(measured, findings=(given, replace(given, note="有原因"))))
    assert measure_sentences.severity(said, given) == "须说明"
    assert measure_sentences.severity(said, said.report.findings[1]) == "已说明"
    assert measure_sentences.quality(said) == "有 2 处核对关系不相符，其中 1 处附有企业的说明。"


def test_broken_rules_are_printed(source):
    report = build(source(INPUT_OUTPUT / "published-kone-2021.yaml"), "zh")
    assert [(one.id, one.severity) for one in report.findings] == [("vat.excluded", "warning")]


def test_an_index_names_its_parameters_topics_and_dimensions(index):
    constants = {one.id: one for one in index.constants}
    assert constants["leading.independence"].value == "50%"
    assert constants["leading.independence"].since == 2025
    assert all(one.reasoning for one in index.constants)
    gri = next(one for one in index.frameworks if one.name.startswith("GRI"))
    topic = next(one for one in gri.topics if one.code == "302-3")
    assert topic.answered
    assert "单位产值综合能耗" in topic.indicators
    said = words(index)
    environment = next(one for one in index.dimensions if one.value.id == "e")
    assert measure_sentences.dimension_sentence(said, environment).startswith("环境得 74.3 分，占总权重的 40%")


def test_a_vetoed_index_speaks_of_no_level(source):
    said = words(build(source(SUSTAINABILITY / "vetoed-pump-maker.yaml"), "zh"))
    text = sentences.headline(said) + said.joined(sentences.verdict(said))
    assert "生产安全事故否决" in text
    assert "级" not in text.replace("等级事故", "")


def test_a_negative_result_goes_left_of_zero():
    bars = [
        WaterfallBar("甲", "total", 10, "10"),
        WaterfallBar("乙", "minus", 25, "25"),
        WaterfallBar("丙", "total", -15, "-15"),
    ]
    svg = waterfall(bars, title="路径")
    assert "−25" in svg
    assert "−15" in svg
    assert 'width="-' not in svg


def test_lines_and_stacks_write_every_figure():
    traces = [Trace("甲", (1.0, None, 3.0), ("1", "–", "3")), Trace("乙", (1.0, 2.0, 3.0), ("1.0", "2.0", "3.0"))]
    svg = lines_chart(traces, ["2023", "2024", "2025"], title="线")
    assert all(f">{text}<" in svg for text in ("2023", "1", "2.0", "3", "3.0", "甲", "乙"))
    svg = stacks([traces[1]], ["2023", "2024", "2025"], ["1.0", "2.0", "3.0"], title="叠")
    assert svg.count("<rect") == 4, "a bar a year and the key"


def test_the_report_prints_it_in_english(source):
    report = build(source(INPUT_OUTPUT / "mould-shop.yaml"), "en")
    made = render(report, translations("en", LOCALE).gettext)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made.data)).pages)
    for expected in (
        "What was measured",
        "Quality of the data",
        "Formulas with their numbers",
        "100 × 168 ÷ 2,150 = 7.8%",
    ):
        assert expected in text
    assert "Total score" not in text
    assert "Level" not in text
