"""Compiled models, kept for as long as the process lives: compiling takes longer than scoring."""

from __future__ import annotations

from functools import lru_cache

from questionnaires.compiling import compile_model
from questionnaires.types import Questionnaire
from scoring.compile import compile as compile_engine
from scoring.compiled import Compiled


class _ByDigest:
    """A questionnaire that is told apart by slug, version and digest, so that it can be a key."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.key = (questionnaire.slug, questionnaire.version, questionnaire.digest)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and self.key == other.key


def engine_of(questionnaire: Questionnaire) -> Compiled:
    """Return the questionnaire ready to score."""
    return _compiled(_ByDigest(questionnaire))


@lru_cache(maxsize=64)
def _compiled(key: _ByDigest) -> Compiled:
    return compile_engine(compile_model(key.questionnaire))
