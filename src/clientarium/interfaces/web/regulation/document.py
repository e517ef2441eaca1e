"""A regulation: a document that knows when its rules last changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from ..paper import Document


@dataclass(frozen=True)
class Regulation(Document):
    """`changed_at` is the moment of the last change of any rule; None: as they came with the program."""

    changed_at: datetime | None = None
    version: str = ""


def version_of(*texts: str) -> str:
    """Eight letters that are the same exactly as long as the rules are: the same on paper and on the screen."""
    return hashlib.sha256("\u0000".join(texts).encode()).hexdigest()[:8]
