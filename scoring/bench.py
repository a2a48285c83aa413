"""Measure the engine: one assessment with its whole trace, and a million beside a bare baseline. Clocks are handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import numpy as np

from scoring.batch import Batch
from scoring.columns import Floats
from scoring.compiled import Compiled, Leaf
from scoring.engine import BatchResult, score, score_batch
from scoring.model import Breakpoints, Goalposts, Rule, Scale
from scoring.parameters import entry_of
from scoring.synthetic import synthetic

CHUNK: Final = 16_384
REPEATS: Final = 5

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class BenchResult:
    """Seconds for all rows, the median of the repeats; `ratio` is the median of the engine's over the baseline's of the same repeat."""

    rows: int
    chunk: int
    repeats: int
    code_columns: int
    number_columns: int
    engine_seconds: float
    baseline_seconds: float
    ratio: float


@dataclass(frozen=True, slots=True)
class SingleResult:
    """Seconds to score one assessment with its trace, from answers as stored to the result."""

    runs: int
    median_seconds: float
    best_seconds: float


@dataclass(frozen=True, slots=True)
class _Coded:
    """A ladder, choice or clause of the baseline: its weight in the total and what its codes are worth."""

    slot: str
    weight: float
    table: Floats


@dataclass(frozen=True, slots=True)
class _Numeric:
    """A stored number of the baseline: the weight and the breakpoints of the first indicator that it goes into."""

    slot: str
    weight: float
    raw: Floats
    value: Floats


def bench_single(compiled: Compiled, answers: Mapping[str, Any], *, runs: int, clock: Clock) -> SingleResult:
    """Score the same answers so many times."""
    seconds = []
    for _ in range(runs):
        start = clock()
        score(compiled, answers, year=2025)
        seconds.append(clock() - start)
    return SingleResult(runs, median(seconds), min(seconds))


def bench_scoring(compiled: Compiled, *, rows: int, seed: int, clock: Clock) -> BenchResult:
    """Score synthetic assessments in chunks, bare baseline and engine in turn on each chunk, all preloaded.

    The baseline reads every stored column that a value is made of, once: per ladder, choice or clause `acc += w * lut[codes]`, per number
    or cell `acc += w * np.interp(column, points, values)`. It knows no gaps, scopes, formulas, redistribution, nodes, gates or levels.
    """
    codes, numbers = _baseline_columns(compiled)
    random = np.random.default_rng(seed)
    sizes = [min(CHUNK, rows - start) for start in range(0, rows, CHUNK)]
    chunks = [synthetic(compiled, size, random) for size in sizes]
    times = [_repeat(compiled, chunks, codes, numbers, clock) for _ in range(REPEATS)]
    return BenchResult(
        rows=rows,
        chunk=CHUNK,
        repeats=REPEATS,
        code_columns=len(codes),
        number_columns=len(numbers),
        engine_seconds=median(engine for engine, _ in times),
        baseline_seconds=median(baseline for _, baseline in times),
        ratio=median(engine / baseline for engine, baseline in times),
    )


def _repeat(
    compiled: Compiled, chunks: list[Batch], codes: list[_Coded], numbers: list[_Numeric], clock: Clock
) -> tuple[float, float]:
    """Return the seconds of engine and baseline over all chunks."""
    engine = baseline = 0.0
    for chunk in chunks:
        start = clock()
        _bare(chunk, codes, numbers)
        between = clock()
        _score(compiled, chunk)
        engine += clock() - between
        baseline += between - start
    return engine, baseline


def _score(compiled: Compiled, chunk: Batch) -> tuple[BatchResult, list[Floats]]:
    """Return outcomes, levels and intervals, and the dimension scores, which are worked out when read."""
    result = score_batch(compiled, chunk)
    dimensions = [node.id for node in compiled.model.nodes if node.kind == "dimension"]
    return result, [result.nodes[name].value for name in dimensions]


def _bare(chunk: Batch, codes: list[_Coded], numbers: list[_Numeric]) -> Floats:
    acc = np.zeros(chunk.size)
    for coded in codes:
        acc += coded.weight * coded.table[chunk.codes[coded.slot]]
    for numeric in numbers:
        acc += numeric.weight * np.interp(chunk.numbers[numeric.slot], numeric.raw, numeric.value)
    return acc


def _baseline_columns(compiled: Compiled) -> tuple[list[_Coded], list[_Numeric]]:
    codes: list[_Coded] = []
    numbers: dict[str, _Numeric] = {}
    for leaf in compiled.leaves.values():
        weight = _share(compiled, leaf)
        if leaf.table is not None and leaf.asked is not None:
            codes.append(_Coded(leaf.asked.question.id, weight, leaf.table[0].copy()))
        elif leaf.asked is not None and leaf.asked.groups:
            codes += _clauses(leaf, weight, compiled.model.scale)
        points = _points(leaf.indicator.rule, compiled)
        for slot in _numbers_of(compiled, leaf):
            numbers.setdefault(slot, _Numeric(slot, weight, *points))
    return codes, list(numbers.values())


def _numbers_of(compiled: Compiled, leaf: Leaf) -> list[str]:
    """Return the stored numbers that an indicator reads."""
    names = [leaf.asked.question.id] if leaf.asked else []
    names += leaf.formula.names if leaf.formula else ()
    for remedy in leaf.remedies:
        names += remedy.when.names
        names += remedy.formula.names if remedy.formula else ()
    return [name for name in names if name in compiled.layout.numbers]


def _clauses(leaf: Leaf, weight: float, scale: Scale) -> list[_Coded]:
    groups = leaf.asked.groups if leaf.asked else ()
    total = sum(group.weight for group in groups) or 1.0
    tables = [(slot, table) for group in groups for slot, table in zip(group.slots, group.tables, strict=True)]
    return [_Coded(slot, weight, table[0] * scale.width / total) for slot, table in tables]


def _share(compiled: Compiled, leaf: Leaf) -> float:
    """Return a leaf's declared share of the total."""
    share, child = 1.0, leaf.indicator.id
    for inner in compiled.inners:
        weights = dict(inner.children)
        if child in weights:
            share, child = share * weights[child] / (sum(weights.values()) or 1.0), inner.node.id
    return share


def _points(rule: Rule, compiled: Compiled) -> tuple[Floats, Floats]:
    scale = compiled.model.scale
    match rule:
        case Breakpoints(raw, value):
            return np.array(raw), np.array(value)
        case Goalposts(start, end):
            pairs = sorted([(_post(start, compiled), scale.min), (_post(end, compiled), scale.max)])
            return np.array([raw for raw, _ in pairs]), np.array([value for _, value in pairs])
        case None:
            return np.array([scale.min, scale.max]), np.array([scale.min, scale.max])


def _post(post: float | str, compiled: Compiled) -> float:
    """Return a goalpost, or the latest general value of the parameter that it names."""
    return entry_of(compiled.parameters[post], None, None).value if isinstance(post, str) else post
