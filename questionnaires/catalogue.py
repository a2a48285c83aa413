"""The standards system with its topics, and the glossary: read strictly like a questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from .description import Nullable, Pattern, Record
from .entries import Entry, read_entries
from .faults import Fault, Faulty
from .reading import Reader
from .references import dangling
from .text import Text
from .types.words import CatalogueRef, TermRef, Word

FOLDER = Path(__file__).parent / "catalogue"
NODE = Pattern(
    "bad-id", r"[0-9]+(\.[0-9]+)*", Text('加引号的节点编码，例如 "1.3.1"', 'a quoted node code, such as "1.3.1"')
)
TOPIC = Pattern(
    "bad-id",
    r"[0-9]+(\.[0-9]+)*\.[a-z][a-z0-9_]*",
    Text('加引号的主题编码，例如 "2.3.1.response"', 'a quoted topic id, such as "2.3.1.response"'),
)
Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Topic(Record):
    """A thing that a node's description lists."""

    id: Annotated[str, TOPIC]
    name: Text


@dataclass(frozen=True, kw_only=True)
class CatalogueNode(Record):
    """A node of the standards system; `code_by` says who gave it its code."""

    id: Annotated[str, NODE]
    parent: Annotated[CatalogueRef, Nullable()] | None = None
    name: Text
    description: Text
    code_by: Literal["guide", "us"]
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CatalogueSource(Record):
    """The document that the tree comes from."""

    title: Text
    edition: Text
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Catalogue(Record):
    """The tree of the standards system, parents before children."""

    id: Annotated[str, Pattern("bad-id", r"[a-z][a-z0-9-]*", Text("小写单词", "lower-case words"))]
    title: Text
    source: CatalogueSource
    nodes: tuple[CatalogueNode, ...]

    @cached_property
    def by_id(self) -> dict[str, CatalogueNode]:
        """Return the nodes by id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Return every topic by id."""
        return {topic.id: topic for node in self.nodes for topic in node.topics}

    def children(self, parent: str | None) -> tuple[CatalogueNode, ...]:
        """Return the nodes directly below `parent`, the roots for None."""
        return tuple(node for node in self.nodes if node.parent == parent)

    def path(self, node: str) -> tuple[CatalogueNode, ...]:
        """Return the nodes from the root down to `node`."""
        here = self.by_id[node]
        return (*(self.path(here.parent) if here.parent else ()), here)


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """A term of the glossary."""

    id: Word
    term: Text
    definition: Text
    see: tuple[TermRef, ...] = ()
    node: CatalogueRef | None = None
    source: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Glossary(Record):
    """The terms that the tool uses."""

    terms: tuple[Term, ...]

    @cached_property
    def by_id(self) -> dict[str, Term]:
        """Return the terms by id."""
        return {term.id: term for term in self.terms}


@cache
def catalogue() -> Catalogue:
    """Return the built-in catalogue; `Faulty` if its file has a fault."""
    return read_sound(*read_catalogue(FOLDER / "standards-system.yaml"))


@cache
def glossary() -> Glossary:
    """Return the built-in glossary; `Faulty` if its file has a fault."""
    return read_sound(*read_glossary(FOLDER / "glossary.yaml", catalogue()))


def read_catalogue(path: Path) -> tuple[Catalogue | None, list[Fault]]:
    """Return the catalogue in a file, with every fault found."""
    found, faults = read_whole(path, Catalogue)
    if found:
        nodes = [(node.id, node.place.at("id")) for node in found.nodes]
        topics = [(topic.id, topic.place.at("id")) for node in found.nodes for topic in node.topics]
        faults += [*duplicates([*nodes, *topics]), *_order(found)]
        faults += dangling(found, {"node": found.by_id})
    return found, faults


def read_glossary(path: Path, nodes: Catalogue) -> tuple[Glossary | None, list[Fault]]:
    """Return the glossary in a file, with every fault found."""
    found, faults = read_whole(path, Glossary)
    if found:
        faults += duplicates((term.id, term.place.at("id")) for term in found.terms)
        faults += dangling(found, {"node": nodes.by_id, "term": found.by_id})
    return found, faults


def duplicates(ids: Iterable[tuple[str, Entry]]) -> Iterator[Fault]:
    """Yield a fault for every id that was seen before."""
    first: dict[str, Entry] = {}
    for name, place in ids:
        if name in first:
            seen = first[name]
            yield place.fault("duplicate-id", id=name, first=f"{Path(seen.file).name}:{seen.line}")
        first.setdefault(name, place)


def _order(found: Catalogue) -> Iterator[Fault]:
    """Yield a fault for every parent that comes after its child, which also rules out circles."""
    seen: set[str] = set()
    for node in found.nodes:
        if node.parent in found.by_id and node.parent not in seen:
            yield node.place.at("parent").fault("cycle", chain=f"{node.id} → {node.parent}")
        seen.add(node.id)


def read_whole(path: Path, kind: type[Kind]) -> tuple[Kind | None, list[Fault]]:
    """Return the one record that a file holds, with every fault found."""
    entry, faults = read_entries(path)
    reader = Reader()
    found = reader.record(entry, kind) if entry else None
    return found, [*faults, *reader.faults]


def read_sound(found: Kind | None, faults: list[Fault]) -> Kind:
    """Return what was read; `Faulty` if it has a fault."""
    if found is None or faults:
        raise Faulty(faults)
    return found
