"""Регламент: the rules in force as one readable document, generated from the settings; a page and a PDF."""

from .document import Regulation
from .writing import regulation

__all__ = ["Regulation", "regulation"]
