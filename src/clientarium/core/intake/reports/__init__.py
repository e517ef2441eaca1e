"""Reports of 1C: grouped tables with heads, several header rows and totals, read leaf by leaf and checked."""

from clientarium.core.intake.reports.source import ReportSource, with_report
from clientarium.core.intake.reports.view import WAYS, LevelView, ReportView, shown, view_from_wire

__all__ = ["WAYS", "LevelView", "ReportSource", "ReportView", "shown", "view_from_wire", "with_report"]
