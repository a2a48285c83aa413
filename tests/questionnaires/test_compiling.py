from __future__ import annotations

from dataclasses import replace

from questionnaires.compiling import compile_model, joined
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire, Section
from scoring import model as engine
from scoring.compile import compile as accepted


def test_the_header_becomes_the_frame_of_the_model(small: Questionnaire) -> None:
    model = compile_model(small)

    assert (model.slug, model.version, model.outcome, model.total_weight) == ("small", "1.0.0", "level", 10)
    assert (model.scale.min, model.scale.max, model.scale.width) == (0, 9, 9)
    assert model.degrees == {"half": 0.5, "full": 1.0}
    assert model.levels == tuple(map(engine.Level, (0, 1, 2, 3), (None, 2, 5, 8)))
    assert [(node.id, node.kind, node.parent, node.weight) for node in model.nodes] == [
        ("total", "total", None, 10),
        ("p", "dimension", "total", 6),
        ("p1", "domain", "p", 6),
        ("p1.team", "group", "p1", 1),
        ("r", "dimension", "total", 4),
        ("r1", "domain", "r", 4),
    ]
    assert {node.id: node.aggregation.kind for node in model.nodes}["r"] == "minimum"


def test_questions_keep_what_the_engine_needs_of_their_kind(small: Questionnaire) -> None:
    asked = {question.id: question for question in compile_model(small).questions}

    assert list(asked) == list(small.questions)
    assert asked["p1.plan"].levels == 3
    assert asked["p1.safety"].groups == (
        engine.ClauseGroup("fire", (engine.Clause("drill"), engine.Clause("doors", 2)), na_allowed=True),
    )
    assert [option.value for option in asked["r1.scope"].options] == [0, 4.5, 9]
    assert (asked["r1.scope"].na_allowed, asked["p1.plan"].na_allowed) == (True, False)
    assert (asked["facts.modes"].exclusive, asked["facts.modes"].maximum) == (("neither",), 2)
    assert (asked["facts.founded"].earliest, asked["facts.founded"].latest) == ("1900-01-01", "2026-12-31")
    assert (asked["facts.remarks"].max_length, asked["facts.remarks"].required) == (7, False)
    assert asked["facts.accounts"].rows == ("revenue", "service")
    assert asked["facts.accounts"].columns[1] == engine.Column("y1", "facts.accident == 'no'")
    assert asked["facts.accounts"].row_bounds == {"service": (0, 1000000)}


def test_indicators_keep_their_sources_and_rules(small: Questionnaire) -> None:
    share, scope, green = [one for one in compile_model(small).indicators if one.parent == "r1"]

    assert share.rule == engine.Breakpoints((0, 20, 30, 50), (0, 3, 6, 9))
    assert [(rule.then, rule.question, rule.formula) for rule in share.undefined] == [
        ("ask", "r1.estimate", None),
        ("substitute", None, "facts.repairs / 10"),
    ]
    assert (scope.question, scope.formula) == ("r1.scope", None)
    assert (green.link, green.formula) == (engine.Link("small", "total"), "0.09 * facts.repairs")
    assert green.rule == engine.Goalposts(0, 45)


def test_gates_keep_their_kind(small: Questionnaire) -> None:
    veto, domain, key, steps, expect = compile_model(small).gates

    assert (veto.kind, veto.condition) == ("veto", "facts.accident == 'yes'")
    assert (domain.min_weight, domain.floor) == (4, "level * 2")
    assert key.nodes == ("p1.plan", "p1.safety.fire")
    assert steps.steps == (engine.Step(1, ("p1.plan",), 3), engine.Step(2, ("r1.share",), 3))
    assert (expect.level, expect.condition) == (2, "raw(r1.share) >= 30")


def test_conditions_of_parents_join_those_of_their_parts(small: Questionnaire) -> None:
    def under(section: Section) -> Section:
        return replace(section, when="facts.accident == 'no'") if section.id == "p1" else section

    changed = replace(small, sections=tuple(map(under, small.sections)))
    model = compile_model(changed)
    whens = {one.id: one.when for one in model.indicators}

    assert whens["p1.plan"] == "facts.accident == 'no'"
    assert whens["p1.crew"] == "(facts.accident == 'no') and ('design' in facts.modes)"
    assert {one.id: one.when for one in model.questions}["p1.crew"] == whens["p1.crew"]
    assert {one.id: one.when for one in model.nodes}["p1.team"] == whens["p1.crew"]
    assert joined(None, None) is None


def test_the_engine_accepts_every_questionnaire(small: Questionnaire, shipped: Registry) -> None:
    models = [shipped.model(slug, version) for slug in shipped.slugs() for version in shipped.versions(slug)]
    for model in (compile_model(small), *models):
        assert accepted(model).model is model
