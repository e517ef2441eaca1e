"""Marks on clients, changes of many clients at once, domains asked about, and how the quality of the base has gone."""

from .bulk import BulkChange, BulkRow
from .marks import ClientMark, MailDomain
from .trend import QualityPoint

__all__ = ["BulkChange", "BulkRow", "ClientMark", "MailDomain", "QualityPoint"]
