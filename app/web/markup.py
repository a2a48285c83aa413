"""Markup of questions, rendered once per version and language: literals with slots between them.

A slot is what differs from page to page: whether a button is checked, what a field holds, a message. The template writes slots through
`Slots`; `Sheet` fills them for one assessment. Filling joins strings and runs no template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from app.services import fields as names
from app.services.fields import Fields, single

_SLOT = re.compile("\x02(.*?)\x03", re.DOTALL)


class Slots:
    """Writes slots into a template. Every method stands for the method of `Sheet` with the same name and arguments."""

    def __getattr__(self, kind: str) -> Callable[..., Markup]:
        """Return the writer of one kind of slot."""
        return lambda *parts: Markup("\x02" + "\x1f".join([kind, *map(str, parts)]) + "\x03")  # noqa: S704 - ids only


@dataclass(frozen=True)
class Sheet:
    """What one page puts into the slots. Texts are escaped here; `computed`, `conflicts` and `concerns` hold finished markup."""

    fields: Fields
    faults: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    computed: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, str] = field(default_factory=dict)
    concerns: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[str, str] = field(default_factory=dict)
    """What each question reads from another submission, as finished markup."""
    doubts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The ids of the concerns at a field."""
    explained: frozenset[str] = frozenset()
    """The questions whose note should explain something."""
    totals: Mapping[str, str] = field(default_factory=dict)
    reporting_year: int = 0

    def checked(self, name: str, value: str) -> str:
        return " checked" if value in self.fields.get(name, ()) else ""

    def value(self, name: str) -> str:
        return str(escape(single(self.fields, name)))

    def picked(self, name: str, value: str = "") -> str:
        return " selected" if value == single(self.fields, name) else ""

    def opened(self, name: str) -> str:
        wanted = names.owner(name) in self.explained
        return " open" if wanted or single(self.fields, name) or name in self.faults else ""

    def year(self, offset: str) -> str:
        return str(self.reporting_year + int(offset))

    def total(self, name: str) -> str:
        return str(escape(self.totals.get(name, "")))

    def concern(self, question: str) -> str:
        return self.concerns.get(question, "")

    def figures(self, question: str) -> str:
        return self.linked.get(question, "")

    def doubt(self, name: str) -> str:
        return " data-doubt" if name in self.doubts else ""

    def unless(self, scope: str) -> str:
        return " hidden" if scope in self.hidden else ""

    def off(self, scope: str) -> str:
        return " disabled" if scope in self.hidden else ""

    def described(self, name: str, hint: str = "") -> str:
        ids = [hint] if hint else []
        wrong = name in self.faults
        if wrong:
            ids.append(f"{name}-error")
        ids.extend(self.doubts.get(name, ()))
        shown = f' aria-describedby="{escape(" ".join(ids))}"' if ids else ""
        return shown + (' aria-invalid="true"' if wrong else "")

    def error(self, name: str) -> str:
        text = self.faults.get(name)
        return f'<p class="field-error" id="{escape(name)}-error">{escape(text)}</p>' if text else ""

    def wrong(self, question: str) -> str:
        return " has-error" if any(names.owner(name) == question for name in self.faults) else ""

    def formula(self, indicator: str) -> str:
        return self.computed.get(indicator, "")

    def edited(self, question: str) -> str:
        return str(escape(self.meta.get(question, "")))

    def conflict(self, question: str) -> str:
        return self.conflicts.get(question, "")


class Blank:
    """Markup with slots, ready to be filled."""

    def __init__(self, rendered: str) -> None:
        parts = _SLOT.split(rendered)
        self._literals = parts[0::2]
        self._slots = [part.split("\x1f") for part in parts[1::2]]

    def fill(self, sheet: Sheet) -> Markup:
        """Return the markup of one page."""
        out: list[Any] = [self._literals[0]]
        for (kind, *arguments), literal in zip(self._slots, self._literals[1:], strict=True):
            out += (getattr(sheet, kind)(*arguments), literal)
        return Markup("".join(out))  # noqa: S704 - every slot escapes what it puts in
