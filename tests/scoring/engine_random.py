"""Random models of every kind, and random answers to them, complete or with gaps, for the properties of the engine."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from engine_models import DEGREES, Plain, model

from scoring.answers import LinkedValue
from scoring.model import Model, Question

CONDITIONS = [
    None,
    None,
    "kind == 'maker'",
    "'b' in modes",
    "sub != 'x'",
    "not ('a' in modes and kind == 'other')",
    "size > 50 or kind == 'maker'",
    "not linked(size) or linked(figures.r.y1)",
]
SHARED: list[Plain] = [
    {"id": "kind", "kind": "choice", "options": {"maker": None, "other": None}, "na_allowed": True},
    {"id": "modes", "kind": "multi-choice", "options": {"a": None, "b": None}},
    {"id": "sub", "kind": "choice", "options": {"x": None, "y": None}, "when": "kind == 'maker'"},
    {"id": "size", "kind": "number", "minimum": 0, "maximum": 100, "na_allowed": True, "links": ["size"]},
    {
        "id": "figures",
        "kind": "table",
        "rows": ["r", "s"],
        "columns": {"y0": None, "y1": "sub == 'y'"},
        "minimum": 0,
        "links": ["figures.r.y0", "figures.r.y1", "figures.s.y0"],
    },
    {"id": "estimate", "kind": "ladder", "levels": 3, "required": False},
]
BREAKPOINTS = [[0, 0], [10, 2], [60, 4], [100, 5]]


class Maker:
    """Makes one model, and answers to it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.questions: list[Plain] = copy.deepcopy(SHARED)
        self.indicators: list[Plain] = []
        self.nodes: list[list[Any]] = [["total", "total", None, 100, self._aggregation()]]

    def model(self) -> Model:
        for dimension in range(self.random.randint(1, 3)):
            name = f"d{dimension}"
            self.nodes.append([name, "dimension", "total", self.random.choice([1, 10, 25.5]), self._aggregation()])
            for domain in range(self.random.randint(1, 2)):
                self._domain(f"{name}.n{domain}", name)
        return model(
            {"nodes": self.nodes, "questions": self.questions, "indicators": self.indicators, "gates": self._gates()}
        )

    def _domain(self, name: str, parent: str) -> None:
        groups = [f"{name}.g{place}" for place in range(self.random.choice([0, 0, 2, 3]))]
        how = self._lead(name, groups) if groups and self.random.random() < 0.5 else self._aggregation()
        weight = self.random.choice([0.5, 1, 2, 4])
        self.nodes.append([name, "domain", parent, weight, how | self._when()])
        for group in groups:
            self.nodes.append([group, "group", name, self.random.choice([0, 1, 2]), self._aggregation() | self._when()])
            self._leaves(group, 1, 2)
        if how.get("kind") != "lead":
            self._leaves(name, 0 if groups else 1, 3)

    def _lead(self, name: str, groups: list[str]) -> Plain:
        options = {group.rpartition(".")[2]: None for group in groups}
        self.questions.append(
            {"id": f"{name}.share", "kind": "table", "rows": list(options), "columns": {"y": None}, "na_allowed": True}
        )
        self.questions.append({"id": f"{name}.leading", "kind": "choice", "options": options})
        shares = {group: f"{name}.share.{group.rpartition('.')[2]}.y" for group in groups}
        return {"kind": "lead", "lead": {"shares": shares, "declared": f"{name}.leading", "weight": 0.6}}

    def _leaves(self, parent: str, fewest: int, most: int) -> None:
        for place in range(self.random.randint(fewest, most)):
            name = f"{parent}.i{place}"
            when = self._when()
            kinds = [self._ladder, self._number, self._choice, self._picks, self._checklist]
            source = self._formula() if self.random.random() < 0.2 else self.random.choice(kinds)(name, when)
            row = {"id": name, "parent": parent, "weight": self.random.choice([0, 0.5, 1, 3])}
            self.indicators.append(row | when | source)

    def _asked(self, name: str, **rest: Any) -> Plain:
        self.questions.append({"id": name, "na_allowed": self.random.random() < 0.4, **rest})
        return {"question": name}

    def _ladder(self, name: str, when: Plain) -> Plain:
        return self._asked(name, kind="ladder", levels=self.random.choice([3, 5]), **when)

    def _number(self, name: str, when: Plain) -> Plain:
        rules = self.random.sample(self._rules(), self.random.randint(0, 2))
        question = self._asked(name, kind="number", minimum=0, maximum=100, **when)
        return question | {"breakpoints": BREAKPOINTS, "undefined": rules}

    def _choice(self, name: str, when: Plain) -> Plain:
        return self._asked(name, kind="choice", options={"p": 1, "q": 2.5, "r": 4}, **when)

    def _picks(self, name: str, when: Plain) -> Plain:
        return self._asked(name, kind="multi-choice", options={"p": 1, "q": 1, "r": 3}, **when)

    def _checklist(self, name: str, when: Plain) -> Plain:
        groups = {"g": {"clauses": {"p": 1, "q": 2}, "na_allowed": True}, "h": {"clauses": {"r": 1}}}
        return self._asked(name, kind="checklist", groups=groups, **when)

    def _formula(self) -> Plain:
        formula = self.random.choice(
            [
                "100 * figures.r.y0 / figures.s.y0",
                "figures.r.y0 - figures.s.y1",
                "size if kind == 'maker' else figures.r.y0",
                "mean(figures.r.y0, size) ** 0.7 + log(figures.s.y0 + 1)",
            ]
        )
        rules = self.random.sample(self._rules(), self.random.randint(0, 3))
        return {"formula": formula, "breakpoints": BREAKPOINTS, "undefined": rules}

    def _rules(self) -> list[Plain]:
        return [
            {"when": "figures.s.y0 == 0", "then": "zero"},
            {"when": "sub == 'y' and figures.r.y1 > 5", "then": "not-applicable"},
            {"when": "size < 20", "then": "ask", "question": "estimate"},
            {"when": "figures.r.y0 > 50", "then": "substitute", "formula": "size / 3", "breakpoints": BREAKPOINTS},
            {"when": "not answered(size)", "then": "zero"},
        ]

    def _aggregation(self) -> Plain:
        return {
            "kind": self.random.choice(["arithmetic", "arithmetic", "arithmetic", "geometric", "harmonic", "minimum"])
        }

    def _when(self) -> Plain:
        when = self.random.choice(CONDITIONS)
        return {} if when is None else {"when": when}

    def _gates(self) -> list[Plain]:
        leaves = [row["id"] for row in self.indicators]
        nodes = [row[0] for row in self.nodes if row[1] != "total"]
        return [
            {"id": "cap", "kind": "cap-domain", "min_weight": 1, "floor": "level - 1.2"},
            {
                "id": "key",
                "kind": "cap-key",
                "nodes": self.random.sample(leaves, 1) + self.random.sample(nodes, 1),
                "floor": "level - 2",
            },
            {
                "id": "steps",
                "kind": "cap-steps",
                "steps": [{"level": 3, "nodes": self.random.sample(leaves, 1), "floor": 1}],
            },
        ]


def answers(asked: Model, random: Random) -> Plain:
    """Answers to every question, whether in scope or not; optional ones sometimes stay blank."""
    return {
        question.id: _na(question, random) or answer_to(question, random)
        for question in asked.questions
        if question.required or random.random() < 0.5
    }


def _na(question: Question, random: Random) -> Plain | None:
    return {"na": "no"} if question.na_allowed and random.random() < 0.25 else None


def answer_to(question: Question, random: Random, groups: Plain | None = None) -> Any:
    """An answer that is not N/A as a whole; the given groups of a checklist get clauses in any case."""
    degrees = ["none", *DEGREES]
    match question.kind:
        case "ladder":
            level = random.randint(0, question.levels)
            return {"level": level, "degree": random.choice(degrees)} if level else {"level": 0}
        case "checklist":
            return {
                group.id: {"na": "no"}
                if group.na_allowed and group.id not in (groups or {}) and random.random() < 0.3
                else {clause.id: random.choice(degrees) for clause in group.clauses}
                for group in question.groups
            }
        case "choice":
            return random.choice([option.id for option in question.options])
        case "multi-choice":
            return [option.id for option in question.options if random.random() < 0.5]
        case "table":
            return {
                row: {column.id: random.choice([0, 3, 50, 80]) for column in question.columns} for row in question.rows
            }
    return random.choice([0, 10, 19, 60, random.uniform(0, 100)])


def figures_linked(asked: Model, random: Random) -> dict[str, LinkedValue]:
    """Figures from other results for some of the numbers and cells that may have one."""
    slots = [slot for question in asked.questions for slot in question.links]
    return {slot: LinkedValue(random.choice([0.0, 12.5, 90.0])) for slot in slots if random.random() < 0.4}


def with_gaps(asked: Model, full: Plain, random: Random) -> Plain:
    """The answers without some of them, or without some of their cells and clauses; what optional questions say stays."""
    result = copy.deepcopy(full)
    required = {question.id for question in asked.questions if question.required}
    share = random.choice([0.1, 0.3, 0.7])
    for name in sorted(set(full) & required):
        if random.random() < share:
            result[name] = _thinned(result[name], random)
            if result[name] in (None, {}):
                del result[name]
    return result


def _thinned(answer: Any, random: Random) -> Any:
    """The answer without some cells or clauses, or nothing."""
    nested = isinstance(answer, dict) and all(isinstance(part, dict) for part in answer.values())
    if not nested or random.random() < 0.3:
        return None
    parts = {
        row: part if "na" in part else {c: v for c, v in part.items() if random.random() < 0.6}
        for row, part in answer.items()
    }
    return {row: part for row, part in parts.items() if part}


def made(seed: int) -> tuple[Model, Random]:
    random = Random(seed)
    return Maker(random).model(), random
