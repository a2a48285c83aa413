"""Small models for the tests of the engine, built from plain values (as the golden cases write them) or by short functions."""

from __future__ import annotations

from typing import Any

from scoring.model import (
    Aggregation,
    Breakpoints,
    Clause,
    ClauseGroup,
    Column,
    Consistency,
    Entry,
    Gate,
    Goalposts,
    Indicator,
    Lead,
    Level,
    Link,
    Measure,
    Model,
    Node,
    Option,
    Parameter,
    Question,
    Rule,
    Scale,
    Step,
    Undefined,
)

Plain = dict[str, Any]
DEGREES = {"partial": 0.5, "most": 0.8, "full": 1.0}
BANDS = {0: None, 1: 0.8, 2: 1.8, 3: 2.8, 4: 3.8, 5: 4.8}


def model(plain: Plain) -> Model:
    low, high = plain.get("scale", [0, 5])
    nodes = tuple(_node(*row) for row in plain.get("nodes", [["total", "total", None, 1]]))
    return Model(
        slug="test",
        version="1.0.0",
        digest="0" * 64,
        outcome=plain.get("outcome", "level"),
        scale=Scale(low, high),
        total_weight=sum(node.weight for node in nodes if node.parent == "total"),
        degrees=plain.get("degrees", DEGREES),
        levels=tuple(Level(number, lower) for number, lower in plain.get("levels", BANDS).items()),
        questions=tuple(_question(row) for row in plain.get("questions", [])),
        nodes=nodes,
        indicators=tuple(_indicator(row) for row in plain.get("indicators", [])),
        gates=tuple(_gate(row) for row in plain.get("gates", [])),
        na_ceiling=plain.get("na_ceiling", 0.2),
        measures=tuple(_measure(row) for row in plain.get("measures", [])),
        consistency=tuple(
            Consistency(**row | {"at": tuple(row.get("at", []))}) for row in plain.get("consistency", [])
        ),
        parameters=tuple(_parameter(name, rows) for name, rows in plain.get("parameters", {}).items()),
    )


def _node(name: str, kind: Any, parent: str | None, weight: float, rest: Plain | None = None) -> Node:
    rest = dict(rest or {})
    when = rest.pop("when", None)
    if "lead" in rest:
        rest["lead"] = Lead(**{"declared": None} | rest["lead"])
    return Node(name, kind, parent, weight, Aggregation(**rest), when)


def _question(row: Plain) -> Question:
    row = dict(row)
    row["groups"] = tuple(_group(name, **group) for name, group in row.get("groups", {}).items())
    row["options"] = tuple(Option(name, value) for name, value in row.get("options", {}).items())
    row["rows"] = tuple(row.get("rows", []))
    row["columns"] = tuple(_column(name, column) for name, column in row.get("columns", {}).items())
    row["links"] = tuple(row.get("links", []))
    row["exclusive"] = tuple(row.get("exclusive", []))
    row["row_bounds"] = {name: tuple(bounds) for name, bounds in row.get("row_bounds", {}).items()}
    return Question(**row)


def _column(name: str, column: str | Plain | None) -> Column:
    """A column by its condition alone, or by its keys."""
    if not isinstance(column, dict):
        return Column(name, column)
    return Column(name, **column | {"options": tuple(column.get("options", []))})


def _measure(row: Plain) -> Measure:
    return Measure(**{"family": row["id"]} | row | {"undefined": tuple(row.get("undefined", []))})


def _parameter(name: str, rows: list[Plain]) -> Parameter:
    return Parameter(name, tuple(Entry(**row | {"industries": tuple(row.get("industries", []))}) for row in rows))


def _group(name: str, clauses: dict[str, float], *, na_allowed: bool = False) -> ClauseGroup:
    return ClauseGroup(name, tuple(Clause(clause, weight) for clause, weight in clauses.items()), na_allowed)


def _indicator(row: Plain) -> Indicator:
    row = {"weight": 1.0} | row
    row["rule"] = _rule(row)
    row["undefined"] = tuple(
        Undefined(**(rule | {"rule": _rule(rule)})) for rule in map(dict, row.get("undefined", []))
    )
    row["link"] = Link(*row["link"]) if "link" in row else None
    return Indicator(**row)


def _rule(row: Plain) -> Rule:
    if "breakpoints" in row:
        raw, value = zip(*row.pop("breakpoints"), strict=True)
        return Breakpoints(tuple(map(float, raw)), tuple(map(float, value)))
    return Goalposts(**row.pop("goalposts")) if "goalposts" in row else None


def _gate(row: Plain) -> Gate:
    row = dict(row)
    row["nodes"] = tuple(row.get("nodes", []))
    row["steps"] = tuple(Step(step["level"], tuple(step["nodes"]), step["floor"]) for step in row.get("steps", []))
    return Gate(**row)


def ladder(name: str, **rest: Any) -> Plain:
    return {"id": name, "kind": "ladder", "levels": 5, **rest}


def number(name: str, **rest: Any) -> Plain:
    return {"id": name, "kind": "number", "minimum": 0, "maximum": 5, **rest}


def flat(
    scored: list[Plain], weights: list[float] | None = None, unscored: tuple[Plain, ...] = (), **rest: Any
) -> Model:
    """A model with one dimension and one domain in which every scored question is an indicator."""
    indicators = [
        {"id": question["id"], "parent": "d1", "weight": weight, "question": question["id"]}
        for question, weight in zip(scored, weights or [1.0] * len(scored), strict=True)
    ]
    nodes = [["total", "total", None, 10], ["d", "dimension", "total", 10], ["d1", "domain", "d", 10]]
    return model({"nodes": nodes, "questions": [*scored, *unscored], "indicators": indicators} | rest)
