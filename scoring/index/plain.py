"""An index as plain values, as `servimeter index --json` prints it. FORMAT.md describes the keys."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from scoring import ENGINE_VERSION
from scoring.aggregation import FLOORED
from scoring.columns import Floats
from scoring.index import reasons
from scoring.index.engine import IndexResult, Robustness
from scoring.index.levels import NO_LEVEL
from scoring.index.normalisation import z_placement
from scoring.index.sample import CHOICES, INPUTS, RANGE
from scoring.index.sensitivity import Sensitivity, Shares
from scoring.index.uncertainty import QUANTILES
from scoring.index.weights import effective

Plain = dict[str, Any]


def to_plain(result: IndexResult, units: Sequence[str], years: Sequence[int | None]) -> Plain:
    """Return everything that an index says of its units, with the meaning of every reason that occurs."""
    model = result.basis.compiled.model
    plain: Plain = {
        "questionnaire": {"slug": model.slug, "version": model.version, "digest": model.digest},
        "engine_version": ENGINE_VERSION,
        "method": _method(result),
        "indicators": _indicators(result),
        "nodes": _inner_nodes(result),
        "views": {name: _shares(result, view.weights) for name, view in result.views.items()},
        "uncertainty": _uncertainty(result.robustness),
        "results": list(_units(result, units, years)),
    }
    return {**plain, "reasons": {word: _meaning(word) for word in sorted(set(_words(plain)))}}


def _meaning(word: str) -> Plain:
    zh, en = reasons.MEANINGS[word]
    return {"zh": zh, "en": en}


def _words(plain: object) -> Iterator[str]:
    """Yield every reason that occurs."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            if key in {"reason", "level_reason", "levels_reason"} and value is not None:
                yield value
            else:
                yield from _words(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _words(value)


def number(value: float) -> float | None:
    """Return a number, None for NaN."""
    return None if math.isnan(value) else float(value)


def word(code: int) -> str | None:
    """Return the word of a reason, None for none."""
    return reasons.NAMES[int(code)]


def _method(result: IndexResult) -> Plain:
    base, model = result.basis, result.basis.compiled.model
    return {
        "scale": [model.scale.min, model.scale.max],
        "weights": model.index.weights,
        "availability": model.index.availability,
        "normalised_over": "all units and years of the file together",
        "ranks": "competition ranks within the year, equal after rounding to 1e-9",
        "aggregation": {
            branch.inner.node.id: _aggregation(branch.kind("declared"), branch.inner.floor)
            for branch in base.tree.branches
        },
    }


def _aggregation(kind: str, floor: float) -> Plain:
    return {"kind": kind, "floor": floor} if kind in FLOORED else {"kind": kind}


def _weights(result: IndexResult) -> tuple[dict[str, float], dict[str, float]]:
    """Return everything's weight inside its parent and its share of the total; none without weights."""
    base = result.basis
    if base.weights is None:
        return {}, {}
    inside = {
        base.tree.names[place]: float(weight)
        for branch, own in zip(base.tree.branches, base.weights, strict=True)
        for place, weight in zip(branch.children, own, strict=True)
    }
    return inside, dict(zip(base.tree.names, effective(base.tree, base.weights).tolist(), strict=True))


def _indicators(result: IndexResult) -> Plain:
    inside, shares = _weights(result)
    base, plain = result.basis, {}
    for place, leaf in enumerate(base.tree.leaves):
        spec, name = leaf.indicator.normalisation, leaf.indicator.id
        plain[name] = {
            "parent": leaf.indicator.parent,
            "weight": inside.get(name, 0.0 if inside else None),
            "effective_weight": shares.get(name),
            "normalisation": spec.kind,
            "direction": "lower" if spec.lower else "higher",
            "log": spec.log,
            "parameters": {**result.normalised.parameters[place], **_placement(result, place)},
            "imputation": leaf.indicator.imputation,
            "units": int(np.count_nonzero(base.figures.given[:, place])),
            "imputed": int(np.count_nonzero(base.figures.imputed[:, place])),
            "reason": word(result.normalised.whole[place]),
        }
    return plain


def _placement(result: IndexResult, place: int) -> Plain:
    leaf = result.basis.tree.leaves[place]
    if leaf.indicator.normalisation.kind == "distance-to-target":
        return {"target": leaf.indicator.normalisation.target}
    if leaf.indicator.normalisation.kind != "z-score":
        return {}
    centre, width = z_placement(leaf.indicator.normalisation, result.basis.compiled.model.scale)
    return {"placed_mean": centre, "placed_sd": width}


def _inner_nodes(result: IndexResult) -> Plain:
    inside, shares = _weights(result)
    return {
        branch.inner.node.id: {
            "kind": branch.inner.node.kind,
            "parent": branch.inner.node.parent,
            "weight": inside.get(branch.inner.node.id, 1.0 if branch.inner.node.parent is None else None),
            "effective_weight": shares.get(branch.inner.node.id),
        }
        for branch in reversed(result.basis.tree.branches)
    }


def _shares(result: IndexResult, weights: Floats | None) -> Plain:
    names = result.basis.tree.names[: result.basis.tree.width]
    return {"effective_weights": None if weights is None else dict(zip(names, weights.tolist(), strict=True))}


def _units(result: IndexResult, units: Sequence[str], years: Sequence[int | None]) -> Iterator[Plain]:
    root = result.basis.tree.root
    places = {int(row): place for place, row in enumerate(result.robustness.rows)} if result.robustness else {}
    for row, (unit, year) in enumerate(zip(units, years, strict=True)):
        level = int(result.level[row])
        yield {
            "unit": unit,
            "year": year,
            "score": number(result.score[row]),
            "rank": int(result.rank[row]) or None,
            "of": int(result.among[row]),
            "level": None if level == NO_LEVEL else level,
            "reason": word(result.nodes.reason[row, root]),
            "level_reason": word(result.level_reason[row]),
            "availability": float(result.nodes.availability[row, root]),
            "nodes": _node_values(result, row),
            "indicators": _indicator_values(result, row),
            "views": _view_values(result, row),
            "coupling": _coupling_values(result, row),
            "uncertainty": _unit_uncertainty(result.robustness, places.get(row)) if result.robustness else None,
        }


def _node_values(result: IndexResult, row: int) -> Plain:
    nodes, places = result.nodes, (branch.place for branch in reversed(result.basis.tree.branches))
    return {
        result.basis.tree.names[place]: {
            "value": number(nodes.value[row, place]),
            "availability": float(nodes.availability[row, place]),
            "reason": word(nodes.reason[row, place]),
        }
        for place in places
    }


def _indicator_values(result: IndexResult, row: int) -> Plain:
    base = result.basis
    return {
        leaf.indicator.id: {
            "raw": number(base.figures.raw[row, place]),
            "value": number(result.normalised.value[row, place]),
            "imputed": bool(base.figures.imputed[row, place]),
            "reason": word(result.normalised.reason[row, place]),
        }
        for place, leaf in enumerate(base.tree.leaves)
    }


def _view_values(result: IndexResult, row: int) -> Plain:
    return {
        name: {"score": number(view.score[row]), "rank": int(view.rank[row]) or None, "reason": word(view.reason[row])}
        for name, view in result.views.items()
    }


def _coupling_values(result: IndexResult, row: int) -> Plain | None:
    found = result.coupling
    if found is None:
        return None
    return {
        "c": number(found.coupling[row]),
        "t": number(found.mean[row]),
        "d": number(found.coordination[row]),
        "reason": word(found.reason[row]),
    }


def _uncertainty(run: Robustness | None) -> Plain | None:
    if run is None:
        return None
    return {
        "draws": run.draws.size,
        "seed": run.draws.seed,
        "weights": RANGE,
        "quantiles": list(QUANTILES),
        "draws_of_declared_normalisation": run.uncertainty.declared,
        "alternatives": dict(zip(CHOICES, map(list, run.alternatives.names), strict=True)),
        "left_out": [
            {"choice": one.choice, "alternative": one.name, "reason": word(one.reason)}
            for one in run.alternatives.left_out
        ],
        "sensitivity": _sensitivity(run.sensitivity),
    }


def _sensitivity(found: Sensitivity | None) -> Plain | None:
    if found is None:
        return None
    inputs = {name: _index((shares.first, shares.total) if shares else None) for name, shares in found.inputs.items()}
    return {"of": "mean absolute shift of ranks", "rows": found.rows, "inputs": inputs}


def _index(pair: tuple[float, float] | None) -> Plain:
    if pair is None:
        return {"first_order": None, "total": None, "reason": word(reasons.NOT_VARIED)}
    first, total = map(number, pair)
    return {"first_order": first, "total": total, "reason": word(reasons.NO_VARIANCE) if total is None else None}


def _unit_uncertainty(run: Robustness | None, place: int | None) -> Plain:
    if run is None or place is None:
        return {"rank": None, "score": None, "levels": None, "sensitivity": None, "reason": word(reasons.NO_SCORE)}
    found, words = run.uncertainty, ("low", "median", "high")
    levels = None if found.levels is None else found.levels[:, place].tolist()
    return {
        "rank": dict(zip(words, found.rank[:, place].tolist(), strict=True)),
        "score": {name: number(value) for name, value in zip(words, found.score[:, place], strict=True)},
        "levels": None if levels is None else {str(level): share for level, share in enumerate(levels)},
        "sensitivity": None
        if run.sensitivity is None
        else {name: _of_unit(run.sensitivity.inputs[name], place) for name in INPUTS},
        "reason": None,
    }


def _of_unit(shares: Shares | None, place: int) -> Plain:
    return _index((float(shares.unit_first[place]), float(shares.unit_total[place])) if shares else None)
