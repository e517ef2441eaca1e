"""DaData: the status of a Russian firm or entrepreneur by INN."""

from .kind import KIND
from .register import DaDataRegister

__all__ = ["KIND", "DaDataRegister"]
