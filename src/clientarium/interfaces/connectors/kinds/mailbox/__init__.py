"""A mailbox where reports arrive as attachments; the result goes back to the sender."""

from .intake import MailIntake
from .kind import KIND

__all__ = ["KIND", "MailIntake"]
