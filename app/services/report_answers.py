"""All answers for a report, page by page, and the figures computed from them with the numbers put into the formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.services.answer_words import Wording, with_unit
from app.services.numbers import grouped
from app.services.report_source import Source
from app.services.report_tree import CODE
from app.services.worked import filled
from questionnaires.types import AnyQuestion, Checklist, Column, Indicator, Ladder, Row, Section, Table
from reports import data
from scoring.result import TraceStep


def sections(source: Source, wording: Wording, asked: frozenset[str]) -> tuple[data.Section, ...]:
    """Return the sections that asked or computed something, in the order of the form."""
    writer = _Writer(source, wording, asked)
    found = [writer.section(section) for section in wording.questionnaire.sections]
    return tuple(section for section in found if section.answers or section.computations)


class _Writer:
    def __init__(self, source: Source, wording: Wording, asked: frozenset[str]) -> None:
        self.answers = source.answers
        self.notes = source.notes
        self.result = source.result
        self.year = source.year
        self.wording = wording
        self.asked = asked
        self.language = wording.language
        self.questionnaire = wording.questionnaire

    def section(self, section: Section) -> data.Section:
        shown = [question for question in section.asked if question.id in self.asked]
        computed = [one for one in section.indicators if one.question_id is None]
        return data.Section(
            title=section.title.get(self.language),
            code=section.id.upper() if section.is_domain and CODE.fullmatch(section.id) else "",
            answers=tuple(self._answer(question) for question in shown),
            computations=tuple(self._computation(one) for one in computed if self._in_scope(one)),
        )

    def _in_scope(self, indicator: Indicator) -> bool:
        return self.result.nodes[indicator.id].state != "out-of-scope"

    def _answer(self, question: AnyQuestion) -> data.Answer:
        value = self.answers.get(question.id)
        given = value is not None and not _refused(value)
        return data.Answer(
            id=question.id,
            name=question.name.get(self.language),
            state=_state(question, value),
            text=self._text(question, value),
            statement=self._statement(question, value),
            clauses=tuple(self._clauses(question, value or {})) if isinstance(question, Checklist) and given else (),
            grid=self._grid(question, value or {}) if isinstance(question, Table) and given else None,
            note=self.notes.get(question.id, ""),
            scored=question.id in self._scored,
        )

    @property
    def _scored(self) -> set[str]:
        return {one.question_id or "" for one in self.questionnaire.indicators.values()}

    def _text(self, question: AnyQuestion, value: Any) -> str:
        if _refused(value):
            return str(value["na"] or "") or self.wording.say("（未写理由）")
        if value is None or isinstance(question, Checklist | Table):
            return ""
        return str(self.wording.lines(question, value)[0])

    def _statement(self, question: AnyQuestion, value: Any) -> str:
        """Return the statement of the level that was chosen."""
        if not isinstance(question, Ladder) or not isinstance(value, dict) or not value.get("level"):
            return ""
        return question.levels[int(value["level"]) - 1].statement.get(self.language)

    def _clauses(self, checklist: Checklist, value: Mapping[str, Any]) -> Iterator[data.Clause]:
        for group in checklist.groups:
            given, name = value.get(group.id), group.name.get(self.language)
            if (
                isinstance(given, dict)
                and isinstance(given.get("na"), str)
                and "na" not in {one.id for one in group.clauses}
            ):
                yield data.Clause(name, "", self.wording.na(given["na"]))
                continue
            for clause in group.clauses:
                degree = self.wording.degrees.get(str((given or {}).get(clause.id)), self.wording.say("未答"))
                yield data.Clause(name, clause.text.get(self.language), degree)

    def _grid(self, table: Table, value: Mapping[str, Any]) -> data.Grid:
        columns = [column for column in table.columns if f"{table.id}.{column.id}" in self.asked]
        rows = [row for row in table.rows if row.id in value or self._is_asked(table, row)]
        shared = all(row.unit is None for row in rows)
        return data.Grid(
            tuple(self._head(column) for column in columns),
            tuple((self._label(table, row, shared), *self._cells(table, row, columns, value)) for row in rows),
            unit=table.unit.get(self.language) if shared else "",
            words=tuple(place for place, column in enumerate(columns, 1) if column.kind != "number"),
        )

    def _is_asked(self, table: Table, row: Row) -> bool:
        return any(name.startswith(f"{table.id}.{row.id}.") for name in self.result.missing)

    def _head(self, column: Column) -> str:
        """Return the calendar year of a column of figures, else its label."""
        return column.label.get(self.language) if column.year is None else str(self.year + column.year)

    def _label(self, table: Table, row: Row, shared: bool) -> str:
        if shared:
            return row.label.get(self.language)
        unit = (row.unit or table.unit).get(self.language)
        return str(self.wording.say("%(label)s（%(unit)s）", label=row.label.get(self.language), unit=unit))

    def _cells(self, table: Table, row: Row, columns: Iterable[Column], value: Mapping[str, Any]) -> Iterator[str]:
        given = value.get(row.id, {})
        for column in columns:
            yield "–" if given.get(column.id) is None else self._cell(table, row, column, given[column.id])

    def _cell(self, table: Table, row: Row, column: Column, cell: Any) -> str:
        if isinstance(cell, str):
            labels = {option.id: option.label.get(self.language) for option in column.options}
            return labels.get(cell, cell)
        decimals = table.decimals if row.decimals is None else row.decimals
        return grouped(cell, _least(cell, decimals))

    def _computation(self, indicator: Indicator) -> data.Computation:
        node = self.result.nodes[indicator.id]
        steps = [step for step in self.result.trace if step.id == indicator.id]
        computed = next((step for step in steps if step.rule in {"formula", "substitute", "linked"}), None)
        return data.Computation(
            id=indicator.id,
            name=indicator.name.get(self.language),
            definition=indicator.definition.get(self.language) if indicator.definition else "",
            formula=filled(self.questionnaire, computed, self.language, self.answers) if computed else "",
            result=self._figure(indicator, computed),
            value=node.value,
            remark=self._remark(indicator, steps, node.state),
        )

    def _figure(self, indicator: Indicator, computed: TraceStep | None) -> str:
        if computed is None or computed.output is None:
            return ""
        unit, decimals = indicator.unit, indicator.decimals
        if computed.rule == "substitute":
            rule = next(
                step.detail["rule"]
                for step in self.result.trace
                if step.id == indicator.id and step.rule == "undefined"
            )
            unit = getattr(indicator.undefined[rule], "unit", None) or unit
        return with_unit(
            grouped(computed.output, 2 if decimals is None else decimals), unit.get(self.language) if unit else ""
        )

    def _remark(self, indicator: Indicator, steps: list[TraceStep], state: str) -> str:
        rule = next((step.detail["rule"] for step in steps if step.rule == "undefined"), None)
        reason = self.result.nodes[indicator.id].reason or ""
        if rule is None and reason.startswith("undefined:"):
            rule = int(reason.partition(":")[2])
        if rule is not None:
            return indicator.undefined[int(rule)].reason.get(self.language)
        if state == "missing":
            return self.wording.say("所需的数还没有填全，暂不能计算。")
        return self.wording.say("算式在这些数上没有结果，按不适用处理。") if state == "not-applicable" else ""


def _state(question: AnyQuestion, value: Any) -> Any:
    if _refused(value):
        return "not-applicable"
    if value is not None:
        return "answered"
    return "missing" if question.required else "optional"


def _refused(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("na"), str)


def _least(value: float, decimals: int) -> int:
    """Return how many decimals a figure needs, at most `decimals`."""
    return next((count for count in range(decimals) if round(value, count) == value), decimals)
