"""The tree of a result for a report: values with their names, findings, next steps, and the gates in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.services.answer_words import Wording, with_unit
from app.services.engines import engine_of
from app.services.numbers import grouped
from questionnaires.text import Text
from questionnaires.types import Checklist, Choice, Indicator, Ladder, MultiChoice, Questionnaire, Section
from questionnaires.types import Reading as Words
from reports import data
from scoring.display import displayed, displayed_rows
from scoring.engine import score
from scoring.result import NodeResult, Result

CODE = re.compile(r"[a-z]{1,2}[0-9]{0,2}")
HELD_FOR_THE_MOST_PART = 0.2
"""A ladder level counts as reached a fifth of a step early, as in the bands of the questionnaires."""


class Tree:
    """Puts one result into a report's words."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        result: Result,
        answers: Mapping[str, Any],
        enterprise: Mapping[str, Any],
        wording: Wording,
    ) -> None:
        self.questionnaire = questionnaire
        self.result = result
        self.answers = answers
        self.year = enterprise["year"]
        self.industry = enterprise.get("industry")
        self.wording = wording
        self.language = wording.language
        self.contributions = self._contributions()
        self.linked = any(step.rule == "linked" for step in result.trace)

    def dimensions(self) -> tuple[data.Dimension, ...]:
        """Return the dimensions with everything below them."""
        return tuple(
            data.Dimension(
                self._value(one.id, one.name),
                tuple(self._domain(domain) for domain in self.questionnaire.domains if domain.dimension == one.id),
                self._reading(one.reading),
            )
            for one in self.questionnaire.dimensions
        )

    def gates(self) -> tuple[data.Gate, ...]:
        """Return the gates with their verdicts."""
        texts = {gate.id: gate for gate in self.questionnaire.gates}
        return tuple(
            data.Gate(
                id=gate.id,
                kind=gate.kind,
                name=texts[gate.id].name.get(self.language),
                text=texts[gate.id].text.get(self.language),
                verdict=gate.verdict,
                held=gate.level_held,
                blockers=tuple(data.Blocker(self._name(one.node), one.value, one.needed) for one in gate.blockers),
            )
            for gate in self.result.gates
        )

    def _domain(self, section: Section) -> data.Domain:
        value = self._value(section.id, section.title)
        return data.Domain(
            value,
            tuple(self._indicator(one, section, value.code) for one in section.indicators if self._in_scope(one)),
            self._finding(section, value.value),
            self._reading(section.reading),
            self._out_of_scope(section),
        )

    def _out_of_scope(self, section: Section) -> tuple[str, ...]:
        """Return the names of what was not asked: whole groups, and indicators that stand alone."""
        groups = {one.id: one.name for one in section.groups if self.result.nodes[one.id].state == "out-of-scope"}
        left = [one for one in section.indicators if not self._in_scope(one)]
        return tuple(dict.fromkeys(groups.get(one.group or "", one.name).get(self.language) for one in left))

    def _in_scope(self, indicator: Indicator) -> bool:
        return self.result.nodes[indicator.id].state != "out-of-scope"

    def _indicator(self, indicator: Indicator, section: Section, code: str) -> data.Indicator:
        node = self.result.nodes[indicator.id]
        groups = {one.id: one for one in section.groups}
        group = groups.get(indicator.group or "")
        return data.Indicator(
            self._value(indicator.id, indicator.name, code, self._reason(indicator, node)),
            self._measured(indicator, node),
            self._chosen(indicator, node),
            self._parts(indicator),
            self._step(indicator, node),
            self._value(group.id, group.name) if group else None,
        )

    def _value(self, name: str, title: Text, code: str = "", reason: str = "") -> data.Value:
        node = self.result.nodes[name]
        return data.Value(
            id=name,
            name=title.get(self.language),
            state=node.state,
            value=node.value,
            interval=(node.interval.low, node.interval.high) if node.interval else None,
            weight=node.weight,
            share=node.effective_weight,
            contribution=self.contributions.get(name),
            code=code or (name.upper() if CODE.fullmatch(name) else ""),
            reason=reason,
        )

    def _contributions(self) -> dict[str, float]:
        """Return the contributions as shown: rounded so that the rows of every part add up to it."""
        if self.result.score is None:
            return {}
        domains = self.questionnaire.domains
        total = float(displayed(self.result.score, self.questionnaire.decimals))
        shown = self._rows([one.id for one in self.questionnaire.dimensions], total)
        for dimension in list(shown):
            shown |= self._rows([one.id for one in domains if one.dimension == dimension], shown[dimension])
        for domain in domains:
            if domain.id in shown:
                shown |= self._rows([one.id for one in domain.indicators], shown[domain.id])
        return shown

    def _rows(self, names: Sequence[str], total: float) -> dict[str, float]:
        """Return the contributions of siblings so rounded that they add up to the total shown above them."""
        known = {name: self.result.nodes[name].contribution for name in names}
        parts = {name: part for name, part in known.items() if part is not None}
        exact = sum(parts.values())
        stretched = {name: part * total / exact for name, part in parts.items()} if exact else parts
        return {name: float(part) for name, part in displayed_rows(stretched, self.questionnaire.decimals).items()}

    def _reading(self, reading: Words | None) -> data.Reading | None:
        if reading is None:
            return None
        return data.Reading(
            *(text.get(self.language) for text in (reading.asks, reading.why, reading.weak, reading.strong))
        )

    def _finding(self, section: Section, value: float | None) -> str:
        if value is None:
            return ""
        if not self.questionnaire.levels:
            reached = [one for one in section.findings if one.lower is not None and round(value - one.lower, 9) >= 0]
            return reached[-1].text.get(self.language) if reached else ""
        held = self._band(value)
        return next((one.text.get(self.language) for one in section.findings if one.level == held), "")

    def _band(self, value: float) -> int:
        """Return the level whose band a domain's value is in; without bands, the part of the scale counted in levels."""
        levels, scale = self.questionnaire.levels, self.questionnaire.scale
        if any(level.lower is not None for level in levels):
            return max(
                (one.number for one in levels if one.lower is not None and round(value - one.lower, 9) >= 0), default=0
            )
        highest = max((level.number for level in levels), default=0)
        return int(round((value - scale.min) / (scale.max - scale.min) * highest, 9))

    def _reason(self, indicator: Indicator, node: NodeResult) -> str:
        """Return why an indicator is not applicable, or by which rule it got its value."""
        if node.reason == "answered":
            given = self.answers.get(indicator.question_id or indicator.id)
            return str(given["na"]) if isinstance(given, dict) and isinstance(given.get("na"), str) else ""
        rule = self._rule(indicator, node)
        if rule is not None:
            return indicator.undefined[rule].reason.get(self.language)
        if node.reason in {"division-by-zero", "inputs"}:
            return self.wording.say("算式在这些数上没有结果，按不适用处理。")
        return ""

    def _rule(self, indicator: Indicator, node: NodeResult) -> int | None:
        if node.reason and node.reason.startswith("undefined:"):
            return int(node.reason.partition(":")[2])
        steps = (one for one in self.result.trace if one.id == indicator.id and one.rule == "undefined")
        return next((int(step.detail["rule"]) for step in steps), None)

    def _measured(self, indicator: Indicator, node: NodeResult) -> str:
        unit = indicator.unit or (indicator.number.unit if indicator.number else None) or self._question_unit(indicator)
        if node.raw is None or unit is None:
            return ""
        decimals = (
            indicator.decimals
            if indicator.decimals is not None
            else indicator.number.decimals
            if indicator.number
            else 2
        )
        return with_unit(grouped(node.raw, decimals), unit.get(self.language))

    def _question_unit(self, indicator: Indicator) -> Text | None:
        question = self.questionnaire.questions.get(indicator.question or "")
        return getattr(question, "unit", None)

    def _chosen(self, indicator: Indicator, node: NodeResult) -> str:
        question = self.questionnaire.questions.get(indicator.question_id or "")
        if node.state != "valued" or not isinstance(question, Ladder | Choice | MultiChoice):
            return ""
        return self.wording.lines(question, self.answers.get(question.id))[0]

    def _parts(self, indicator: Indicator) -> tuple[data.Value, ...]:
        names = _group_names(indicator, self.questionnaire.questions.get)
        return tuple(self._value(name, title) for name, title in names.items() if name in self.result.nodes)

    def _step(self, indicator: Indicator, node: NodeResult) -> data.Step | None:
        """Return the next step of a ladder: to finish the level it is on, else the next one."""
        ladder, given = indicator.ladder, self.answers.get(indicator.id)
        if ladder is None or node.value is None or not isinstance(given, dict) or "level" not in given:
            return None
        full = max((one.value for one in self.questionnaire.degrees), default=1.0)
        finished = given["level"] == 0 or self._degree(given) >= full
        aim = given["level"] + (1 if finished else 0)
        if aim > len(ladder.levels):
            return None
        level = ladder.levels[aim - 1]
        return data.Step(
            level=aim,
            action=level.action.get(self.language) if level.action else "",
            effort=level.effort,
            gain=self._gain(indicator.id, aim),
            needs=tuple(
                data.Need(self._name(one.indicator), one.level, self._met(one.indicator, one.level))
                for one in level.needs
            ),
            evidence=level.evidence.get(self.language) if level.evidence else "",
        )

    def _gain(self, name: str, level: int) -> float | None:
        """Return what the score gains when this ladder alone is at `level` in full: scored anew, so it holds for every aggregation."""
        if self.linked or self.result.score is None:
            return None
        best = max(self.questionnaire.degrees, key=lambda one: one.value)
        changed = {**self.answers, name: {"level": level, "degree": best.id}}
        after = score(engine_of(self.questionnaire), changed, year=self.year, industry=self.industry).score
        return None if after is None else after - self.result.score

    def _met(self, name: str, level: int) -> bool:
        given = self.answers.get(name)
        if not isinstance(given, dict) or not given.get("level"):
            return False
        reached = given["level"] - 1 + self._degree(given)
        return bool(round(reached - (level - HELD_FOR_THE_MOST_PART), 9) >= 0)

    def _degree(self, given: Mapping[str, Any]) -> float:
        return next((one.value for one in self.questionnaire.degrees if one.id == given.get("degree")), 0.0)

    def _name(self, node: str) -> str:
        """Return the name of a dimension, domain, group, indicator or checklist group."""
        named = self._names().get(node)
        return named.get(self.language) if named else node

    def _names(self) -> dict[str, Text]:
        found: dict[str, Text] = {one.id: one.name for one in self.questionnaire.dimensions}
        for section in self.questionnaire.domains:
            found[section.id] = section.title
            found |= {group.id: group.name for group in section.groups}
            for indicator in section.indicators:
                found[indicator.id] = indicator.name
                found |= _group_names(indicator, self.questionnaire.questions.get)
        return found


def _group_names(indicator: Indicator, find: Callable[[str], object]) -> dict[str, Text]:
    question = find(indicator.question_id or "")
    if not isinstance(question, Checklist):
        return {}
    return {f"{indicator.id}.{group.id}": group.name for group in question.groups}
