from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from questionnaires.compiling import compile_model
from questionnaires.faults import Fault
from questionnaires.types import Questionnaire
from scoring.formula import FormulaError, names
from scoring.model import Indicator, Question
from scoring.vocabulary import Ids


def no_circles(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault where questions and indicators wait for one another through conditions and formulas."""
    model = compile_model(questionnaire)
    ids = Ids(model)
    graph: dict[str, set[str]] = {}
    for question in model.questions:
        graph.setdefault(question.id, set()).update(_owners(_of_question(question), ids))
    for indicator in model.indicators:
        waits = _owners(_of_indicator(indicator), ids) | ({indicator.question or indicator.id} - {indicator.id})
        graph.setdefault(indicator.id, set()).update(waits)
    for measure in model.measures:
        named = _owners([measure.when, measure.formula, *measure.undefined], ids)
        graph.setdefault(measure.id, set()).update(named)
        if measure.year == 0:
            graph.setdefault(measure.family, set()).add(measure.id)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        chain: list[str] = error.args[1][::-1]
        families = {measure.id: measure.family for measure in model.measures}
        name = families.get(chain[0], chain[0])
        part = questionnaire.indicators.get(name) or questionnaire.questions.get(name) or questionnaire.measures[name]
        yield part.place.at("id").fault("cycle", chain=" → ".join(chain))


def _of_question(question: Question) -> list[str | None]:
    return [question.when, *(column.when for column in question.columns), *question.row_whens.values()]


def _of_indicator(indicator: Indicator) -> list[str | None]:
    remedies = [source for rule in indicator.undefined for source in (rule.when, rule.formula, rule.question)]
    return [indicator.when, indicator.formula, *remedies]


def _owners(sources: list[str | None], ids: Ids) -> set[str]:
    """Return the questions and indicators named in the sources; cells count as their table."""
    named = {name for source in sources if source for name in _names(source)}
    spelled = {cell for name in named for cell in ids.cells(name) or (name,)}
    return {name if ids.has_raw(name) else ids.question_of(name) or name for name in spelled}


def _names(source: str) -> tuple[str, ...]:
    try:
        return names(source)
    except FormulaError:  # reported by formulas_read
        return ()
