"""An assessment together with everything its pages show: questionnaire, answers and what they come to."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from app.models import Answer, Assessment, Role, User
from app.repositories import answers
from app.services import access
from app.services.assessments import opened, pinned
from app.services.consistency import Concern, concerns
from app.services.links import links_of
from app.services.restarts import newer, successor
from app.services.standing import Standing, scorable, standing
from questionnaires.registry import Registry
from questionnaires.types import Questionnaire


@dataclass(frozen=True)
class Draft:
    """An assessment as a member sees it now."""

    assessment: Assessment
    questionnaire: Questionnaire
    stored: dict[str, Answer]
    standing: Standing
    editable: bool
    newer: Questionnaire | None = None
    """The version that the draft can be moved to."""
    successor: Assessment | None = None
    """What the draft was moved to."""

    @property
    def unfinished(self) -> list[str]:
        """Return the questions, asked now, whose answer is begun but cannot be scored yet."""
        read = scorable(self.questionnaire, self.stored.values())
        begun = [name for name, answer in self.stored.items() if answer.value is not None]
        return [name for name in begun if name in self.standing.asked and name not in read]

    @cached_property
    def concerns(self) -> tuple[Concern, ...]:
        """What does not fit together in the answers so far."""
        notes = {name: answer.note for name, answer in self.stored.items()}
        return concerns(self.questionnaire, self.standing.result, notes)


def open_draft(session: Session, registry: Registry, user: User, assessment_id: uuid.UUID) -> Draft:
    """Return the assessment to a member of its enterprise; errors as `opened` and `pinned`."""
    assessment = opened(session, user, assessment_id)
    return draft_of(session, registry, user, assessment)


def draft_of(session: Session, registry: Registry, user: User, assessment: Assessment) -> Draft:
    """Return an assessment that was opened already with what its answers come to."""
    questionnaire = pinned(registry, assessment)
    stored = answers.of_assessment(session, assessment.id)
    links = links_of(session, assessment, questionnaire)
    read, industry = scorable(questionnaire, stored.values()), assessment.organisation.industry
    state = standing(questionnaire, read, assessment.year, links, industry)
    role = access.member(session, user, assessment.organisation_id).role
    editable = assessment.status == "draft" and access.allows(role, Role.EDITOR)
    moves = newer(session, registry, assessment), successor(session, assessment)
    return Draft(assessment, questionnaire, stored, state, editable, *moves)
