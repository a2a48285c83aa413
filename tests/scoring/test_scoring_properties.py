"""What holds for every model and all answers."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from engine_models import Plain
from engine_random import answer_to, answers, figures_linked, made, with_gaps
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoring.answers import LinkedValue, encode_many
from scoring.compile import compile as compile_model
from scoring.engine import NO_LEVEL, score, score_batch
from scoring.freeze import from_plain, to_plain
from scoring.model import Model, Question
from scoring.outcome import OUTCOMES
from scoring.result import Result

SEEDS = st.integers(0, 10**9)
EPSILON = 1e-9

thorough = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def scored(model: Model, given: Plain) -> Result:
    return score(compile_model(model), given, year=2025)


@thorough
@given(SEEDS)
def test_every_completion_lies_inside_the_interval(seed: int) -> None:
    model, random = made(seed)
    compiled = compile_model(model)
    full = answers(model, random)
    partial = with_gaps(model, full, random)
    before = score(compiled, partial)
    for completion in (full, _completed(model, partial, random)):
        after = score(compiled, completion)
        _inside(before, after)
        for name, node in before.nodes.items():
            if node.state in {"not-applicable", "out-of-scope"}:
                assert after.nodes[name].state == node.state, name
            elif after.nodes[name].value is not None:
                assert node.interval is not None, name
                assert node.interval.low - EPSILON <= after.nodes[name].value <= node.interval.high + EPSILON, name


def _completed(model: Model, partial: Plain, random: Random) -> Plain:
    """The partial answers with other answers in their gaps; optional questions stay as they are."""
    fresh = answers(model, random)
    result = dict(partial)
    for question in model.questions:
        if question.id in partial and question.kind in {"table", "checklist"}:
            result[question.id] = _filled(
                partial[question.id], answer_to(question, random, groups=partial[question.id])
            )
        elif question.required:
            result.setdefault(question.id, fresh[question.id])
    return result


def _filled(kept: Plain, fresh: Plain) -> Plain:
    """A table or checklist with its missing cells or clauses from another; a group begun cannot become not applicable."""
    if "na" in kept:
        return kept
    return {
        row: fresh[row] | kept[row] if row in kept and "na" not in kept[row] else kept.get(row, fresh[row])
        for row in fresh
    }


def _inside(before: Result, after: Result) -> None:
    if after.score_interval is None:
        return
    assert before.score_interval is not None
    assert before.score_interval.low - EPSILON <= after.score_interval.low
    assert after.score_interval.high <= before.score_interval.high + EPSILON
    if after.level_interval is not None and before.level_interval is not None:
        assert before.level_interval[0] <= after.level_interval[0]
        assert after.level_interval[1] <= before.level_interval[1]


@thorough
@given(SEEDS)
def test_complete_answers_leave_nothing_open(seed: int) -> None:
    model, random = made(seed)
    optional = [question.id for question in model.questions if not question.required]
    full = answers(model, random) | {name: {"level": 2, "degree": "most"} for name in optional}
    result = scored(model, full)
    assert result.missing == ()
    assert result.outcome in {"level", "not-rateable"}
    if result.score is not None:
        assert result.score_interval == (result.score, result.score)
        assert model.scale.min <= result.score <= model.scale.max
        assert result.level_interval is not None
        assert result.level_interval[0] == result.level_interval[1]
    for node in result.nodes.values():
        assert node.value is None or model.scale.min <= node.value <= model.scale.max


@thorough
@given(SEEDS)
def test_contributions_add_up_to_the_total(seed: int) -> None:
    model, random = made(seed)
    result = scored(model, answers(model, random))
    if result.score is not None and not _has_empty_lead(model, result):
        leaves = [node for node in result.nodes.values() if node.kind == "indicator"]
        assert sum(node.contribution or 0.0 for node in leaves) == pytest.approx(result.score, abs=EPSILON)
        assert sum(node.effective_weight for node in leaves) == pytest.approx(1.0, abs=EPSILON)
        assert result.nodes["total"].contribution == pytest.approx(result.score, abs=EPSILON)


def _has_empty_lead(model: Model, result: Result) -> bool:
    """A lead with nothing in scope is worth the minimum, and nobody is there to have it."""
    leads = [
        node.id for node in model.nodes if node.aggregation.kind == "lead" and result.nodes[node.id].state == "valued"
    ]
    return any(all(result.nodes[child].value is None for child in _children(model, name)) for name in leads)


def _children(model: Model, name: str) -> list[str]:
    inner = [node.id for node in model.nodes if node.parent == name and node.weight > 0]
    return inner + [leaf.id for leaf in model.indicators if leaf.parent == name and leaf.weight > 0]


@settings(
    thorough, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)  # many models ask for links
@given(SEEDS)
def test_a_linked_figure_counts_as_if_it_were_typed(seed: int) -> None:
    """Unless a condition asks for the link itself: then the answers alone do not tell."""
    model, random = made(seed)
    assume(not any("linked(" in (one.when or "") for one in (*model.nodes, *model.questions, *model.indicators)))
    given_, links = answers(model, random), figures_linked(model, random)
    read = score(compile_model(model), given_, links=links, year=2025)
    typed = scored(model, with_figures(given_, links))
    assert (read.outcome, read.score, read.nodes, read.missing) == (
        typed.outcome,
        typed.score,
        typed.nodes,
        typed.missing,
    )
    assert {step.id for step in read.trace if step.rule == "linked"} <= set(links)


def with_figures(answered: Plain, links: dict[str, LinkedValue]) -> Plain:
    typed = copy.deepcopy(answered)
    for slot, link in links.items():
        name, *cell = slot.split(".")
        if cell:
            row, column = cell
            typed[name] = {**typed[name], row: {**typed[name][row], column: link.value}}
        else:
            typed[name] = link.value
    return typed


@thorough
@given(SEEDS)
def test_a_batch_is_its_rows_bit_for_bit(seed: int) -> None:
    model, random = made(seed)
    compiled = compile_model(model)
    rows = [answers(model, random) for _ in range(6)]
    rows += [with_gaps(model, row, random) for row in rows]
    links = [figures_linked(model, random) for _ in rows]
    columns = encode_many(compiled, rows, links, years=[2025] * len(rows))
    batch = score_batch(compiled, columns, indicators=True)
    for name, node in score_batch(compiled, columns).nodes.items():
        assert node.spread.block.tobytes() == batch.nodes[name].spread.block.tobytes(), name
        assert node.spread.missing.tobytes() == batch.nodes[name].spread.missing.tobytes(), name
    for place, row in enumerate(rows):
        one = score(compiled, row, year=2025, links=links[place])
        assert OUTCOMES[batch.outcome[place]] == one.outcome
        assert _or_none(batch.score[place]) == one.score
        assert batch.na_share[place] == one.na_share
        assert batch.level[place] == (NO_LEVEL if one.level is None else one.level)
        assert batch.band_level[place] == (NO_LEVEL if one.band_level is None else one.band_level)
        if one.level_interval is not None:
            assert (batch.level_low[place], batch.level_high[place]) == one.level_interval
        if one.score_interval is not None:
            assert (batch.low[place], batch.high[place]) == one.score_interval
        for name, node in batch.nodes.items():
            assert _or_none(node.value[place]) == one.nodes[name].value, name
            assert (one.nodes[name].interval is not None) == node.live[place]
            assert one.nodes[name].interval in {None, (node.low[place], node.high[place])}


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


@thorough
@given(SEEDS)
def test_raising_an_indicator_never_lowers_score_or_level(seed: int) -> None:
    model, random = made(seed)
    full = answers(model, random)
    ladders = [q for q in model.questions if q.kind == "ladder" and q.required and "na" not in full[q.id]]
    if not ladders:
        return
    asked = random.choice(ladders)
    before, after = scored(model, full), scored(model, full | {asked.id: _raised(asked, full[asked.id])})
    assert (before.score is None) == (after.score is None)
    if before.score is not None and after.score is not None:
        assert after.score >= before.score - 1e-12
        assert before.level_interval is not None
        assert after.level_interval is not None
        assert after.level_interval[0] >= before.level_interval[0]


def _raised(asked: Question, answer: Plain) -> Plain:
    return {"level": min(answer["level"] + 1, asked.levels), "degree": "full"}


@thorough
@given(SEEDS)
def test_order_changes_nothing(seed: int) -> None:
    model, random = made(seed)
    full = answers(model, random)
    shuffled = dict(sorted(full.items(), key=lambda _: random.random()))
    assert scored(model, shuffled) == scored(model, full)
    indicators = tuple(sorted(model.indicators, key=lambda _: random.random()))
    other = scored(replace(model, indicators=indicators), full)
    _same(other, scored(model, full))


@thorough
@given(SEEDS, st.sampled_from([0.001, 0.3, 7.0, 1e6]))
def test_scaling_the_weights_changes_nothing(seed: int, factor: float) -> None:
    model, random = made(seed)
    full = answers(model, random)
    indicators = tuple(replace(leaf, weight=leaf.weight * factor) for leaf in model.indicators)
    scaled = {"dimension", "group"}  # domains keep theirs: gates read the declared weight
    nodes = tuple(replace(n, weight=n.weight * factor) if n.kind in scaled else n for n in model.nodes)
    _same(scored(replace(model, indicators=indicators, nodes=nodes), full), scored(model, full))


def _same(one: Result, other: Result) -> None:
    assert (one.outcome, one.level, one.missing) == (other.outcome, other.level, other.missing)
    assert one.score == (None if other.score is None else pytest.approx(other.score, abs=1e-12))
    assert one.na_share == pytest.approx(other.na_share, abs=1e-12)


@thorough
@given(SEEDS)
def test_a_frozen_result_thaws_to_itself(seed: int) -> None:
    model, random = made(seed)
    result = scored(model, with_gaps(model, answers(model, random), random))
    assert from_plain(json.loads(json.dumps(to_plain(result)))) == result


@thorough
@given(SEEDS)
def test_every_number_of_the_trace_follows_from_the_one_before(seed: int) -> None:
    """The value of each indicator, its contribution and the value of each node is the output of a step."""
    model, random = made(seed)
    result = scored(model, answers(model, random))
    for node in result.nodes.values():
        if node.value is not None:
            outputs = [step.output for step in result.trace if step.id == node.id]
            assert node.value in outputs
            assert node.contribution is None or node.contribution in outputs or node.kind != "indicator"
