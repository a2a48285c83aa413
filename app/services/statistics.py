"""Statistics of regions: read from a table, looked at, then stored all or not at all."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from app.i18n import N_
from app.models import Department, RegionUpload, Statistic, User
from app.repositories import statistics as rows
from app.services import departments
from app.services.cohorts import COUNTRY
from app.services.engines import engine_of
from questionnaires.figures import half_width
from questionnaires.regions import regions
from questionnaires.registry import Registry
from questionnaires.sheet import SheetRow, parse_sheet
from questionnaires.types import Questionnaire
from questionnaires.units import UNIT, YEAR, Units, units_of
from questionnaires.workbooks.grid import read_grid

REGIONAL: Final = "regional-evaluation"
COMPUTED: Final = "firms."
"""Questions that begin so are computed from the enterprises' results and never typed in."""
NAME: Final = "name"
"""A column for people: the template has it, and it is not read."""
KEPT: Final = timedelta(days=1)
"""How long a file waits for a yes."""
LONGEST_SOURCE: Final = 200
ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a region and year."""

    region: str
    year: int
    question: str
    value: float

    @property
    def key(self) -> tuple[str, int, str]:
        return self.region, self.year, self.question


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file is refused: the line, and a message with its parts."""

    line: int
    message: str
    parts: dict[str, object]


class RefusedError(InvalidError):
    """A file whose figures may not be stored; `problems` lists everything."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.message, None, **first.parts)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures come from: their source, the day they were published (None: not public), and who stores them."""

    source: str
    published: date | None
    department: Department | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A sound file and where its figures come from."""

    name: str
    figures: Sequence[Figure]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that would be new or different; `before` is what is stored."""

    figure: Figure
    before: Statistic | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change. `stamp` is different as soon as anything of it is."""

    upload: RegionUpload
    changes: tuple[Change, ...]
    unchanged: int
    stamp: str


def asked(registry: Registry) -> Questionnaire:
    """Return the questionnaire whose figures are statistics."""
    return registry.latest(REGIONAL)


def typed(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return the questions whose figures are entered, in order."""
    return tuple(name for name in questionnaire.questions if not name.startswith(COMPUTED))


def origin(source: str, published: str, department: Department | None = None) -> Origin:
    """Return what was typed about a file's source. Raises `InvalidError`."""
    text = source.strip()
    if not text or len(text) > LONGEST_SOURCE:
        raise InvalidError("请写明数据来源（1–200 字），例如：2025 年统计公报。", {"source": ""})
    if not published.strip():
        return Origin(text, None, department)
    try:
        return Origin(text, date.fromisoformat(published.strip()), department)
    except ValueError:
        raise InvalidError("公布日期应写成 2026-03-01 的样子；未公布的留空。", {"published": ""}) from None


def read(registry: Registry, name: str, data: bytes, scope: Sequence[Department] | None) -> list[Figure]:
    """Return the figures of a CSV or XLSX file; `scope` are the departments in whose subtrees they must lie (None: anywhere).

    Raises `Faulty` for what the table has wrong, `RefusedError` for what may not be stored, each with everything at once.
    """
    found = read_grid(data, name) if data.startswith(ZIP) else parse_sheet(data, name)
    table = _without_names(found)
    _check_header(table)
    units = units_of(table, name, engine_of(asked(registry)).model)
    problems = list(_problems(table, units, scope))
    if problems:
        raise RefusedError(problems)
    figures = [
        Figure(half_width(unit), year, question, float(value))
        for unit, year, answers in zip(units.names, units.years, units.answers, strict=True)
        for question, value in answers.items()
        if year is not None
    ]
    if not figures:
        raise RefusedError([Problem(1, N_("表中没有任何数。"), {})])
    return figures


def _without_names(table: Sequence[SheetRow]) -> list[SheetRow]:
    header = [half_width(cell).lower() for cell in table[0].cells] if table else []
    if NAME not in header:
        return list(table)
    at = header.index(NAME)
    return [SheetRow(row.line, row.cells[:at] + row.cells[at + 1 :]) for row in table]


def _check_header(table: Sequence[SheetRow]) -> None:
    header = [half_width(cell) for cell in table[0].cells] if table else []
    problems = [
        Problem(table[0].line, N_("%(column)s 由系统从企业评价结果汇总，不由人填写。请删去这一列。"), {"column": cell})
        for cell in header
        if cell.startswith(COMPUTED)
    ]
    if header[:1] == [UNIT] and header[1:2] != [YEAR]:
        problems.append(Problem(table[0].line, N_("第二列应为 year（年度）。请加上这一列，每行写四位年份。"), {}))
    if problems:
        raise RefusedError(problems)


def _problems(table: Sequence[SheetRow], units: Units, scope: Sequence[Department] | None) -> Iterator[Problem]:
    for row, unit, answers in zip(table[1:], units.names, units.answers, strict=True):
        code = half_width(unit)
        if code != COUNTRY and code not in regions():
            yield Problem(row.line, N_("没有地区代码 %(code)s。请用 GB/T 2260 的六位代码。"), {"code": code[:20]})
        elif scope is not None and not any(departments.covers(one, code) for one in scope):
            yield Problem(row.line, N_("%(code)s 不在您主管的地区之内。请删去这一行。"), {"code": code})
        for question, value in answers.items():
            if not isinstance(value, int | float):
                yield Problem(row.line, N_("%(column)s 没有数的，请把格子留空。"), {"column": question})


def own_departments(session: Session, user: User) -> Sequence[Department]:
    """Return the departments that a person works for; `ForbiddenError` for none."""
    own = departments.of_user(session, user)
    if not own:
        raise ForbiddenError("统计数据由主管部门填报。您的账号不属于任何主管部门。")
    return own


def keep(session: Session, user: User, file: File, now: datetime) -> RegionUpload:
    """Keep a sound file for its preview; what this person uploaded before is dropped."""
    own = own_departments(session, user)
    codes = {figure.region for figure in file.figures}
    whole = (one for one in own if all(departments.covers(one, code) for code in codes))
    department = next(whole, own[0])
    rows.forget(session, user.id, now - KEPT)
    made = RegionUpload(
        department_id=department.id,
        user_id=user.id,
        name=file.name[:200],
        source=file.origin.source,
        published=file.origin.published,
        values=[[figure.region, figure.year, figure.question, figure.value] for figure in file.figures],
        at=now,
    )
    session.add(made)
    session.flush()
    return made


def preview(session: Session, user: User, upload_id: uuid.UUID) -> Preview:
    """Return what a file would change now. Raises `NotFoundError` when it is another's or gone."""
    found = rows.upload(session, upload_id)
    if found is None or found.user_id != user.id:
        raise NotFoundError("这份文件已经处理过，或已过期。请重新上传。")
    figures = [Figure(*value) for value in found.values]
    own = own_departments(session, user)
    if not all(any(departments.covers(one, figure.region) for one in own) for figure in figures):
        raise NotFoundError("这份文件里有您不再主管的地区。请重新上传。")
    changed = changes(session, figures, Origin(found.source, found.published))
    return Preview(found, tuple(changed), len(figures) - len(changed), _stamp(changed))


def changes(session: Session, figures: Sequence[Figure], came: Origin) -> list[Change]:
    """Return the figures that are new or differ in value, source or date from what is stored."""
    stored = rows.stored(session, sorted({one.region for one in figures}), sorted({one.year for one in figures}))
    made = (Change(figure, stored.get(figure.key)) for figure in figures)
    said = came.source, came.published
    return [
        change
        for change in made
        if change.before is None
        or (change.before.value, change.before.source, change.before.published) != (change.figure.value, *said)
    ]


def _stamp(changed: Sequence[Change]) -> str:
    plain: list[Any] = [
        [*one.figure.key, one.figure.value, one.before.value if one.before else None] for one in changed
    ]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:32]


def confirm(session: Session, user: User, upload_id: uuid.UUID, stamp: str, now: datetime) -> int:
    """Store what the preview with this stamp showed, all or nothing, and return how many figures changed.

    Raises `NotFoundError` the second time, `ConflictError` when the stored figures are no longer those that were shown.
    """
    seen = preview(session, user, upload_id)
    if seen.stamp != stamp:
        raise ConflictError("已存的数据刚刚有变化，下面是新的对照。请再看一遍后确认。")
    if not rows.take(session, upload_id):
        raise NotFoundError("这份文件已经处理过，或已过期。请重新上传。")
    department = session.get(Department, seen.upload.department_id)
    store(session, seen.changes, Origin(seen.upload.source, seen.upload.published, department), now)
    return len(seen.changes)


def store(session: Session, changed: Sequence[Change], came: Origin, now: datetime) -> None:
    """Store changed figures. Raises `ConflictError` when somebody else stores the same meanwhile."""
    for change in changed:
        figure = change.figure
        one = change.before or Statistic(region=figure.region, year=figure.year, question=figure.question)
        one.value, one.source, one.published, one.at = figure.value, came.source, came.published, now
        one.department_id = came.department.id if came.department else None
        one.demo = came.department is not None and came.department.demo
        session.add(one)
    try:
        session.flush()
    except IntegrityError:
        raise ConflictError("同样的数据刚刚有人导入过。请刷新页面后重试。") from None


def discard(session: Session, user: User, now: datetime) -> None:
    """Drop what this person uploaded."""
    rows.forget(session, user.id, now - KEPT)
