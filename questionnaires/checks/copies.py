from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    mark: int
    place: Entry


def near_copies(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for every two statements of different indicators that say nearly the same, in either language.

    Likeness is the Jaccard index of the sets of character trigrams, after every ladder indicator's own name is taken out.
    """
    for lang in LANGS:
        for first, second in combinations(_statements(questionnaire, lang), 2):
            if first.indicator != second.indicator and (found := likeness(first.mark, second.mark)) > LIMIT:
                where = f"{first.place.file.rpartition('/')[2]}:{first.place.line}"
                other = f"{first.indicator} {first.level}"
                yield second.place.fault(
                    "near-copy", other=other, where=where, lang=lang, found=f"{found:.2f}", limit=LIMIT
                )


def _statements(questionnaire: Questionnaire, lang: str) -> list[_Statement]:
    found = ladders(questionnaire)
    names = [questionnaire.indicators[name].name.get(lang) for name in found]
    levels = [(name, k, level) for name, ladder in found.items() for k, level in enumerate(ladder.levels, start=1)]
    all_marks = marks([trigrams(level.statement.get(lang), names) for _, _, level in levels])
    return [
        _Statement(name, number, mark, level.place.at("statement"))
        for (name, number, level), mark in zip(levels, all_marks, strict=True)
    ]


def trigrams(text: str, names: list[str]) -> frozenset[str]:
    """Return the character trigrams of a text without the given names, in lower case, with punctuation as one space."""
    text = text.casefold()
    for name in sorted(map(str.casefold, names), key=len, reverse=True):
        text = text.replace(name, " ")
    plain = re.sub(r"[\W_]+", " ", text).strip()
    return frozenset(plain[index : index + 3] for index in range(len(plain) - 2))


def marks(sets: Sequence[frozenset[str]]) -> list[int]:
    """Return each set as a number with one bit for each member: comparing a hundred thousand of them takes a moment."""
    bits = {member: 1 << place for place, member in enumerate(sorted(frozenset().union(*sets)))}
    return [sum(map(bits.__getitem__, one)) for one in sets]


def likeness(first: int, second: int) -> float:
    """Return the Jaccard index, 0 … 1, of two sets given by their marks; 0 when both are empty."""
    return (first & second).bit_count() / ((first | second).bit_count() or 1)
