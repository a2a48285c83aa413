"""What each fault says, in both languages, by its code."""

from .answers import ANSWERS
from .checks import CHECKS
from .message import Message
from .reading import READING
from .workbooks import WORKBOOKS

MESSAGES: dict[str, Message] = {**READING, **CHECKS, **ANSWERS, **WORKBOOKS}

__all__ = ["MESSAGES", "Message"]
