"""Decisions about plans."""

__all__: list[str] = []
