"""What goes into a step of the trace: the numbers that names stand for in one row, and what else was answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from scoring.answers import Answers
from scoring.columns import KNOWN, Number, column
from scoring.parameters import INDUSTRIES, entry_of, plain
from scoring.values import Values
from scoring.vocabulary import INDUSTRY

ROW: Final = 0
Numbers = tuple[tuple[str, float | None], ...]
_NUMERIC: Final = {"number", "date", "ladder", "checklist"}


class Inputs:
    """Reads the names of formulas in a batch of one."""

    def __init__(self, values: Values, answers: Answers) -> None:
        self._values = values
        self._compiled = values.compiled
        self._answers = answers

    def numbers(self, names: Iterable[str]) -> Numbers:
        """Return the number of each name that stands for one, None where it has no value."""
        return tuple((name, at(self._values.number(name))) for name in names if self._is_number(name))

    def detail(self, names: Iterable[str]) -> dict[str, Any]:
        """Return the answers to the choices among the names, and the entry that counts of each parameter."""
        names = list(names)
        chosen = {name: self._answer(name) for name in names if not self._is_number(name)}
        entries = {name: self._entry(name) for name in names if name in self._compiled.parameters}
        return ({"answers": chosen} if chosen else {}) | ({"parameters": entries} if entries else {})

    def parameter(self, post: float | str) -> float:
        """Return a goalpost, or the value of the parameter that it names."""
        return float(self._values.parameter(post)[ROW]) if isinstance(post, str) else post

    def _is_number(self, name: str) -> bool:
        asked = self._compiled.questions.get(name)
        if asked is not None and name not in self._compiled.leaves:
            return asked.question.kind in _NUMERIC
        return name != INDUSTRY and not (
            name in self._compiled.owners and name in self._values.batch.codes and asked is None
        )

    def _answer(self, name: str) -> Any:
        if name == INDUSTRY:
            return self._industry()
        if name in self._compiled.questions:
            return self._answers.get(name)
        table = self._compiled.owners[name]
        row, cell = name.removeprefix(f"{table}.").split(".")
        given = self._answers.get(table, {})
        return given.get(row, {}).get(cell)

    def _industry(self) -> str | None:
        code = int(self._values.batch.industry[ROW])
        return INDUSTRIES[code] if code < len(INDUSTRIES) else None

    def _entry(self, name: str) -> dict[str, Any]:
        year = at(column(self._values.batch.year))
        return plain(entry_of(self._compiled.parameters[name], year, self._industry()))


def at(number: Number | None) -> float | None:
    """Return a number in the row, None without a value."""
    if number is None or number.state[ROW] != KNOWN:
        return None
    return float(number.value[ROW])
