"""The command line: `clientarium <command>`."""

from .main import main, run

__all__ = ["main", "run"]
