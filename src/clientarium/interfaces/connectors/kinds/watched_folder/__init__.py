"""A folder where files are put: picked up when they have stopped growing, moved aside when they are done."""

from .folder import FolderIntake
from .kind import KIND

__all__ = ["KIND", "FolderIntake"]
