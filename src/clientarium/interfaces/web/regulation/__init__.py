"""Регламент: the rules in force as one readable document, generated from the settings; a page and a PDF."""

from .document import Block, Document, Points, Section, Table, Text
from .pdf import pdf_of
from .writing import regulation

__all__ = ["Block", "Document", "Points", "Section", "Table", "Text", "pdf_of", "regulation"]
