"""Entries in, records out, by the description in the record classes. Every fault is collected; what can still be built is built."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, Literal, TypeVar, cast, get_args, get_origin

from .description import (
    Expression,
    Free,
    InPlace,
    Key,
    Length,
    Nullable,
    Pattern,
    Record,
    Within,
    bare,
    keys,
    marker,
    name_or_record,
    number_or_name,
    variants,
)
from .entries import Entry
from .faults import Fault, did_you_mean
from .text import LANGS, Text, both

Kind = TypeVar("Kind", bound=Record)


class _Failed:
    """Stands for a value that could not be read; its fault is already noted."""


FAILED: Final = _Failed()

NAMES: Mapping[type, Text] = {
    str: Text("文字", "text"),
    int: Text("整数", "a whole number"),
    float: Text("数字", "a number"),
    bool: Text("true 或 false", "true or false"),
    tuple: Text("列表", "a list"),
    dict: Text("键值对", "a mapping of keys"),
    Text: Text("双语文本 {zh: …, en: …}", "a text in both languages {zh: …, en: …}"),
    datetime.date: Text("日期，例如 2026-11-22", "a date such as 2026-11-22"),
    type(None): Text("空", "nothing"),
}


class Reader:
    """Reads records; `faults` collects everything wrong, `broken` says that something could not be built."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.broken = False

    def record(self, entry: Entry, kind: type[Kind]) -> Kind | None:
        """Return a record of this class, or None if a part without which it cannot be is missing or unreadable."""
        value = self._record(entry, kind, {})
        return None if isinstance(value, _Failed) else cast(Kind, value)

    def _fault(self, entry: Entry, code: str, **detail: object) -> _Failed:
        self.faults.append(entry.fault(code, **detail))
        return FAILED

    def _wrong(self, entry: Entry, expected: Text) -> _Failed:
        return self._fault(entry, "wrong-type", expected=expected, found=_found(entry))

    def _value(self, entry: Entry, kind: Any, markers: tuple[object, ...], given: Mapping[str, object]) -> Any:
        if union := variants(kind):
            return self._variant(entry, *union)
        if either := name_or_record(kind):
            name, record = either
            return (
                self._record(entry, record, {})
                if isinstance(entry.value, dict)
                else self._value(entry, *bare(name), {})
            )
        if number_or_name(kind):
            return self._value(entry, str if isinstance(entry.value, str) else float, markers, given)
        if get_origin(kind) is not None:
            return self._composed(entry, kind, markers)
        if issubclass(kind, Record):
            return self._record(entry, kind, given)
        return self._scalar(entry, kind, markers)

    def _composed(self, entry: Entry, kind: Any, markers: tuple[object, ...]) -> Any:
        origin = get_origin(kind)
        if origin is Literal:
            return self._word(entry, get_args(kind))
        if origin is tuple:
            return self._list(entry, get_args(kind), markers)
        if marker(markers, Free) and isinstance(entry.value, dict):
            return entry.plain()
        return self._mapping(entry, get_args(kind)[1])

    def _scalar(self, entry: Entry, kind: type, markers: tuple[object, ...]) -> Any:
        readers: dict[type, Callable[[], Any]] = {
            Text: lambda: self._text(entry),
            datetime.date: lambda: self._date(entry),
            str: lambda: self._string(entry, markers),
            bool: lambda: entry.value if isinstance(entry.value, bool) else self._wrong(entry, NAMES[bool]),
        }
        return readers[kind]() if kind in readers else self._number(entry, kind, marker(markers, Within))

    def _string(self, entry: Entry, markers: tuple[object, ...]) -> str | _Failed:
        formula = marker(markers, Expression)
        if formula and isinstance(entry.value, int | float):
            return str(entry.value).lower() if isinstance(entry.value, bool) else repr(entry.value)
        if not isinstance(entry.value, str):
            return self._wrong(entry, NAMES[str])
        if not entry.value.strip():
            self._fault(entry, "empty-text", lang="")
        pattern = marker(markers, Pattern)
        if pattern and not re.fullmatch(pattern.regex, entry.value):
            self._fault(entry, pattern.code, found=_short(entry.value), expected=pattern.expected)
        return entry.value

    def _number(self, entry: Entry, kind: type, within: Within | None) -> float | _Failed:
        value = entry.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self._wrong(entry, NAMES[kind])
        if kind is int and value != int(value):
            return self._wrong(entry, NAMES[int])
        if within and not within.holds(value):
            self._fault(entry, "out-of-range", found=value, expected=within.words())
        return int(value) if kind is int else float(value)

    def _date(self, entry: Entry) -> datetime.date | _Failed:
        if not isinstance(entry.value, str):
            return self._wrong(entry, NAMES[datetime.date])
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", entry.value):
                raise ValueError
            return datetime.date.fromisoformat(entry.value)
        except ValueError:
            return self._fault(entry, "bad-date", found=_short(entry.value), expected=NAMES[datetime.date])

    def _text(self, entry: Entry) -> Text | _Failed:
        if not isinstance(entry.value, dict):
            return self._wrong(entry, NAMES[Text])
        self._unknown(entry.value, LANGS)
        words = {lang: self._words(entry, entry.value.get(lang), lang) for lang in LANGS}
        either = words["zh"] or words["en"] or ""
        return Text(words["zh"] or either, words["en"] or either)

    def _words(self, entry: Entry, child: Entry | None, lang: str) -> str | None:
        if child is None:
            self._fault(entry, "missing-translation", lang=lang)
            return None
        if child.value is None or (isinstance(child.value, str) and not child.value.strip()):
            self._fault(child, "empty-text", lang=lang)
            return None
        if not isinstance(child.value, str):
            self._wrong(child, NAMES[str])
            return None
        return child.value.strip()

    def _word(self, entry: Entry, words: tuple[object, ...]) -> object:
        if entry.value in words and type(entry.value) in map(type, words):
            return entry.value
        names = [str(word) for word in words]
        return self._fault(
            entry,
            "bad-word",
            found=_found(entry),
            expected=both(" | ".join(names)),
            hint=did_you_mean(str(entry.value), names),
        )

    def _list(self, entry: Entry, items: tuple[Any, ...], markers: tuple[object, ...]) -> Any:
        if not isinstance(entry.value, tuple):
            return self._wrong(entry, NAMES[tuple])
        length = marker(markers, Length)
        if length and len(entry.value) < length.least:
            self._fault(entry, "too-few", found=len(entry.value), expected=length.least)
        if items[-1] is not ... and len(entry.value) != len(items):
            return self._fault(entry, "too-few", found=len(entry.value), expected=len(items))
        kinds = [items[0]] * len(entry.value) if items[-1] is ... else items
        values = [self._value(child, *bare(kind), {}) for child, kind in zip(entry.value, kinds, strict=True)]
        if any(value is FAILED for value in values):
            self.broken = True
        return tuple(value for value in values if value is not FAILED)

    def _mapping(self, entry: Entry, item: Any) -> Any:
        if not isinstance(entry.value, dict):
            return self._wrong(entry, NAMES[dict])
        values = {key: self._value(child, *bare(item), {}) for key, child in entry.value.items()}
        return {key: value for key, value in values.items() if value is not FAILED}

    def _variant(self, entry: Entry, tag: str, records: Mapping[str, type[Record]]) -> Any:
        if not isinstance(entry.value, dict):
            return self._wrong(entry, NAMES[dict])
        if tag not in entry.value:
            return self._fault(entry, "missing-key", key=tag, expected=both(" | ".join(records)))
        word = self._word(entry.value[tag], tuple(records))
        return self._record(entry, records[word], {}) if isinstance(word, str) else FAILED

    def _record(self, entry: Entry, kind: type[Record], given: Mapping[str, object]) -> Any:
        short = getattr(kind, "SHORT", None)
        if short and not isinstance(entry.value, dict | tuple):
            entry = Entry(entry.file, entry.line, {short: entry}, entry.path)
        if not isinstance(entry.value, dict):
            return self._wrong(entry, NAMES[dict])
        known = [key for key in keys(kind) if key.field not in given]
        self._unknown(entry.value, [key.name for key in known])
        values: dict[str, Any] = {**given, "place": entry}
        for key in known:
            self._field(entry, entry.value.get(key.name), key, values)
        return FAILED if any(value is FAILED for value in values.values()) else kind(**values)

    def _field(self, entry: Entry, child: Entry | None, key: Key, values: dict[str, Any]) -> None:
        if child is None:
            if key.required:
                values[key.field] = self._fault(entry, "missing-key", key=key.name, expected=described(key))
            return
        if child.value is None and marker(key.markers, Nullable):
            return
        place = marker(key.markers, InPlace)
        taken = {name: values[name] for name in place.given if name in values} if place else {}
        if place:
            taken["kind"] = key.name
        value = self._value(child, key.type, key.markers, taken)
        if value is not FAILED or key.required:
            values[key.field] = value
        self.broken = self.broken or value is FAILED

    def _unknown(self, mapping: Mapping[str, Entry], known: Collection[str]) -> None:
        for key in mapping.keys() - set(known):
            self._fault(mapping[key], "unknown-key", key=key, hint=did_you_mean(key, known))


def described(key: Key) -> Text:
    """Return what a key holds, in words."""
    origin = get_origin(key.type)
    if number_or_name(key.type):
        return Text("数字或参数的标识", "a number or the id of a parameter")
    if variants(key.type):
        return NAMES[dict]
    if origin is Literal:
        return both(" | ".join(map(str, get_args(key.type))))
    if origin is tuple:
        return NAMES[tuple]
    if origin is not None or issubclass(key.type, Record):
        return NAMES[dict]
    pattern = marker(key.markers, Pattern)
    return pattern.expected if pattern else NAMES[key.type]


def _found(entry: Entry) -> Text:
    if isinstance(entry.value, dict | tuple) or entry.value is None:
        return NAMES[type(entry.value)]
    shown = str(entry.value).lower() if isinstance(entry.value, bool) else _short(str(entry.value))
    kind = NAMES[type(entry.value)]
    return Text(f"{kind.zh} {shown}", f"{kind.en}, {shown}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}…")
