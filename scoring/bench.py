"""Measure the engine: one assessment with its whole trace, and a million beside a bare baseline. Clocks are handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

import numpy as np

from scoring.batch import Batch
from scoring.columns import KNOWN, Bytes, Floats
from scoring.compiled import Compiled, Leaf
from scoring.engine import BatchResult, score, score_batch
from scoring.model import Breakpoints, Goalposts, Rule, Scale
from scoring.synthetic import synthetic
from scoring.values import Values

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
    """A number of the baseline, typed or computed: its weight in the total and its breakpoints."""

    indicator: str
    weight: float
    raw: Floats
    value: Floats


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A preloaded chunk: the engine's batch, and the raw numbers of numeric indicators for the baseline."""

    batch: Batch
    raws: dict[str, Floats]


def bench_single(compiled: Compiled, answers: Mapping[str, Any], *, runs: int, clock: Clock) -> SingleResult:
    """Score the same answers so many times."""
    seconds = []
    for _ in range(runs):
        start = clock()
        score(compiled, answers, year=2025)
        seconds.append(clock() - start)
    return SingleResult(runs, median(seconds), min(seconds))


def bench_scoring(compiled: Compiled, *, rows: int, seed: int, clock: Clock) -> BenchResult:
    """Score synthetic assessments in chunks, engine and bare baseline in turn on each chunk.

    The baseline is what a script would do without gaps, redistribution, dimensions, gates or levels: per ladder, choice or clause
    `acc += w * lut[codes]`, per number (typed, or computed beforehand) `acc += w * np.interp(raw, points, values)`.
    """
    codes, numbers = _baseline_columns(compiled)
    random = np.random.default_rng(seed)
    sizes = [min(CHUNK, rows - start) for start in range(0, rows, CHUNK)]
    chunks = [_chunk(compiled, synthetic(compiled, size, random), numbers) for size in sizes]
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
    compiled: Compiled, chunks: list[_Chunk], codes: list[_Coded], numbers: list[_Numeric], clock: Clock
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


def _score(compiled: Compiled, chunk: _Chunk) -> tuple[BatchResult, list[Floats]]:
    """Return outcomes, levels and intervals, and the dimension scores, which are worked out when read."""
    result = score_batch(compiled, chunk.batch)
    dimensions = [node.id for node in compiled.model.nodes if node.kind == "dimension"]
    return result, [result.nodes[name].value for name in dimensions]


def _bare(chunk: _Chunk, codes: list[_Coded], numbers: list[_Numeric]) -> Floats:
    acc = np.zeros(chunk.batch.size)
    columns: Mapping[str, Bytes] = chunk.batch.codes
    for coded in codes:
        acc += coded.weight * coded.table[columns[coded.slot]]
    for numeric in numbers:
        acc += numeric.weight * np.interp(chunk.raws[numeric.indicator], numeric.raw, numeric.value)
    return acc


def _chunk(compiled: Compiled, batch: Batch, numbers: list[_Numeric]) -> _Chunk:
    with np.errstate(all="ignore"):
        values = Values(compiled, batch)
        raws = {numeric.indicator: values.shown_raw(numeric.indicator) for numeric in numbers}
    return _Chunk(batch, {name: np.where(raw.state == KNOWN, raw.value, 0.0) for name, raw in raws.items()})


def _baseline_columns(compiled: Compiled) -> tuple[list[_Coded], list[_Numeric]]:
    codes: list[_Coded] = []
    numbers: list[_Numeric] = []
    for leaf in compiled.leaves.values():
        weight = _share(compiled, leaf)
        if leaf.table is not None and leaf.asked is not None:
            codes.append(_Coded(leaf.asked.question.id, weight, leaf.table[0].copy()))
        elif leaf.asked is not None and leaf.asked.groups:
            codes += _clauses(leaf, weight, compiled.model.scale)
        else:
            numbers.append(_Numeric(leaf.indicator.id, weight, *_points(leaf.indicator.rule, compiled.model.scale)))
    return codes, numbers


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


def _points(rule: Rule, scale: Scale) -> tuple[Floats, Floats]:
    match rule:
        case Breakpoints(raw, value):
            return np.array(raw), np.array(value)
        case Goalposts(start, end):
            pairs = sorted([(start, scale.min), (end, scale.max)])
            return np.array([raw for raw, _ in pairs]), np.array([value for _, value in pairs])
        case None:
            return np.array([scale.min, scale.max]), np.array([scale.min, scale.max])
