"""How the record classes describe the format.

The dataclasses of `types` are the one description of the keys: their fields are the keys, a field without a default is a required key, and
the markers below say what a type alone cannot. A field's metadata may give its `key` another name, or None: it is not written in the
file. The strict reading, the did-you-mean and the exported JSON Schema all come from here.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from .entries import NOWHERE, Entry
from .text import Text


@dataclass(frozen=True, slots=True)
class Pattern:
    """A string of a certain form; a string of another form is the fault `code`."""

    code: str
    regex: str
    expected: Text


@dataclass(frozen=True, slots=True)
class Within:
    """A number in a closed range, or above `over`."""

    low: float | None = None
    high: float | None = None
    over: float | None = None

    def holds(self, number: float) -> bool:
        """Whether `number` lies in the range."""
        return (
            (self.low is None or number >= self.low)
            and (self.high is None or number <= self.high)
            and (self.over is None or number > self.over)
        )

    def words(self) -> str:
        """Return the range in signs, for messages."""
        signs = (("≥", self.low), (">", self.over), ("≤", self.high))
        return ", ".join(f"{sign} {bound:g}" for sign, bound in signs if bound is not None)


@dataclass(frozen=True, slots=True)
class Length:
    """A list of at least `least` members."""

    least: int


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of something defined elsewhere, of this kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula, or a condition when `condition`; `local` names exist beside those of the questionnaire, `t` when it is by years."""

    condition: bool = False
    local: frozenset[str] = frozenset()
    by_years: bool = False


@dataclass(frozen=True, slots=True)
class InPlace:
    """A record that takes the fields `given` from the record around it."""

    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nullable:
    """A key that may be written as null."""


@dataclass(frozen=True, slots=True)
class Free:
    """Plain values of any shape, judged elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A mapping in a file; `place` knows the lines of its keys."""

    place: Entry = field(default=NOWHERE, compare=False, repr=False, metadata={"key": None})


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: its name in the file, its field, its type without markers, and its markers."""

    name: str
    field: str
    type: Any
    markers: tuple[object, ...]
    required: bool


def keys(record: type[Record]) -> tuple[Key, ...]:
    """Return the keys of a record class in the order of its fields."""
    if record not in _KEYS:
        _KEYS[record] = _keys(record)
    return _KEYS[record]


_KEYS: dict[type[Record], tuple[Key, ...]] = {}


def _keys(record: type[Record]) -> tuple[Key, ...]:
    hints = get_type_hints(record, include_extras=True)
    written = (entry for entry in fields(record) if entry.metadata.get("key", entry.name) is not None)
    return tuple(_key(entry, hints[entry.name]) for entry in written)


def _key(entry: Any, hint: Any) -> Key:
    kind, markers = bare(optional(hint))
    required = entry.default is MISSING and entry.default_factory is MISSING
    return Key(entry.metadata.get("key", entry.name), entry.name, kind, markers, required)


def bare(hint: Any) -> tuple[Any, tuple[object, ...]]:
    """Return a type and its markers."""
    if get_origin(hint) is Annotated:
        kind, *markers = get_args(hint)
        return kind, tuple(markers)
    return hint, ()


def optional(hint: Any) -> Any:
    """Return the type without None: a key that may be left out is never written as null."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [kind for kind in get_args(hint) if kind is not type(None)]
        return Union[tuple(rest)]  # noqa: UP007 - the members are only known at run time
    return hint


def marker(markers: tuple[object, ...], kind: type[Any]) -> Any:
    """Return the marker of this class, or None."""
    return next((mark for mark in markers if isinstance(mark, kind)), None)


def variants(union: Any) -> tuple[str, dict[str, type[Record]]] | None:
    """Of a union of records, the key that tells them apart and the record for each of its words."""
    if get_origin(union) not in (Union, types.UnionType) or name_or_record(union) or number_or_name(union):
        return None
    tagged = [(key, word, kind) for kind in get_args(union) for key, word in _tags(kind)]
    if not tagged:
        return None
    return tagged[0][0], {word: kind for _, word, kind in tagged}


def name_or_record(union: Any) -> tuple[Any, type[Record]] | None:
    """Of a union of a name and a record, which may be written in the place of its name, return the two."""
    members = get_args(union) if get_origin(union) in (Union, types.UnionType) else ()
    names = [kind for kind in members if bare(kind)[0] is str]
    records = [kind for kind in members if isinstance(kind, type) and issubclass(kind, Record)]
    return (names[0], records[0]) if names and records else None


def number_or_name(union: Any) -> bool:
    """Whether it is the union of a number and an id that stands for one."""
    return get_origin(union) in (Union, types.UnionType) and set(get_args(union)) == {float, str}


def _tags(record: type[Record]) -> Iterator[tuple[str, str]]:
    for key in keys(record):
        words = get_args(key.type) if get_origin(key.type) is Literal else ()
        if len(words) == 1:
            yield key.name, words[0]
