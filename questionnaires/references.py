"""What a record refers to, found by the markers of its fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from .description import Record, Ref, bare, keys, marker
from .entries import Entry
from .faults import Fault, did_you_mean
from .text import Text

KINDS: Mapping[str, Text] = {
    "indicator": Text("指标", "indicator"),
    "ladder": Text("阶梯指标", "ladder indicator"),
    "question": Text("问题", "question"),
    "group": Text("本领域的指标组", "group of this domain"),
    "dimension": Text("维度", "dimension"),
    "value": Text("指标、指标组、领域或检查单分组", "indicator, group, domain or checklist group"),
    "answer-set": Text("选项集", "answer set"),
    "node": Text("标准体系节点", "node of the catalogue"),
    "topic": Text("标准体系主题", "topic of the catalogue"),
    "term": Text("术语", "term of the glossary"),
    "framework": Text("披露框架", "framework of disclosure"),
    "disclosure": Text("披露议题", "disclosure of the catalogue"),
    "reference": Text("参考来源", "reference"),
    "option": Text("选项", "option"),
    "name": Text(
        "可用于公式的问题、指标、测算项或参数", "question, indicator, measure or parameter that a formula can name"
    ),
    "questionnaire": Text("问卷", "questionnaire"),
    "measure": Text("测算项", "measure"),
    "parameter": Text("参数", "parameter"),
    "table-row": Text("本表的行", "row of this table"),
    "row": Text("带年份列的表格的行（表.行）", "row of a table with columns by year (TABLE.ROW)"),
    "place": Text("问题，或表格的行、列、单元格", "question, or row, column or cell of a table"),
    "yearly": Text(
        "带年份列的表格的行、表格，或按年的测算项",
        "row of a table with columns by year, such a table, or measure by years",
    ),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value in a record, the markers of its type, and where it stands."""

    value: Any
    markers: tuple[object, ...]
    place: Entry


def leaves(record: Record) -> Iterator[Leaf]:
    """Yield every single value of a record and of the records in it."""
    for key in keys(type(record)):
        value = getattr(record, key.field)
        if value is not None:
            yield from _below(value, key.type, key.markers, record.place.at(key.name))


def _below(value: Any, kind: Any, markers: tuple[object, ...], place: Entry) -> Iterator[Leaf]:
    if isinstance(value, Record):
        yield from leaves(value)
    elif isinstance(value, tuple):
        item, inner = bare(get_args(kind)[0]) if get_origin(kind) is tuple else (None, ())
        for index, member in enumerate(value):
            yield from _below(member, item, inner, place.at(index))
    elif isinstance(value, Mapping):
        (_, of_key), (kind, of_value) = map(bare, get_args(kind))
        for name, member in value.items():
            yield Leaf(name, of_key, place.at(name))
            yield from _below(member, kind, of_value, place.at(name))
    else:
        yield Leaf(value, markers, place)


def dangling(record: Record, known: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Yield a fault for every reference of a kind in `known` that names nothing there."""
    for leaf in leaves(record):
        ref = marker(leaf.markers, Ref)
        if ref and isinstance(leaf.value, str) and ref.kind in known and leaf.value not in known[ref.kind]:
            yield unknown(leaf.place, ref.kind, leaf.value, known[ref.kind])


def unknown(place: Entry, kind: str, name: str, known: Collection[str]) -> Fault:
    """Return the fault of a name that does not exist."""
    return place.fault("dangling-reference", id=name, kind=KINDS[kind], hint=did_you_mean(name, known))
