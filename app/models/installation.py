"""Facts about this installation."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Installation(Base):
    """A named fact, e.g. that demo data are loaded."""

    __tablename__ = "installation"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
