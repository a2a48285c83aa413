from __future__ import annotations

from collections.abc import Iterator
from math import fsum, isclose

from questionnaires.faults import Fault
from questionnaires.text import Text
from questionnaires.types import Questionnaire

TOLERANCE = 1e-9


def weights_add_up(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault where dimensions do not add up to the total, or domains to their dimension."""
    found = fsum(dimension.weight for dimension in questionnaire.dimensions)
    if questionnaire.dimensions and not _same(found, questionnaire.total):
        of = Text("各维度", "the dimensions")
        yield questionnaire.place.at("total").fault(
            "weight-sum", of=of, found=f"{found:g}", expected=f"{questionnaire.total:g}"
        )
    for dimension in questionnaire.dimensions:
        found = fsum(domain.weight for domain in questionnaire.domains if domain.dimension == dimension.id)
        if not _same(found, dimension.weight):
            of = Text(f"维度 {dimension.id} 各领域", f"the domains of {dimension.id}")
            place = dimension.place.at("weight")
            yield place.fault("weight-sum", of=of, found=f"{found:g}", expected=f"{dimension.weight:g}")
    for domain in questionnaire.domains:
        weights = [*(group.weight for group in domain.groups), *(one.weight for one in domain.indicators)]
        if weights and not fsum(weights):
            of = Text(f"领域 {domain.id} 各指标", f"the indicators of {domain.id}")
            yield domain.place.at("id").fault("weight-sum", of=of, found="0", expected="> 0")


def _same(left: float, right: float) -> bool:
    return isclose(left, right, rel_tol=0, abs_tol=TOLERANCE)
