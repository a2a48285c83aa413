"""How the report speaks: translated phrases, levels, figures, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from reports.data import Level, Report
from scoring.display import displayed

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time; it has no daylight saving, so no time-zone data is needed."""
NUMERALS = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
LOCALE = Path(__file__).parent / "locale"
"""The folder of the translations of this package."""
Gettext = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one report: `gettext` translates message ids, which are the Chinese texts."""

    report: Report
    gettext: Gettext

    @property
    def chinese(self) -> bool:
        return self.report.language == "zh"

    def say(self, message: str, /, **parts: object) -> str:
        """Return `message` in the report's language with its named parts filled in."""
        text = self.gettext(message)
        return text % parts if parts else text

    def listed(self, names: Iterable[str]) -> str:
        """Return names as a list within a sentence."""
        return ("、" if self.chinese else ", ").join(names)

    def joined(self, sentences: Iterable[str]) -> str:
        """Return sentences as a paragraph."""
        return ("" if self.chinese else " ").join(sentence for sentence in sentences if sentence)

    def score(self, value: float | None) -> str:
        """Return a value on the scale with the decimals of the questionnaire; a dash where there is none."""
        return "–" if value is None else f"{displayed(value, self.report.scale.decimals) + 0:f}"

    def gain(self, value: float | None) -> str:
        """Return what a step adds to the score; nothing where that is not known or too little to show."""
        shown = self.score(value)
        return "" if value is None or shown == self.score(0.0) else shown

    def span(self, interval: tuple[float, float] | None) -> str:
        """Return an interval of values."""
        return "–" if interval is None else f"{self.score(interval[0])}–{self.score(interval[1])}"

    def either(self, value: float | None, interval: tuple[float, float] | None) -> str:
        """Return the value, or the interval while it is open."""
        return self.span(interval) if value is None else self.score(value)

    def percent(self, share: float, decimals: int = 1) -> str:
        """Return a share of one in percent."""
        return f"{displayed(share * 100, decimals):f}%"

    def number(self, value: float) -> str:
        """Return a weight or border without needless zeros."""
        return f"{value:g}"

    def find_level(self, number: int | None) -> Level | None:
        """Return the level of that number."""
        return next((level for level in self.report.levels if level.number == number), None)

    def level(self, number: int) -> str:
        """Return how a level is called by its number: 三级, level 3."""
        if number == 0:
            return self.level_name(0)
        return self.say("%(number)s级", number=NUMERALS[number] if self.chinese and number <= 10 else number)

    def level_name(self, number: int) -> str:
        """Return the name of a level."""
        found = self.find_level(number)
        return found.name if found else str(number)

    def full_level(self, number: int) -> str:
        """Return number and name: 三级 · 融合."""
        return self.level_name(0) if number == 0 else f"{self.capital(self.level(number))} · {self.level_name(number)}"

    def levels_between(self, low: int, high: int) -> str:
        """Return a range of levels, or the one level where both ends are the same."""
        if low == high:
            return self.full_level(low)
        return self.say("%(low)s至%(high)s", low=self.level(low), high=self.level(high))

    def capital(self, text: str) -> str:
        """Return `text` with a capital first letter."""
        return text[:1].upper() + text[1:]

    def moment(self, at: datetime) -> str:
        """Return a moment in Chinese time, the zone stated."""
        return self.say("%(moment)s（北京时间）", moment=f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}")

    def day(self, at: datetime) -> str:
        """Return the day in China."""
        return f"{at.astimezone(CHINA):%Y-%m-%d}"

    def first_sentence(self, text: str, longest: int) -> str:
        """Return the sentences of `text` that fit `longest` characters, at least the first; a longer first one is cut at a comma."""
        ends = [
            place + 1 for place, sign in enumerate(text) if sign in "。；" or text[place : place + 2] in {". ", "; "}
        ]
        fitting = [end for end in [*ends, len(text)] if end <= longest]
        if fitting:
            return text[: fitting[-1]].rstrip("；; .。") + ("。" if self.chinese else ".")
        commas = [place for place, sign in enumerate(text[:longest]) if sign in "，,、"]
        return text[: commas[-1] if commas else longest].rstrip() + "…"
