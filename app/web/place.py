"""Where a request about an assessment stands: who asks, in which language, for which assessment."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.clock import now
from app.db import Database
from app.errors import AppError, NotFoundError
from app.i18n import Translator, translations
from app.models import Answer, Role, User
from app.services import answers
from app.services.answer_forms import Entry
from app.services.assessments import opened, pinned
from app.services.drafts import Draft, open_draft
from app.web.dependencies import Db, Questionnaires, SignedIn
from app.web.form_page import FormPage
from app.web.visit import visit
from questionnaires.registry import Registry
from questionnaires.text import Text
from questionnaires.types import Questionnaire, Section


@dataclass(frozen=True)
class Place:
    """A signed-in request about one assessment. Every look at the assessment checks that the user may see it."""

    request: Request
    database: Database
    registry: Registry
    user: User
    assessment_id: uuid.UUID

    @property
    def base(self) -> str:
        return f"/assessments/{self.assessment_id}"

    @property
    def translator(self) -> Translator:
        return translations(visit(self.request).language)

    def draft(self) -> Draft:
        with self.database.reading() as session:
            return open_draft(session, self.registry, self.user, self.assessment_id)

    def questionnaire(self, at_least: Role = Role.READER) -> Questionnaire:
        with self.database.reading() as session:
            return pinned(self.registry, opened(session, self.user, self.assessment_id, at_least))

    def save(self, entries: Sequence[Entry]) -> dict[str, Answer]:
        with self.database.writing() as session:
            return answers.save(session, self.user, self.assessment_id, entries, now())

    def page(self, section_id: str) -> FormPage:
        draft = self.draft()
        return FormPage(
            draft, section_in(draft.questionnaire, section_id), self.translator, self.user.id, self.registry
        )


def place(request: Request, database: Db, registry: Questionnaires, user: SignedIn, assessment_id: uuid.UUID) -> Place:
    """Return where the request stands."""
    return Place(request, database, registry, user, assessment_id)


Here = Annotated[Place, Depends(place)]


def section_in(questionnaire: Questionnaire, section_id: str) -> Section:
    """Return the section, or raise `NotFoundError`."""
    found = next((one for one in questionnaire.sections if one.id == section_id), None)
    if found is None:
        raise NotFoundError("这份问卷没有这一节。")
    return found


def told(error: AppError, translator: Translator) -> str:
    """Return the message of an error; bilingual parts in the same language."""
    parts = {
        key: part.get(translator.language) if isinstance(part, Text) else part for key, part in error.parts.items()
    }
    return translator.say(error.message, **parts)
