"""Documents for people: one text as a page, as PDF and as a file of a word processor."""

from .document import Block, Document, Points, Section, Table, Text
from .docx import DOCX, docx_of
from .pdf import pdf_of

__all__ = ["DOCX", "Block", "Document", "Points", "Section", "Table", "Text", "docx_of", "pdf_of"]
