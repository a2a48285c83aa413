"""Queries on uploaded workbooks."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from app.models import Upload


def find(session: Session, upload_id: uuid.UUID) -> Upload | None:
    """Return an upload with its bytes."""
    return session.get(Upload, upload_id)


def forget(session: Session, assessment_id: uuid.UUID, user_id: uuid.UUID, before: datetime) -> None:
    """Delete what this person uploaded for this assessment earlier, and everybody's leftovers from before a moment."""
    own = (Upload.assessment_id == assessment_id) & (Upload.user_id == user_id)
    session.execute(delete(Upload).where(or_(own, Upload.at < before)))
