"""An enterprise with a submission, and people in and outside it."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.clock import now
from app.db import Database
from app.models import Assessment, Membership, Organisation, Role, Submission, User
from app.services import sessions
from app.services.report_source import Source
from scoring.freeze import to_plain


@dataclass
class Place:
    """Ids of what was stored."""

    organisation: uuid.UUID
    submission: uuid.UUID
    people: dict[str, User]


def stored(database: Database, source: Source) -> Place:
    """Store an enterprise with an owner and a reader, a stranger, and a submission made from `source`."""
    people = {
        name: User(email=f"{name}@example.com", name=name, password_hash="x", language="zh", created_at=now())
        for name in (Role.OWNER, Role.READER, "stranger")
    }
    home = Organisation(
        uscc="91350100M000100Y43", name="江南", region="330106", industry="34", staff=9, revenue=9.0, created_at=now()
    )
    with database.writing() as session:
        session.add_all([home, *people.values()])
        session.flush()
        for role in (Role.OWNER, Role.READER):
            session.add(Membership(organisation_id=home.id, user_id=people[role].id, role=role, created_at=now()))
        made = submission(source, home, people[Role.OWNER])
        session.add(made)
    return Place(home.id, made.id, people)


def submission(source: Source, home: Organisation, by: User) -> Submission:
    questionnaire, year = source.questionnaire, int(source.enterprise["year"])
    pinned = {"slug": questionnaire.slug, "version": questionnaire.version, "digest": questionnaire.digest}
    own = {"organisation_id": home.id, "year": year, "scope": source.enterprise["scope"]}
    draft = Assessment(**pinned, **own, status="submitted", created_at=now(), created_by=by.id, updated_at=now())
    return Submission(
        **pinned,
        **own,
        id=uuid.uuid4(),
        assessment=draft,
        engine_version=source.result.engine_version,
        number="SM-7K4Q-W2XN-9D3F",
        submitted_at=now(),
        submitted_by=by.id,
        pledged_by="王建国",
        enterprise={**source.enterprise, "name": "甬江/模具：一厂"},
        answers=dict(source.answers),
        notes=dict(source.notes),
        result=to_plain(source.result),
        outcome=source.result.outcome,
        level=source.result.level,
        score=source.result.score,
    )


@dataclass
class Browser:
    """A browser that sends the CSRF token with every form."""

    client: TestClient

    def get(self, path: str) -> Response:
        return self.client.get(path)

    def post(self, path: str, **fields: str) -> Response:
        token = re.search(r'name="csrf-token" content="(\w+)"', self.client.get("/terms").text)
        assert token
        return self.client.post(path, data={"csrf_token": token[1], **fields})


def browser(app: FastAPI, database: Database, user: User | None) -> Browser:
    client = TestClient(app, follow_redirects=False)
    if user is not None:
        with database.writing() as session:
            client.cookies.set("session", sessions.open_login(session, user, "test", now(), 14))
    return Browser(client)
