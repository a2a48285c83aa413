"""Demo data: the illustrative example answers, entered and submitted by the ordinary services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.errors import ForbiddenError
from app.models import Department, Installation, Organisation, Release, Statistic, User
from app.services import (
    answers,
    assessments,
    demo_country,
    demo_statistics,
    departments,
    organisations,
    passwords,
    regional,
    releases,
    submissions,
)
from app.services.answer_forms import Entry
from app.services.assessments import Start
from app.services.cohorts import COUNTRY, Cohorts
from app.services.demo_firms import YEARS
from app.services.profiles import Profile
from app.services.submissions import Pledge
from questionnaires.answers import Answers, load_answers
from questionnaires.registry import Registry

PASSWORD: Final = "servimeter-demo"  # noqa: S105 - printed at the start; demo data are refused in production
MARK: Final = "demo"
SLUG: Final = "enterprise-evaluation"
DEPARTMENTS: Final = (
    ("country", COUNTRY, "全国主管部门（示例）"),
    ("zhejiang", "330000", "浙江省主管部门（示例）"),
)
DOMAIN: Final = "demo.example"
"""`.example` is reserved: no such address can ever receive mail."""


@dataclass(frozen=True)
class SignIn:
    """What a visitor of the demo signs in with."""

    email: str
    password: str
    enterprise: str


def load(database: Database, registry: Registry, settings: Settings, now: datetime) -> list[SignIn]:
    """Enter the examples into an empty database and return the sign-ins; an already loaded demo is left as it is.

    Raises `ForbiddenError` under production settings or when the server does not listen on loopback alone. A database
    that holds anything of its own gets nothing, and the list is empty.
    """
    if settings.production:
        raise ForbiddenError("生产环境不载入示例数据。")
    if not settings.loopback:
        raise ForbiddenError("只有仅监听本机地址（127.0.0.1）时才载入示例数据。")
    made = False
    with database.writing() as session:
        if session.get(Installation, MARK) is None:
            if session.scalar(select(User.id).limit(1)) is not None:
                return []
            _enter(session, registry, settings, now)
            made = True
    if made and settings.demo_firms:
        _publish(database, now)
    with database.reading() as session:
        return _sign_ins(session)


def remove(database: Database) -> int:
    """Take the demo out, whatever visitors did in it, and return how many enterprises went."""
    with database.writing() as session:
        gone = session.scalars(delete(Organisation).where(Organisation.demo).returning(Organisation.id)).all()
        session.execute(delete(Release).where(Release.demo))
        session.execute(delete(Statistic).where(Statistic.demo))
        session.execute(delete(Department).where(Department.demo))
        session.execute(delete(User).where(User.email.endswith(f"@{DOMAIN}")))
        session.execute(delete(Installation).where(Installation.name == MARK))
        return len(gone)


def _enter(session: Session, registry: Registry, settings: Settings, now: datetime) -> None:
    password_hash = passwords.hashed(PASSWORD)
    for files in by_enterprise(registry):
        _enter_enterprise(session, registry, files, password_hash, now)
    if settings.demo_firms:
        demo_country.load(session, registry, now, settings.demo_firms)
        demo_statistics.load(session, registry, now)
    _enter_departments(session, password_hash, now)
    session.add(Installation(name=MARK, value=now.isoformat()))


def _publish(database: Database, now: datetime) -> None:
    """Publish the synthetic country's last two years, as a department would."""
    cohorts = Cohorts(database)
    for year in YEARS[-2:]:
        with database.reading() as session:
            firms = regional.firms_above_scale(session, year)
        releases.publish(database, cohorts.get("entity", year), firms, None, now)


def _enter_departments(session: Session, password_hash: str, now: datetime) -> None:
    for name, code, title in DEPARTMENTS:
        user = User(
            email=f"{name}@{DOMAIN}", name="示例官员", password_hash=password_hash, language="zh", created_at=now
        )
        session.add(user)
        session.flush()
        department = departments.add(session, title, code, now)
        department.demo = True
        departments.join(session, department, user, now)


def by_enterprise(registry: Registry) -> list[list[tuple[str, Answers]]]:
    """Return each enterprise's examples with their file names: the sources of links first, the evaluation last."""
    found: dict[str, list[tuple[str, Answers]]] = {}
    for file in examples(registry):
        read = load_answers(file, registry)
        if read.file.enterprise.uscc:
            found.setdefault(read.file.enterprise.uscc, []).append((file.stem, read))
    return [sorted(files, key=lambda one: one[1].questionnaire.slug == SLUG) for files in found.values()]


def examples(registry: Registry) -> list[Path]:
    """Return the example files of the newest versions, by name."""
    newest = [registry.latest(slug) for slug in registry.slugs()]
    folders = {registry.folder(one.slug, one.version).parent / "examples" for one in newest}
    files = sorted(file for folder in folders for file in folder.glob("*.yaml"))
    return [file for file in files if load_answers(file, registry).questionnaire in newest]


def _enter_enterprise(
    session: Session, registry: Registry, files: list[tuple[str, Answers]], password_hash: str, now: datetime
) -> None:
    name, shown = files[-1]
    user = User(email=f"{name}@{DOMAIN}", name="示例用户", password_hash=password_hash, language="zh", created_at=now)
    session.add(user)
    session.flush()
    enterprise = shown.file.enterprise
    profile = Profile(
        uscc=enterprise.uscc or "",
        name=enterprise.name.text.zh,
        region=enterprise.region or "",
        industry=enterprise.industry or "",
        staff=enterprise.staff or 0,
        revenue=enterprise.revenue or 0,
    )
    organisation = organisations.register(session, user, profile, now)
    organisation.demo = True
    for _, example in files:
        whole = _entries(example)
        draft = assessments.start(session, user, organisation.id, _wish(example, example.file.year), now)
        answers.save(session, user, draft.id, whole, now)
        submissions.submit(session, registry, user, draft.id, Pledge(user.name, agreed=True, at=now))
    # A second year, half filled in, shows the form at work.
    draft = assessments.start(session, user, organisation.id, _wish(shown, shown.file.year - 1), now)
    answers.save(
        session, user, draft.id, [Entry(entry.question, entry.value) for entry in whole[: len(whole) // 2]], now
    )


def _entries(example: Answers) -> list[Entry]:
    file = example.file
    names = dict.fromkeys((*file.answers, *file.notes))
    return [Entry(name, file.answers.get(name), file.notes.get(name, "")) for name in names]


def _wish(example: Answers, year: int) -> Start:
    questionnaire, file = example.questionnaire, example.file
    return Start(
        slug=questionnaire.slug,
        version=questionnaire.version,
        digest=questionnaire.digest,
        year=year,
        scope=file.scope,
        entities=file.entities or "",
        audited=file.audited,
    )


def _sign_ins(session: Session) -> list[SignIn]:
    rows = session.scalars(
        select(Organisation).where(Organisation.demo, Organisation.memberships.any()).order_by(Organisation.name)
    )
    owners = [(organisation, min(organisation.memberships, key=lambda one: one.created_at)) for organisation in rows]
    officials = [SignIn(f"{name}@{DOMAIN}", PASSWORD, title) for name, _, title in DEPARTMENTS]
    return [SignIn(owner.user.email, PASSWORD, organisation.name) for organisation, owner in owners] + officials
