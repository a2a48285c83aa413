"""What each fault says, in both languages, by its code."""

from .answers import ANSWERS
from .checks import CHECKS
from .message import Message
from .reading import READING
from .units import UNITS
from .workbooks import WORKBOOKS

MESSAGES: dict[str, Message] = {**READING, **CHECKS, **ANSWERS, **UNITS, **WORKBOOKS}

__all__ = ["MESSAGES", "Message"]
