"""What was understood about a file before anything of it is staged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clientarium.core.ground import Message, UserError
from clientarium.core.intake.guess import ColumnGuess
from clientarium.core.intake.layout import Layout
from clientarium.core.intake.readers import TableInfo
from clientarium.core.intake.reports import ReportView


@dataclass(frozen=True)
class Question:
    """What a person must answer before staging: the sentence, its cure, the columns it is about."""

    message: Message
    cure: Message
    headers: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()

    def is_answered_by(self, corrections: Mapping[str, str]) -> bool:
        """True when one of its columns has been given a meaning, or one of its meanings a column."""
        return bool(set(self.headers) & set(corrections) or set(self.meanings) & set(corrections.values()))


@dataclass(frozen=True)
class Understanding:
    """`proposal` is the layout as guessed (or the known one); `doubts` are told, `questions` must be answered."""

    kind: str
    format: str
    tables: tuple[TableInfo, ...]
    table: str
    encoding: str | None
    delimiter: str | None
    header_row: int
    columns: tuple[ColumnGuess, ...]
    shape: str
    fingerprint: str
    matched_layout: Layout | None
    sample: tuple[Mapping[str, Any], ...]
    doubts: tuple[Message, ...]
    questions: tuple[Question, ...]
    head_lines: tuple[str, ...]
    proposal: Layout
    report: ReportView | None = None

    def layout(self, corrections: Mapping[str, str] | None = None) -> Layout:
        """Return the layout to stage by; UserError with the first question nobody has answered, or for a report whose
        sums do not agree: it is stopped before anything is read by it."""
        if self.report is not None:
            self.report.refuse_differences()
        corrected = dict(corrections or {})
        proposal = self.proposal.with_columns(corrected)
        if self.matched_layout is None:
            for question in self.questions:
                if not question.is_answered_by(corrected):
                    params = {**question.message.params, **question.cure.params}
                    raise UserError(question.message.msgid, cure=question.cure.msgid, place="", **params)
        return proposal
