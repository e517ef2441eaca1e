"""A register as a file: INN, status, since when; CSV, XLSX, XLS, ODS, as the import page takes them."""

from .kind import KIND
from .reading import read_register

__all__ = ["KIND", "read_register"]
