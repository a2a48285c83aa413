"""From a questionnaire to what the engine reads: the texts fall away, the conditions of parents join those of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring import model as engine
from scoring.vocabulary import NO_YEAR

from . import types
from .years import Years

TOTAL = "total"


def compile_model(questionnaire: types.Questionnaire) -> engine.Model:
    """Return the model of a questionnaire that was loaded without errors."""
    return engine.Model(
        slug=questionnaire.slug,
        version=questionnaire.version,
        digest=questionnaire.digest,
        outcome=questionnaire.outcome,
        scale=engine.Scale(questionnaire.scale.min, questionnaire.scale.max),
        total_weight=questionnaire.total,
        degrees={degree.id: degree.value for degree in questionnaire.degrees},
        levels=tuple(engine.Level(level.number, level.lower) for level in questionnaire.levels),
        questions=tuple(_questions(questionnaire)),
        nodes=tuple(_nodes(questionnaire)),
        indicators=tuple(_indicators(questionnaire)),
        gates=tuple(_gate(gate) for gate in questionnaire.gates),
        na_ceiling=questionnaire.na_ceiling,
        decimals=questionnaire.decimals,
        index=_index(questionnaire.index),
        measures=tuple(_measures(questionnaire)),
        consistency=tuple(_consistency(questionnaire)),
        parameters=parameters(questionnaire),
    )


def joined(*conditions: str | None) -> str | None:
    """All of the conditions in one, None if there is none."""
    given = [condition for condition in conditions if condition is not None]
    return " and ".join(f"({condition})" for condition in given) if len(given) > 1 else next(iter(given), None)


def _questions(questionnaire: types.Questionnaire) -> Iterator[engine.Question]:
    for section in questionnaire.sections:
        for question in section.questions:
            yield _question(questionnaire, question, joined(section.when, question.when))
        for indicator in section.indicators:
            if indicator.asked:
                yield _question(questionnaire, indicator.asked, _when(section, indicator))


def _when(section: types.Section, indicator: types.Indicator) -> str | None:
    group = next((group for group in section.groups if group.id == indicator.group), None)
    asked = indicator.asked
    return joined(section.when, group.when if group else None, indicator.when, asked.when if asked else None)


def _question(questionnaire: types.Questionnaire, question: types.AnyQuestion, when: str | None) -> engine.Question:
    return engine.Question(
        id=question.id,
        kind=question.kind,
        required=question.required,
        na_allowed=question.na is not None,
        when=when,
        **_particulars(questionnaire, question),
    )


def _particulars(questionnaire: types.Questionnaire, question: types.AnyQuestion) -> dict[str, Any]:
    """Return the engine's fields that only this kind of question fills."""
    match question:
        case types.Ladder(levels=levels):
            return {"levels": len(levels)}
        case types.Checklist(groups=groups):
            return {"groups": tuple(map(_clauses, groups))}
        case types.Choice() | types.MultiChoice():
            return _choice(questionnaire, question)
        case types.Table():
            return _table(question)
    return _bounds(question)


def _bounds(question: types.AnyQuestion) -> dict[str, Any]:
    match question:
        case types.Number(min=low, max=high):
            return {"minimum": low, "maximum": high, "links": tuple(question.linked)}
        case types.FreeText(max_length=length):
            return {"max_length": length}
        case types.Day(min=first, max=last):
            return {"earliest": first and first.isoformat(), "latest": last and last.isoformat()}
    return {}


def _choice(questionnaire: types.Questionnaire, question: types.Choice | types.MultiChoice) -> dict[str, Any]:
    options = tuple(engine.Option(option.id, option.value) for option in questionnaire.options(question))
    if isinstance(question, types.Choice):
        return {"options": options}
    return {"options": options, "minimum": question.min, "maximum": question.max, "exclusive": question.exclusive}


def _table(table: types.Table) -> dict[str, Any]:
    own = {row.id: (row.min, row.max) for row in table.rows if row.min is not None or row.max is not None}
    return {
        "rows": tuple(row.id for row in table.rows),
        "columns": tuple(map(_column, table.columns)),
        "row_whens": {row.id: row.when for row in table.rows if row.when is not None},
        "minimum": table.min,
        "maximum": table.max,
        "links": tuple(table.linked),
        "row_bounds": {
            row: (table.min if low is None else low, table.max if high is None else high)
            for row, (low, high) in own.items()
        },
    }


def _column(column: types.Column) -> engine.Column:
    return engine.Column(
        id=column.id,
        when=column.when,
        year=column.year,
        kind=column.kind,
        required=column.required,
        options=tuple(option.id for option in column.options),
        max_length=column.max_length if column.kind == "text" else None,
    )


def _clauses(group: types.ClauseGroup) -> engine.ClauseGroup:
    clauses = tuple(engine.Clause(clause.id, clause.weight) for clause in group.clauses)
    return engine.ClauseGroup(group.id, clauses, group.na is not None)


def _nodes(questionnaire: types.Questionnaire) -> Iterator[engine.Node]:
    """Parents before children, each domain after its dimension."""
    yield engine.Node(TOTAL, "total", None, questionnaire.total, _aggregation(questionnaire.aggregation))
    for dimension in questionnaire.dimensions:
        aggregation = _aggregation(dimension.aggregation)
        yield engine.Node(dimension.id, "dimension", TOTAL, dimension.weight, aggregation)
        for domain in questionnaire.domains:
            if domain.dimension == dimension.id:
                yield from _domain(domain, dimension.id)


def _domain(domain: types.Section, dimension: str) -> Iterator[engine.Node]:
    yield engine.Node(domain.id, "domain", dimension, domain.weight, _aggregation(domain.aggregation), domain.when)
    for group in domain.groups:
        when = joined(domain.when, group.when)
        yield engine.Node(group.id, "group", domain.id, group.weight, _aggregation(group.aggregation), when)


def _aggregation(aggregation: types.Aggregation) -> engine.Aggregation:
    lead = None
    if aggregation.kind == "lead":
        weight = 0.5 if aggregation.weight is None else aggregation.weight
        lead = engine.Lead(dict(aggregation.shares), aggregation.declared, weight)
    return engine.Aggregation(aggregation.kind, aggregation.floor, lead)


def _indicators(questionnaire: types.Questionnaire) -> Iterator[engine.Indicator]:
    for domain in questionnaire.domains:
        for indicator in domain.indicators:
            yield engine.Indicator(
                id=indicator.id,
                parent=indicator.group or domain.id,
                weight=indicator.weight,
                question=indicator.question_id,
                formula=indicator.link.fallback if indicator.link else indicator.formula,
                link=engine.Link(indicator.link.slug, indicator.link.measure) if indicator.link else None,
                rule=_rule(indicator),
                undefined=tuple(map(_undefined, indicator.undefined)),
                when=_when(domain, indicator),
                normalisation=_normalisation(questionnaire, indicator),
                imputation=indicator.imputation or (questionnaire.index or types.Index()).imputation,
            )


def _rule(part: types.Indicator | types.Substitute) -> engine.Rule:
    if part.breakpoints:
        raw, value = zip(*part.breakpoints, strict=True)
        return engine.Breakpoints(raw, value)
    if part.goalposts:
        return engine.Goalposts(part.goalposts.start, part.goalposts.end, part.goalposts.log)
    return None


def _index(index: types.Index | None) -> engine.Index:
    return engine.Index(index.weights, index.availability, index.coupling) if index else engine.Index()


def _normalisation(questionnaire: types.Questionnaire, indicator: types.Indicator) -> engine.Normalisation:
    """Return an indicator's normalisation: its own keys, else those of the questionnaire; direction and log as its rule has them."""
    own, index = indicator.normalisation or types.OwnNormalisation(), questionnaire.index or types.Index()
    shared = index.normalisation
    return engine.Normalisation(
        kind=own.kind or shared.kind,
        lower=own.direction == "lower" or _falls(questionnaire, indicator),
        log=indicator.goalposts.log if indicator.goalposts else bool(own.log),
        target=own.target,
        mean=shared.mean if own.mean is None else own.mean,
        sd=shared.sd if own.sd is None else own.sd,
    )


def _falls(questionnaire: types.Questionnaire, indicator: types.Indicator) -> bool:
    """Whether an indicator's own rule gives less for more."""
    posts = indicator.goalposts
    if posts:
        start, end = (_first_value(questionnaire, post) for post in (posts.start, posts.end))
        return start > end
    return bool(indicator.breakpoints) and indicator.breakpoints[0][1] > indicator.breakpoints[-1][1]


def _first_value(questionnaire: types.Questionnaire, post: float | str) -> float:
    """Return a goalpost, or the first value of the parameter that it names: parameters never change an indicator's direction."""
    values = next((one.values for one in questionnaire.parameters if one.id == post), ())
    return post if isinstance(post, float) else next((one.value for one in values), 0.0)


def _measures(questionnaire: types.Questionnaire) -> Iterator[engine.Measure]:
    """Every measure in every year."""
    years = Years(questionnaire)
    for measure in questionnaire.measures.values():
        when = joined(questionnaire.section_of[measure.id].when, measure.when)
        for year, name in measure.ids.items():
            yield engine.Measure(
                id=name,
                family=measure.id,
                formula=years.at(measure.formula, year),
                year=year,
                when=None if when is None else years.at(when, year),
                growth=measure.growth,
                undefined=tuple(years.at(gap.when, year) for gap in measure.undefined),
            )


def _consistency(questionnaire: types.Questionnaire) -> Iterator[engine.Consistency]:
    """Every consistency rule in every year."""
    years = Years(questionnaire)
    for rule in questionnaire.consistency.values():
        for year in rule.years or (None,):
            places = tuple(place for one in rule.at if (place := years.at(one, year)) != NO_YEAR)
            yield engine.Consistency(rule.id, rule.severity, years.at(rule.holds, year), year, places)


def parameters(questionnaire: types.Questionnaire) -> tuple[engine.Parameter, ...]:
    """Return the engine's parameters."""
    return tuple(
        engine.Parameter(one.id, tuple(engine.Entry(v.since, v.value, v.industries) for v in one.values))
        for one in questionnaire.parameters
    )


def _undefined(rule: types.Undefined) -> engine.Undefined:
    if isinstance(rule, types.Ask):
        return engine.Undefined(rule.when, rule.then, question=rule.question)
    if isinstance(rule, types.Substitute):
        return engine.Undefined(rule.when, rule.then, formula=rule.formula, rule=_rule(rule))
    return engine.Undefined(rule.when, rule.then)


def _gate(gate: types.AnyGate) -> engine.Gate:
    if isinstance(gate, types.Veto):
        return engine.Gate(gate.id, gate.kind, condition=gate.hit)
    if isinstance(gate, types.CapDomain):
        return engine.Gate(gate.id, gate.kind, floor=gate.floor, min_weight=gate.min_weight)
    if isinstance(gate, types.CapKey):
        return engine.Gate(gate.id, gate.kind, floor=gate.floor, nodes=gate.nodes)
    if isinstance(gate, types.CapSteps):
        steps = tuple(engine.Step(step.level, step.nodes, step.floor) for step in gate.steps)
        return engine.Gate(gate.id, gate.kind, steps=steps)
    return engine.Gate(gate.id, gate.kind, condition=gate.holds, level=gate.level)
