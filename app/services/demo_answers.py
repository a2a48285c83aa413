"""The answers of synthetic enterprises in one year, drawn into columns: the engine scores all of them in one batch."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.services.demo_firms import Firms, Random
from scoring.answers import ANSWERED, blank
from scoring.batch import Batch
from scoring.compiled import Asked, Compiled
from scoring.model import Question

MIDDLE: Final = 2.3
"""The value of an ordinary firm's ladder; one unit of quality moves it by `SPREAD`."""
SPREAD: Final = 0.85
NOISE: Final = 0.6
YEARLY: Final = 0.12
"""What a year adds to quality."""
FIXED: Final = {"context.years": "three_or_more", "b5.revenue_known": "no", "b6.direction": "production"}
MODES: Final = ("lifecycle", "custom", "integration", "supply", "testing", "design", "green")

Column = NDArray[np.float64]


def draw_answers(
    compiled: Compiled, firms: Firms, years_on: int, year: int, random: Random
) -> tuple[Batch, Column, Column]:
    """Return a batch with one row a firm, and its service and operating revenue (万元); `years_on` counts years since the first."""
    quality = firms.quality + YEARLY * years_on
    batch = blank(compiled, len(firms))
    batch.year[:] = year
    for asked in compiled.questions.values():
        _draw(batch, asked, compiled, quality, random)
    service, revenue = _accounts(batch, firms, quality, years_on, random)
    _modes(batch, compiled, quality, random)
    return batch, service, revenue


def _draw(batch: Batch, asked: Asked, compiled: Compiled, quality: Column, random: Random) -> None:
    question = asked.question
    match question.kind:
        case "ladder":
            batch.codes[question.id][:] = _nearest(_values(asked, compiled), quality, random)
        case "checklist":
            degrees = np.array([0.0, *(5 * one for one in sorted(compiled.model.degrees.values()))])
            for slot in asked.slots:
                batch.codes[slot.id][:] = _nearest(degrees, quality, random)
        case "choice":
            batch.codes[question.id][:] = _option(question, len(quality), random)
        case "text" | "file":
            batch.codes[question.id][:] = ANSWERED


def _values(asked: Asked, compiled: Compiled) -> Column:
    """Return the value of every code of a ladder, on a scale of 0 to 5."""
    degrees = compiled.model.degrees
    values = np.zeros(len(asked.codes))
    for name, code in asked.codes.items():
        level, _, degree = name.partition(":")
        values[code] = max(int(level) - 1, 0) + degrees.get(degree, 0.0) * (int(level) > 0)
    return values


def _nearest(values: Column, quality: Column, random: Random) -> NDArray[np.uint8]:
    wanted = np.clip(MIDDLE + SPREAD * quality + random.normal(0, NOISE, len(quality)), 0, 5)
    nearest: NDArray[np.intp] = np.abs(values[:, None] - wanted).argmin(axis=0)
    return nearest.astype(np.uint8)


def _option(question: Question, size: int, random: Random) -> NDArray[np.uint8]:
    options = [option.id for option in question.options]
    if question.id in FIXED:
        return np.full(size, options.index(FIXED[question.id]), np.uint8)
    if options == ["no", "yes"]:  # accidents and the like
        return (random.random(size) < 0.004).astype(np.uint8)
    return random.integers(0, len(options), size).astype(np.uint8)


def _accounts(batch: Batch, firms: Firms, quality: Column, years_on: int, random: Random) -> tuple[Column, Column]:
    size = len(firms)
    share = np.clip(0.16 + 0.09 * quality + random.normal(0, 0.05, size), 0.004, 0.85)
    growth, wider = random.normal(1.06, 0.05, size), random.normal(1.05, 0.04, size)
    revenue = np.round(firms.revenue * 1.05**years_on, 2)
    service = np.round(revenue * share, 2)
    direct = np.round(service * random.uniform(0.5, 1, size), 2)
    rows = {
        "revenue": (revenue, growth),
        "direct": (direct, growth * wider),
        "indirect": (service - direct, growth * wider),
    }
    for row, (figures, rate) in rows.items():
        for back in range(3):
            _put(batch, f"c1.accounts.{row}.y{back}", figures / rate**back)
    added = service * random.uniform(0.3, 0.6, size)
    _put(batch, "c2.service_value_added", added)
    _put(batch, "c2.value_added", np.maximum(revenue * random.uniform(0.2, 0.35, size), 1.1 * added))
    _put(batch, "c2.service_input", added / np.clip(0.8 + 0.15 * quality, 0.3, 1.8))
    _put(batch, "c3.long_term_revenue", service * np.clip(0.2 + 0.12 * quality, 0, 0.9))
    _customers(batch, quality, random)
    return service, revenue


def _customers(batch: Batch, quality: Column, random: Random) -> None:
    size = len(quality)
    sent = random.integers(40, 400, size).astype(float)
    replies = np.floor(sent * random.uniform(0.25, 0.8, size))
    due = random.integers(4, 60, size).astype(float)
    _put(batch, "c3.surveys_sent", sent)
    _put(batch, "c3.replies", replies)
    _put(batch, "c3.satisfied", np.floor(replies * np.clip(0.8 + 0.05 * quality, 0.4, 1)))
    _put(batch, "c3.due", due)
    _put(batch, "c3.renewed", np.floor(due * np.clip(0.65 + 0.1 * quality, 0.1, 1)))
    for slot in batch.numbers:
        if slot.startswith("c4."):
            batch.numbers[slot][:] = np.maximum(0, np.round(random.normal(1 + quality, 1.2, size)))


def _put(batch: Batch, slot: str, figures: Column) -> None:
    batch.numbers[slot][:] = np.round(figures, 2)


def _modes(batch: Batch, compiled: Compiled, quality: Column, random: Random) -> None:
    """Declare one to four business types, the better the more; the first is the leading one."""
    size = len(quality)
    count = np.clip(np.round(1.5 + 0.8 * quality + random.normal(0, 0.5, size)), 1, 4).astype(int)
    first = random.choice(len(MODES), size, p=[0.35, 0.2, 0.15, 0.1, 0.1, 0.06, 0.04])
    for name, wanted in (("b5.modes", MODES), ("c1.service_types", TYPES)):
        codes = compiled.questions[name].codes
        bits = np.zeros(size, np.uint64)
        for place in range(4):
            chosen = np.array([codes[wanted[(one + place) % len(wanted)]] for one in first], np.uint64)
            bits |= np.where(count > place, np.uint64(1) << chosen, np.uint64(0)).astype(np.uint64)
        batch.picks[name][:] = bits
    leading = compiled.questions["b5.leading"].codes
    batch.codes["b5.leading"][:] = np.array([leading[MODES[one]] for one in first], np.uint8)


TYPES: Final = ("lifecycle", "customisation", "integration", "supply_chain", "inspection", "design", "energy")
"""`MODES` as the options of the service types name them."""
