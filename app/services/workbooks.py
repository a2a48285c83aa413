"""Workbooks of an assessment: made from its answers, and read back into it after a look at what would change.

An answer that was not changed in the workbook is left as it is now, whoever changed it meanwhile. One that was changed on both sides is a
conflict, and the person decides.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from app.errors import ConflictError, NotFoundError
from app.models import Answer, Assessment, Role, Upload, User
from app.repositories import answers as rows
from app.repositories import uploads
from app.services import answers
from app.services.answer_forms import Entry
from app.services.assessments import check_draft, opened, pinned
from questionnaires.faults import Fault, Faulty
from questionnaires.registry import Registry
from questionnaires.text import Text
from questionnaires.types import AnyQuestion, Questionnaire, Section
from questionnaires.workbooks.reading import Doubt, Filled, read_workbook
from questionnaires.workbooks.writing import Content

KEPT: Final = timedelta(days=1)
"""How long an upload waits for a yes."""


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer or note the workbook would change; `conflict` says that somebody else changed it meanwhile."""

    section: Section
    question: AnyQuestion
    place: str
    before: Answer | None
    value: Any
    note: str
    revision: int
    conflict: bool
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an uploaded workbook would change, in the order of the form."""

    upload: Upload
    assessment: Assessment
    questionnaire: Questionnaire
    changes: tuple[Change, ...]
    unchanged: int


def content(
    session: Session, registry: Registry, user: User, assessment_id: uuid.UUID
) -> tuple[Questionnaire, Content]:
    """Return what goes into the workbook of an assessment, for a member of its enterprise."""
    assessment = opened(session, user, assessment_id)
    stored = rows.of_assessment(session, assessment_id)
    given = {name: answer for name, answer in stored.items() if answer.value is not None or answer.note}
    facts = (
        (Text("企业", "Enterprise"), assessment.organisation.name),
        (Text("统一社会信用代码", "Unified social credit code"), assessment.organisation.uscc),
        (Text("报告年度", "Reporting year"), str(assessment.year)),
    )
    made = Content(
        answers={name: answer.value for name, answer in given.items()},
        notes={name: answer.note for name, answer in given.items() if answer.note},
        revisions={name: answer.revision for name, answer in stored.items()},
        year=assessment.year,
        assessment=str(assessment.id),
        subject=_subject(assessment),
        facts=facts,
    )
    return pinned(registry, assessment), made


def _subject(assessment: Assessment) -> dict[str, Any]:
    """Return the facts with which `servimeter score` reads the workbook as an answer file."""
    organisation = assessment.organisation
    enterprise = {
        "name": organisation.name,
        "uscc": organisation.uscc,
        "region": organisation.region,
        "industry": organisation.industry,
        "staff": organisation.staff,
        "revenue": organisation.revenue,
    }
    entities = {"entities": assessment.entities} if assessment.entities else {}
    scope = {"year": assessment.year, "scope": assessment.scope, "audited": assessment.audited}
    return {"enterprise": enterprise} | scope | entities


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person chose in a preview.

    `meant` says by place which doubtful figures were fractions for a percentage, `keep` by question whose answer of a conflict stays
    (`mine` is the workbook's, `theirs` the stored one).
    """

    meant: Mapping[str, bool]
    keep: Mapping[str, str]

    def settle(self, change: Change) -> bool:
        """Whether nothing about a change is left to ask."""
        return all(doubt.place in self.meant for doubt in change.doubts) and (
            not change.conflict or change.question.id in self.keep
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """An editor at an open draft, with workbooks for it."""

    session: Session
    registry: Registry
    user: User
    assessment: Assessment

    @classmethod
    def at(cls, session: Session, registry: Registry, user: User, assessment_id: uuid.UUID) -> Desk:
        """Open the desk; errors as `opened` and `check_draft`."""
        assessment = opened(session, user, assessment_id, Role.EDITOR)
        check_draft(assessment)
        return cls(session, registry, user, assessment)

    def upload(self, name: str, data: bytes, now: datetime) -> Upload:
        """Keep a sound workbook for its preview. Raises `Faulty` with every fault."""
        _read(self.registry, self.assessment, name, data)
        self.forget(now)
        made = Upload(assessment_id=self.assessment.id, user_id=self.user.id, name=name, data=data, at=now)
        self.session.add(made)
        self.session.flush()
        return made

    def preview(self, upload_id: uuid.UUID) -> Preview:
        """Return what an upload would change now. Raises `NotFoundError` when it is another's or gone."""
        found, filled, stored = self._opened(upload_id)
        changes = tuple(_changes(filled, stored, filled.answers))
        unchanged = len(filled.answers) - len(changes)
        return Preview(found, self.assessment, filled.questionnaire, changes, unchanged)

    def apply(self, upload_id: uuid.UUID, decided: Decisions, now: datetime) -> int:
        """Store every change of an upload, or none, and return how many there were; `ConflictError` while something is undecided."""
        _, filled, stored = self._opened(upload_id)
        changes = _changes(filled, stored, filled.meant(decided.meant))
        if not all(map(decided.settle, changes)):
            raise ConflictError("还有几处需要您先选择；选定之前什么都没有保存。")
        keep = decided.keep
        entries = [_entry(change, stored, keep) for change in changes if keep.get(change.question.id) != "theirs"]
        answers.save(self.session, self.user, self.assessment.id, entries, now)
        self.forget(now)
        return len(entries)

    def forget(self, now: datetime) -> None:
        """Drop what this person uploaded for this assessment."""
        uploads.forget(self.session, self.assessment.id, self.user.id, now - KEPT)

    def _opened(self, upload_id: uuid.UUID) -> tuple[Upload, Filled, dict[str, Answer]]:
        found = uploads.find(self.session, upload_id)
        if found is None or found.assessment_id != self.assessment.id or found.user_id != self.user.id:
            raise NotFoundError("这次上传已经处理过，或已过期。请重新上传工作簿。")
        filled = _read(self.registry, self.assessment, found.name, found.data)
        return found, filled, rows.of_assessment(self.session, self.assessment.id)


def _read(registry: Registry, assessment: Assessment, name: str, data: bytes) -> Filled:
    filled = read_workbook(data, name, registry)
    stamp = filled.stamp
    mine = stamp.assessment in {"", str(assessment.id)} and stamp.year in {None, assessment.year}
    enterprise = stamp.subject.get("enterprise") or {}
    if not mine or enterprise.get("uscc") not in {None, assessment.organisation.uscc}:
        found = " ".join(filter(None, (enterprise.get("name"), str(stamp.year or ""))))
        raise Faulty([Fault.of("workbook-assessment", name, 0, (), {"found": found})])
    if (stamp.slug, stamp.version, stamp.digest) != (assessment.slug, assessment.version, assessment.digest):
        known = f"{assessment.slug} {assessment.version}"
        detail = {"slug": stamp.slug, "version": stamp.version, "known": known}
        raise Faulty([Fault.of("workbook-version", name, 0, (), detail)])
    return filled


def _changes(filled: Filled, stored: Mapping[str, Answer], values: Mapping[str, Any]) -> list[Change]:
    asked, section_of = filled.questionnaire.questions, filled.questionnaire.section_of
    made = []
    for name in filter(filled.changed, asked):
        now, note = stored.get(name), filled.notes[name]
        content_now = (now.value, now.note) if now else (None, "")
        if content_now == (values[name], note):
            continue
        base = filled.stamp.bases.get(name)
        revision = base.revision if base else 0
        conflict = now is not None and now.revision != revision and content_now != (None, "")
        doubts = tuple(doubt for doubt in filled.doubts if doubt.question == name)
        place = filled.places[name]
        change = Change(section_of[name], asked[name], place, now, values[name], note, revision, conflict, doubts)
        made.append(change)
    return made


def _entry(change: Change, stored: Mapping[str, Answer], keep: Mapping[str, str]) -> Entry:
    """Return the change as an entry; a conflict that was decided is made from what is stored now."""
    name = change.question.id
    current = stored.get(name)
    revision = current.revision if current and (keep.get(name) == "mine" or not change.conflict) else change.revision
    return Entry(name, change.value, change.note, revision, keep.get(name, ""))
