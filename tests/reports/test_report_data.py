"""What a report says is what the engine found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_samples import EXAMPLES, FOREIGN, GAPS

from app.services.engines import engine_of
from app.services.report_data import build
from scoring.display import displayed
from scoring.engine import score

NAMES = sorted(file.stem for file in EXAMPLES.glob("*.yaml"))


def total(values):
    return round(sum(one.contribution or 0 for one in values), 6)


@pytest.mark.parametrize("name", NAMES)
def test_shown_contributions_add_up_at_every_level(report, name):
    found = report(name)
    assert total(one.value for one in found.dimensions) == float(displayed(found.outcome.score, 2))
    for dimension in found.dimensions:
        assert total(one.value for one in dimension.domains) == dimension.value.contribution
        for domain in dimension.domains:
            assert total(one.value for one in domain.indicators) == (domain.value.contribution or 0)


def test_a_step_gains_what_scoring_anew_says(report, source):
    made = source(EXAMPLES / "trial-furniture-maker.yaml")
    step = next(one for one in report().indicators if one.value.id == "a1.positioning").step
    changed = {**made.answers, "a1.positioning": {"level": step.level, "degree": "full"}}
    after = score(engine_of(made.questionnaire), changed, year=2025)
    assert step.gain == pytest.approx(after.score - made.result.score, abs=1e-12)
    assert step.gain > 0


def test_a_step_finishes_the_level_it_is_on_before_the_next(report):
    steps = {one.value.id: one.step for one in report().indicators}
    assert steps["a1.positioning"].level == 3  # answered level 3, partly
    assert steps["a1.business_model"].level == 3  # answered level 2, fully


def test_prerequisites_are_met_or_not_by_the_answers(report):
    needs = [need for one in report("trial-compressor-group").indicators if one.step for need in one.step.needs]
    assert {need.met for need in needs} == {True, False}


def test_formulas_carry_the_numbers(report):
    found = {one.id: one for section in report("trial-compressor-group").sections for one in section.computations}
    share = found["c1.share"]
    assert share.formula == "100 × (128,400 + 46,200) ÷ 528,000"
    assert share.result == "33.1%"
    assert found["c1.types"].formula.count("1") == 5, "the five kinds that were ticked count, the rest is 0"
    assert "c1." not in "".join(one.formula for one in found.values())


def test_rules_for_undefined_figures_are_named(report):
    remarks = [one.remark for section in report("trial-mould-shop").sections for one in section.computations]
    reasons = [one.value.reason for one in report("trial-mould-shop").indicators if one.value.state == "not-applicable"]
    assert reasons
    assert all(reasons)
    assert set(reasons) & set(remarks)


def test_findings_follow_the_band_of_the_domain(report):
    found = {one.value.id: one for one in report().domains}
    assert all(one.finding for one in found.values())
    lifted = {one.value.id: one.finding for one in report("trial-compressor-group").domains}
    assert found["a1"].finding != lifted["a1"]


def test_gaps_leave_intervals_and_no_findings(report):
    found = report("trial-furniture-maker", "zh", GAPS)
    assert found.outcome.provisional
    assert found.outcome.interval[0] < found.outcome.interval[1]
    assert found.outcome.level is None
    open_domains = [one for one in found.domains if one.value.state == "missing"]
    assert {"a1", "b2", "c1"} <= {one.value.id for one in open_domains}
    assert not any(one.finding for one in open_domains)
    assert {one.name for one in found.missing} >= {"战略定位与价值主张", "营业收入与服务收入"}
    assert next(one.count for one in found.missing if one.name == "营业收入与服务收入") == 9


def test_every_asked_question_is_among_the_answers(report, source):
    questionnaire = source(EXAMPLES / "trial-compressor-group.yaml").questionnaire
    shown = {answer.id for section in report("trial-compressor-group").sections for answer in section.answers}
    assert shown == set(questionnaire.questions)


def test_a_question_that_was_not_asked_is_not_shown(source):
    made = source(EXAMPLES / "trial-compressor-group.yaml")
    accounts = made.answers["c1.accounts"]
    nothing = {**accounts, "indirect": dict.fromkeys(accounts["indirect"], 0)}
    answers = {key: value for key, value in made.answers.items() if key != "c1.allocation_method"} | {
        "c1.accounts": nothing
    }
    found = build(replace(made, answers=answers), "zh")
    assert "c1.allocation_method" not in {answer.id for section in found.sections for answer in section.answers}


def test_the_map_knows_asked_from_unasked_nodes(report):
    nodes = {node.code: node for node in report().standards}
    assert nodes["2.4.1"].asked
    assert nodes["2.4.1"].value is not None
    assert nodes["2.4.1"].addressed <= nodes["2.4.1"].topics
    assert not nodes["3.1"].asked
    assert nodes["3.1"].value is None


def test_a_business_type_beside_the_leading_one_has_its_own_value_on_the_map(report):
    found = report("furniture-maker")
    groups = {one.group.name: one.group.value for one in found.indicators if one.group}
    nodes = {node.name: node for node in found.standards}
    assert len(groups) > 1
    for name, value in groups.items():
        assert nodes[name].value == pytest.approx(value, abs=1e-6)


def test_a_unit_that_begins_with_a_number_is_a_factor(report):
    texts = [answer.text for section in report("furniture-maker", "en").sections for answer in section.answers]
    assert "0 × 10,000 yuan" in texts
    assert not any(text.endswith(" 10,000 yuan") and "×" not in text for text in texts)


def test_a_questionnaire_that_names_no_node_has_no_map(source):
    assert build(source(FOREIGN / "service-index" / "examples" / "repairer.yaml"), "zh").standards == ()
