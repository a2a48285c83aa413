"""The keys of the format as JSON Schema (draft 2020-12), for editors. It comes from the same classes as the strict reading."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from .answers import AnswerFile
from .catalogue import Catalogue, Glossary
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
from .disclosures import Disclosures
from .text import Text
from .types import Header, Parameters, Section

FILES: Mapping[str, type[Record]] = {
    "questionnaire": Header,
    "section": Section,
    "parameters": Parameters,
    "answers": AnswerFile,
    "catalogue": Catalogue,
    "glossary": Glossary,
    "disclosures": Disclosures,
}
Schema = dict[str, Any]
TEXT: Schema = {
    "type": "object",
    "properties": {lang: {"type": "string", "minLength": 1} for lang in ("zh", "en")},
    "required": ["zh", "en"],
    "additionalProperties": False,
}


def json_schema(file: str) -> Schema:
    """Return the schema of one of `FILES`."""
    exporter = _Exporter()
    top = exporter.record(FILES[file], ())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": file, **top, "$defs": exporter.defined}


class _Exporter:
    def __init__(self) -> None:
        self.defined: dict[str, Schema] = {"Text": TEXT}

    def value(self, kind: Any, markers: tuple[object, ...] = ()) -> Schema:
        if marker(markers, Nullable):
            return {"anyOf": [self._value(kind, markers), {"type": "null"}]}
        return self._value(kind, markers)

    def _value(self, kind: Any, markers: tuple[object, ...]) -> Schema:
        if get_origin(kind) in (Union, UnionType):
            return self._union(kind)
        origin = get_origin(kind)
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if origin is tuple:
            return self._list(get_args(kind), marker(markers, Length))
        if origin is not None:
            free = marker(markers, Free) is not None
            return {"type": "object", "additionalProperties": free or self.value(*bare(get_args(kind)[1]))}
        if issubclass(kind, Record):
            place = marker(markers, InPlace)
            return self._short(kind, self._reference(kind, place.given if place else ()))
        return _scalar(kind, markers)

    def _union(self, kind: Any) -> Schema:
        if number_or_name(kind):
            return {"type": ["number", "string"]}
        if either := name_or_record(kind):
            return {"oneOf": [self.value(*bare(either[0])), self._reference(either[1], ())]}
        _, records = variants(kind) or ("", {})
        return {"oneOf": [self._reference(record, ()) for record in records.values()]}

    def _list(self, items: tuple[Any, ...], length: Length | None) -> Schema:
        item = self.value(*bare(items[0]))
        if items[-1] is not ...:
            return {"type": "array", "items": item, "minItems": len(items), "maxItems": len(items)}
        return {"type": "array", "items": item, **({"minItems": length.least} if length else {})}

    def _short(self, kind: type[Record], schema: Schema) -> Schema:
        short = getattr(kind, "SHORT", None)
        if short is None:
            return schema
        alone = next(key for key in keys(kind) if key.name == short)
        return {"oneOf": [self.value(alone.type, alone.markers), schema]}

    def _reference(self, kind: type[Record], given: tuple[str, ...]) -> Schema:
        name = f"{kind.__name__}InPlace" if given else kind.__name__
        if name not in self.defined:
            self.defined[name] = {}  # stands while the record refers to itself
            self.defined[name] = self.record(kind, given)
        return {"$ref": f"#/$defs/{name}"}

    def record(self, kind: type[Record], given: tuple[str, ...]) -> Schema:
        known = [key for key in keys(kind) if key.field not in given]
        return {
            "type": "object",
            "description": (kind.__doc__ or "").strip(),
            "properties": {key.name: self.value(key.type, key.markers) for key in known},
            "required": [key.name for key in known if key.required or _is_tag(key)],
            "additionalProperties": False,
        }


def _is_tag(key: Key) -> bool:
    """Whether the key tells the members of a union apart, and so is always written."""
    return get_origin(key.type) is Literal and len(get_args(key.type)) == 1


def _scalar(kind: type, markers: tuple[object, ...]) -> Schema:
    if kind is Text:
        return {"$ref": "#/$defs/Text"}
    if kind is datetime.date:
        return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if kind is bool:
        return {"type": "boolean"}
    if kind is str:
        pattern = marker(markers, Pattern)
        if marker(markers, Expression):
            return {"type": ["string", "number"], "minLength": 1}
        return {"type": "string", "minLength": 1, **({"pattern": f"^{pattern.regex}$"} if pattern else {})}
    return {"type": "integer" if kind is int else "number", **_bounds(marker(markers, Within))}


def _bounds(within: Within | None) -> Schema:
    if within is None:
        return {}
    bounds = {"minimum": within.low, "exclusiveMinimum": within.over, "maximum": within.high}
    return {name: bound for name, bound in bounds.items() if bound is not None}
