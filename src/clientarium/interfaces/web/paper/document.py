"""What a document is made of, before anybody draws it: sections of texts, points and tables."""

from dataclasses import dataclass


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
    """`widths` are shares of the page's width, for paper; `right`: columns of numbers, from 0."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    kind: str = "table"
    right: tuple[int, ...] = ()


Block = Text | Points | Table


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """`sections` are numbered, `appendix` stands after them without a number."""

    title: str
    about: str
    sections: tuple[Section, ...]
    appendix: Section | None = None
