"""Starts assessments, opens them to those who may see them, and starts corrections of submitted ones."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import ConflictError, InvalidError, NotFoundError
from app.i18n import N_
from app.models import Answer, Assessment, Role, Submission, User
from app.repositories import answers, assessments, submissions
from app.services import access
from app.services.answer_forms import words
from app.services.fields import Fields, single
from app.services.numbers import Bounds, parse_number
from questionnaires.faults import Faulty
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire

FIRST_YEAR = 2010
SCOPES = ("entity", "consolidated")
LONGEST_ENTITIES = 4000


@dataclass(frozen=True, slots=True)
class Start:
    """What a new assessment is about."""

    slug: str
    version: str
    digest: str
    year: int
    scope: str
    entities: str
    audited: bool


class AlreadySubmittedError(ConflictError):
    """The version was submitted for that year and scope already; it can be corrected, not begun again."""

    def __init__(self, submission: Submission) -> None:
        super().__init__(N_("这份问卷在这一年度和口径下已经提交。要修改，请从原结果开始更正。"))
        self.submission_id = submission.id
        self.year = submission.year


def read_start(fields: Fields, registry: Registry, last_year: int) -> Start:
    """Return what the form asks for; `InvalidError` names every field that is wrong."""
    faults: dict[str, str] = {}
    slug, _, version = single(fields, "questionnaire").partition("@")
    if version not in registry.versions(slug):
        faults["questionnaire"] = N_("请选择一份问卷。")
    elif registry.get(slug, version).object == "region":
        faults["questionnaire"] = N_("这份问卷评价的是区域，由主管部门填报；企业请选其他问卷。")
    elif registry.model(slug, version).needs_units:
        faults["questionnaire"] = N_("这份问卷要与其他单位比较才有得分，不能单独填报；请用 servimeter index 计算。")
    year = _year(single(fields, "year"), last_year)
    if year is None:
        faults["year"] = N_("请选择评价年度。")
    scope = single(fields, "scope")
    if scope not in SCOPES:
        faults["scope"] = N_("请选择统计口径。")
    entities = _entities(fields, scope, faults)
    if faults or year is None:
        raise InvalidError("请先改正标出的几处。", faults)
    digest = registry.get(slug, version).digest
    return Start(slug, version, digest, year, scope, entities, audited=single(fields, "audited") == "yes")


def _year(text: str, last: int) -> int | None:
    try:
        found = parse_number(text, Bounds(FIRST_YEAR, last))
    except InvalidError:
        return None
    return None if found is None else int(found)


def _entities(fields: Fields, scope: str, faults: dict[str, str]) -> str:
    if scope != "consolidated":
        return ""
    try:
        text = words(single(fields, "entities"), LONGEST_ENTITIES)
    except InvalidError:
        faults["entities"] = N_("主体名单太长，请控制在 4000 字以内。")
        return ""
    if not text:
        faults["entities"] = N_("合并口径须列出包含的各家主体，一行一家。")
    return text


def start(session: Session, user: User, organisation_id: uuid.UUID, wish: Start, now: datetime) -> Assessment:
    """Return the open draft for this questionnaire, year and scope, made now if there is none.

    Raises `AlreadySubmittedError` when the same version has been submitted for that year and scope.
    """
    access.member(session, user, organisation_id, Role.EDITOR)
    key = (organisation_id, wish.slug, wish.year, wish.scope)
    if found := assessments.draft(session, *key):
        return found
    done = submissions.current(session, *key)
    if done is not None and done.version == wish.version:
        raise AlreadySubmittedError(done)
    return _insert(session, draft_for(organisation_id, user, wish, now))


def draft_for(organisation_id: uuid.UUID, user: User, wish: Start, now: datetime) -> Assessment:
    """Return a new draft that is not stored yet."""
    return Assessment(
        organisation_id=organisation_id,
        slug=wish.slug,
        version=wish.version,
        digest=wish.digest,
        year=wish.year,
        scope=wish.scope,
        entities=wish.entities,
        audited=wish.audited,
        created_at=now,
        created_by=user.id,
        updated_at=now,
    )


def _insert(session: Session, made: Assessment) -> Assessment:
    """Add the draft, or return the one that somebody else added in the same moment."""
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        found = assessments.draft(session, made.organisation_id, made.slug, made.year, made.scope)
        if found is None:
            raise
        return found
    return made


def opened(session: Session, user: User, assessment_id: uuid.UUID, at_least: Role = Role.READER) -> Assessment:
    """Return an assessment to a member of its enterprise; strangers get `NotFoundError`."""
    found = assessments.find(session, assessment_id)
    if found is None:
        raise NotFoundError("没有找到这个页面。")
    access.member(session, user, found.organisation_id, at_least)
    return found


def locked_draft(session: Session, user: User, assessment_id: uuid.UUID) -> Assessment:
    """Return a draft that nobody else can change until the transaction ends, to an editor of its enterprise."""
    opened(session, user, assessment_id, Role.EDITOR)
    found = assessments.lock(session, assessment_id)
    if found is None:
        raise NotFoundError("没有找到这个页面。")
    check_draft(found)
    return found


def check_draft(assessment: Assessment) -> None:
    """Raise `ConflictError` unless the assessment is an open draft."""
    check_not_replaced(assessment)
    if assessment.status != "draft":
        raise ConflictError("这份评价已经提交，不能再改。要修改，请从结果页开始更正。")


def check_not_replaced(assessment: Assessment) -> None:
    """Raise `ConflictError` when the draft was moved to a newer version: it is kept as it was, to read."""
    if assessment.status == "replaced":
        raise ConflictError("这份草稿已转到新版本，原样保留，只供查看。要修改或提交，请打开新版本的草稿。")


def pinned(registry: Registry, assessment: Assessment) -> Questionnaire:
    """Return the questionnaire that the assessment was started with.

    Raises `ConflictError` when this installation no longer has it, or has it with other content.
    """
    try:
        found = registry.get(assessment.slug, assessment.version)
    except Faulty:
        raise ConflictError(
            "本机没有问卷 %(slug)s %(version)s，无法继续填写。答案都在；请管理员装回这个版本。",
            slug=assessment.slug,
            version=assessment.version,
        ) from None
    if found.digest != assessment.digest:
        raise ConflictError(
            "问卷 %(slug)s %(version)s 的内容在评价开始后被改动，为免张冠李戴，不能继续。答案都在；请管理员装回原来的文件。",
            slug=assessment.slug,
            version=assessment.version,
        )
    return found


def correct(session: Session, user: User, assessment_id: uuid.UUID, now: datetime) -> Assessment:
    """Return the draft that corrects a submitted assessment, made from its answers if there is none yet."""
    opened(session, user, assessment_id, Role.EDITOR)
    old = assessments.lock(session, assessment_id)
    if old is None or old.status == "draft":
        raise ConflictError("这份评价还没有提交，可以直接修改。")
    check_not_replaced(old)
    if found := assessments.correcting(session, old.id):
        return found
    _check_correctable(session, old)
    wish = Start(old.slug, old.version, old.digest, old.year, old.scope, old.entities, audited=old.audited)
    made = draft_for(old.organisation_id, user, wish, now)
    made.corrects_id = old.id
    made = _insert(session, made)
    _copy_answers(session, old, made, user, now)
    return made


def _check_correctable(session: Session, old: Assessment) -> None:
    done = submissions.of_assessment(session, old.id)
    if done is not None and done.superseded_by_id is not None:
        raise ConflictError("这次提交已被后来的更正取代。请从最新的一次开始更正。")
    if assessments.draft(session, old.organisation_id, old.slug, old.year, old.scope):
        raise ConflictError("这份问卷在同一年度和口径下另有一份草稿。请先提交或删除那份草稿，再更正。")


def _copy_answers(session: Session, old: Assessment, made: Assessment, user: User, now: datetime) -> None:
    for answer in answers.of_assessment(session, old.id).values():
        copy = Answer(assessment_id=made.id, question=answer.question, value=answer.value, note=answer.note)
        answers.record(session, copy, now, user.id)


def discard(session: Session, user: User, assessment_id: uuid.UUID) -> Assessment:
    """Delete a draft with its answers for good and return what it was."""
    draft = locked_draft(session, user, assessment_id)
    assessments.remove(session, draft.id)
    return draft
