"""What a regulation is made of, before anybody draws it: sections of texts, points and tables."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Text:
    """A paragraph; `heading` stands above it in smaller letters than the section's."""

    text: str = ""
    heading: str = ""
    kind: str = "text"


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    points: tuple[str, ...]
    kind: str = "points"


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the page's width, for paper."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: str = "table"


Block = Text | Points | Table


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """`changed_at` is the moment of the last change of any rule; None: as they came with the program."""

    title: str
    about: str
    sections: tuple[Section, ...]
    changes: Table | None
    changed_at: datetime | None = None
    version: str = field(default="")


def version_of(*texts: str) -> str:
    """Eight letters that are the same exactly as long as the rules are: the same on paper and on the screen."""
    return hashlib.sha256("\u0000".join(texts).encode()).hexdigest()[:8]
