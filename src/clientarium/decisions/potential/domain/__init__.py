"""Potential: declared by a person."""

from .declaring import declare

__all__ = ["declare"]
