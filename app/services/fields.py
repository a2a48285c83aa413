"""Names of the form fields of a question; templates and the parser both take them from here.

A question's id is the name of its main field; `:` cannot stand in an id, so everything behind it is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Fields = Mapping[str, Sequence[str]]
"""A posted form: every value of every key, in order."""

NA = "na"
"""The value of an option that says: not applicable."""


def revision(question: str) -> str:
    """Name the revision that the form was made from; a question without this field is not in the form."""
    return f"{question}:revision"


def note(question: str) -> str:
    """Name the respondent's note."""
    return f"{question}:note"


def na(question: str) -> str:
    """Name the mark that the whole question is not applicable (kinds without radio options)."""
    return f"{question}:na"


def reason(question: str) -> str:
    """Name the reason why it is not applicable."""
    return f"{question}:reason"


def degree(question: str, level: int) -> str:
    """Name how far level `level` of a ladder is met."""
    return f"{question}:degree:{level}"


def part(question: str, outer: str, inner: str) -> str:
    """Name a clause of a checklist group, or a cell of a table."""
    return f"{question}:{outer}:{inner}"


def unit(question: str) -> str:
    """Name the unit that figures are typed in: a place in the question's `units` from 1, empty for the unit itself."""
    return f"{question}:unit"


def group_na(question: str, group: str) -> str:
    """Name the mark that a checklist group is not applicable."""
    return f"{question}:{group}::na"


def group_reason(question: str, group: str) -> str:
    """Name why a checklist group is not applicable."""
    return f"{question}:{group}::reason"


def keep(question: str) -> str:
    """Name after a conflict: whose answer stays, `mine` or `theirs`."""
    return f"{question}:keep"


def owner(field: str) -> str:
    """Return the question that a field belongs to."""
    return field.partition(":")[0]


def single(fields: Fields, name: str) -> str:
    """Return the last value of a field without outer space (a form's later control wins), empty when it is not there."""
    values = fields.get(name, ())
    return values[-1].strip() if values else ""
