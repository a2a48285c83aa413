from __future__ import annotations

from collections.abc import Iterator

from questionnaires.checks.ids import asked_by
from questionnaires.compiling import compile_model
from questionnaires.faults import Fault
from questionnaires.text import Text
from questionnaires.types import Choice, Day, File, FreeText, MultiChoice, Question, Questionnaire, Table
from scoring.compile import CompileError, compile  # noqa: A004 - the engine's word for it


def values_exist(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every indicator that reads a question without a value."""
    for indicator in questionnaire.indicators.values():
        question = asked_by(questionnaire, indicator)
        if question and not _has_value(questionnaire, question):
            place = indicator.place.at("question") if indicator.question else question.place
            yield place.fault("no-value", id=question.id)


def _has_value(questionnaire: Questionnaire, question: Question) -> bool:
    if isinstance(question, Choice | MultiChoice):
        return all(option.value is not None for option in questionnaire.options(question))
    return not isinstance(question, FreeText | Day | File | Table)


def engine_accepts(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault if the engine still refuses the model: the last net, when every other check is content."""
    try:
        compile(compile_model(questionnaire))
    except CompileError as error:
        named = {
            **questionnaire.questions,
            **questionnaire.indicators,
            **questionnaire.measures,
            **questionnaire.consistency,
        }
        part = named.get(error.where) or named.get(error.where.rpartition(".y")[0]) or questionnaire
        sections = {section.id: section for section in questionnaire.sections}
        place = sections[error.where].place if error.where in sections else part.place
        problem = Text(f"{error.where}（{error.detail}）", f"{error.where}: {error.detail}")
        yield place.fault("engine", problem=problem)
