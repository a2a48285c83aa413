"""Facts about this installation."""

from sqlalchemy.orm import Session

from app.models import Installation


def demo_loaded(session: Session) -> bool:
    """Whether demo data are in this database."""
    return session.get(Installation, "demo") is not None
