"""YAML and JSON read strictly into a tree of entries that remember where they stand.

The tree is built from the parser's events, so nothing is ever constructed but strings, decimal numbers, `true`, `false` and null. `yes`,
`no`, `on`, `off`, `12:30`, `010`, `0x1F` and `2026-11-22` are strings. Anchors, aliases, tags, duplicate keys and files beyond the limits
are faults.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from .faults import Fault, Faulty
from .text import Text, both

try:  # libyaml is ten times faster; the pure parser gives the same events
    from yaml import CSafeLoader as Parser
except ImportError:  # pragma: no cover - the published wheels carry libyaml
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

MAX_BYTES = 2_000_000
MAX_ENTRIES = 100_000
MAX_DEPTH = 40
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = "Scalar | tuple[Entry, ...] | dict[str, Entry]"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A value, the file and line where it (with its key, if it has one) begins, and its path in the file."""

    file: str
    line: int
    value: Value = None
    path: tuple[str | int, ...] = ()

    def at(self, *path: str | int) -> Entry:
        """Return the entry below this one, or the nearest that exists."""
        if not path:
            return self
        head, *rest = path
        if isinstance(self.value, dict) and head in self.value:
            return self.value[str(head)].at(*rest)
        if isinstance(self.value, tuple) and isinstance(head, int) and head < len(self.value):
            return self.value[head].at(*rest)
        return self

    def plain(self) -> object:
        """Return the value without its marks, as JSON has it."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, tuple):
            return [child.plain() for child in self.value]
        return self.value

    def fault(self, code: str, **detail: object) -> Fault:
        """Return a fault at this entry."""
        return Fault.of(code, self.file, self.line, self.path, detail)


NOWHERE = Entry("", 0)


def read_entries(path: Path) -> tuple[Entry | None, list[Fault]]:
    """Return the entries of a YAML or JSON file (by its suffix), or None, with every fault of its outer form."""
    name = str(path)
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None, [Fault.of("missing-file", name, 0, (), {"name": path.name})]
    if data is None:
        return None, [Fault.of("too-large", name, 1, (), {"limit": Text(f"{MAX_BYTES} 字节", f"{MAX_BYTES} bytes")})]
    return parse(data, name, as_json=path.suffix == ".json")


def parse(data: bytes, name: str, *, as_json: bool = False) -> tuple[Entry | None, list[Fault]]:
    """Return the entries of `data`; `name` is the file named in faults."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [Fault.of("not-utf8", name, line, (), {})]
    composer = _JsonComposer(name) if as_json else _YamlComposer(name)
    try:
        return composer.compose(text), composer.faults
    except Faulty as error:
        return None, [*composer.faults, *error.faults]


class _Composer:
    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self.count = 0

    def entry(self, line: int, value: Value, path: tuple[str | int, ...]) -> Entry:
        self.count += 1
        if self.count > MAX_ENTRIES or len(path) > MAX_DEPTH:
            limit = Text(f"{MAX_ENTRIES} 个条目、{MAX_DEPTH} 层", f"{MAX_ENTRIES} entries, {MAX_DEPTH} levels deep")
            raise Faulty([Fault.of("too-large", self.name, line, path, {"limit": limit})])
        return Entry(self.name, line, value, path)

    def fault(self, code: str, line: int, path: tuple[str | int, ...], **detail: object) -> None:
        self.faults.append(Fault.of(code, self.name, line, path, detail))

    def compose(self, text: str) -> Entry:
        raise NotImplementedError


class _YamlComposer(_Composer):
    """Walks the parser's events; the depth limit keeps its recursion shallow."""

    events: Iterator[yaml.Event]

    def compose(self, text: str) -> Entry:
        self.events = yaml.parse(text, Loader=Parser)
        try:
            return self._document()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            problem = getattr(error, "problem", None) or str(error).splitlines()[0]
            fault = Fault.of("yaml-syntax", self.name, line, (), {"problem": both(problem)})
            raise Faulty([fault]) from None

    def _document(self) -> Entry:
        root: Entry | None = None
        for event in self.events:
            if isinstance(event, yaml.NodeEvent):
                if root:
                    self.fault("yaml-documents", _line(event), ())
                    break
                root = self._node(event, (), _line(event))
        return root or self.entry(1, None, ())

    def _node(self, event: yaml.Event, path: tuple[str | int, ...], line: int) -> Entry:
        self._refuse(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self.entry(line, self._mapping(path), path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.entry(line, self._sequence(path), path)
        return self.entry(line, _scalar(event), path)

    def _refuse(self, event: yaml.Event, path: tuple[str | int, ...]) -> None:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.fault("yaml-alias", line, path)
        elif getattr(event, "tag", None) not in (None, "!"):
            self.fault("yaml-tag", line, path)
        self.entry(line, None, path)  # the depth limit holds before the recursion

    def _sequence(self, path: tuple[str | int, ...]) -> tuple[Entry, ...]:
        children: list[Entry] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            children.append(self._node(event, (*path, len(children)), _line(event)))
        return tuple(children)

    def _mapping(self, path: tuple[str | int, ...]) -> dict[str, Entry]:
        children: dict[str, Entry] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            key = self._key(event, path)
            child = self._node(next(self.events), (*path, key or "?"), line)
            if key is None:
                continue
            if key in children:
                self.fault("duplicate-key", line, (*path, key), key=key, first=children[key].line)
            children.setdefault(key, child)
        return children

    def _key(self, event: yaml.Event, path: tuple[str | int, ...]) -> str | None:
        node = self._node(event, path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        self.fault("yaml-key", node.line, path)
        return None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.Event) -> Scalar:
    if not isinstance(event, yaml.ScalarEvent):
        return None
    return plain_scalar(event.value) if event.implicit[0] else str(event.value)


def plain_scalar(text: str) -> Scalar:
    """Return what an unquoted word means: a decimal number, `true`, `false`, nothing, else itself."""
    if text in WORDS:
        return WORDS[text]
    if not (match := NUMBER.fullmatch(text)):
        return text
    if match[2] is None and match[3] is None:
        return int(text)
    number = float(text)
    return number if abs(number) != float("inf") else text


class _JsonComposer(_Composer):
    """JSON has no line marks here; faults in it are located by their path."""

    def compose(self, text: str) -> Entry:
        try:
            value = json.loads(text, object_pairs_hook=_Pairs, parse_constant=_refuse_constant)
            return self._node(value, ())
        except json.JSONDecodeError as error:
            detail = {"problem": both(error.msg)}
            raise Faulty([Fault.of("yaml-syntax", self.name, error.lineno, (), detail)]) from None
        except (ValueError, RecursionError) as error:
            detail = {"problem": both(str(error).splitlines()[0])}
            raise Faulty([Fault.of("yaml-syntax", self.name, 1, (), detail)]) from None

    def _node(self, value: object, path: tuple[str | int, ...]) -> Entry:
        self.entry(1, None, path)
        if isinstance(value, _Pairs):
            return self.entry(1, self._mapping(value, path), path)
        if isinstance(value, list):
            return self.entry(1, tuple(self._node(item, (*path, index)) for index, item in enumerate(value)), path)
        return self.entry(1, value if isinstance(value, str | int | float) else None, path)

    def _mapping(self, pairs: _Pairs, path: tuple[str | int, ...]) -> dict[str, Entry]:
        children: dict[str, Entry] = {}
        for key, value in pairs.items:
            if key is None:
                continue
            if key in children:
                self.fault("duplicate-key", 1, (*path, key), key=key, first=1)
            children.setdefault(key, self._node(value, (*path, key)))
        return children


class _Pairs:
    def __init__(self, items: list[tuple[str, object]]) -> None:
        self.items = items


def _refuse_constant(word: str) -> None:
    raise ValueError(word)
