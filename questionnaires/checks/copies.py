from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from questionnaires.entries import Entry
from questionnaires.faults import Fault
from questionnaires.text import LANGS
from questionnaires.types import Questionnaire

from .ladders import ladders

LIMIT = 0.6


@dataclass(frozen=True, slots=True)
class _Statement:
    indicator: str
    level: int
    trigrams: frozenset[str]
    place: Entry


def near_copies(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every two statements of different indicators that say nearly the same, in either language.

    Likeness is the Jaccard index of the sets of character trigrams, after every ladder indicator's own name is taken out.
    """
    for lang in LANGS:
        for first, second in combinations(_statements(questionnaire, lang), 2):
            if first.indicator != second.indicator and (found := likeness(first.trigrams, second.trigrams)) > LIMIT:
                where = f"{first.place.file.rpartition('/')[2]}:{first.place.line}"
                other = f"{first.indicator} {first.level}"
                yield second.place.fault(
                    "near-copy", other=other, where=where, lang=lang, found=f"{found:.2f}", limit=LIMIT
                )


def _statements(questionnaire: Questionnaire, lang: str) -> list[_Statement]:
    found = ladders(questionnaire)
    names = [questionnaire.indicators[name].name.get(lang) for name in found]
    return [
        _Statement(name, number, trigrams(level.statement.get(lang), names), level.place.at("statement"))
        for name, ladder in found.items()
        for number, level in enumerate(ladder.levels, start=1)
    ]


def trigrams(text: str, names: list[str]) -> frozenset[str]:
    """Return the character trigrams of a text without the given names, in lower case, with punctuation as one space."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    plain = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    return frozenset(plain[index : index + 3] for index in range(len(plain) - 2))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the Jaccard index, 0 … 1, of two sets; 0 when both are empty."""
    small, large = sorted((len(first), len(second)))
    if small <= LIMIT * large:  # the index cannot exceed the ratio of the sizes
        return 0.0
    shared = len(first & second)
    return shared / (small + large - shared)
