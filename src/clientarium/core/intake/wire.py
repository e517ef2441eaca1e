"""What passes between us and the child that reads a foreign file: JSON only, so a broken child sends nothing alive."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from clientarium.core.ground import Message, UserError
from clientarium.core.intake.guess import ColumnGuess
from clientarium.core.intake.layout import Layout
from clientarium.core.intake.readers import TableInfo
from clientarium.core.intake.reports import view_from_wire
from clientarium.core.intake.staged import Staged, Totals
from clientarium.core.intake.understanding import Question, Understanding


def plain(value: Any) -> Any:
    """Return a JSON-ready copy of dataclasses, dates, decimals and paths."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, date | Decimal | Path):
        return str(value)
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def user_error_to_wire(error: UserError) -> dict[str, Any]:
    cure = None if error.cure is None else error.cure.msgid
    return {"msgid": error.message.msgid, "params": plain(error.message.params), "cure": cure, "place": error.place}


def user_error_from_wire(source: Mapping[str, Any]) -> UserError:
    return UserError(source["msgid"], cure=source["cure"] or "", place=source["place"], **source["params"])


def understanding_from_wire(source: Mapping[str, Any]) -> Understanding:
    matched = source["matched_layout"]
    return Understanding(
        **{
            **source,
            "tables": tuple(TableInfo(**one) for one in source["tables"]),
            "columns": tuple(_column(one) for one in source["columns"]),
            "matched_layout": None if matched is None else Layout.from_dict(matched),
            "sample": tuple(source["sample"]),
            "doubts": _messages(source["doubts"]),
            "questions": tuple(_question(one) for one in source["questions"]),
            "head_lines": tuple(source["head_lines"]),
            "proposal": Layout.from_dict(source["proposal"]),
            "report": view_from_wire(source["report"]),
        }
    )


def staged_from_wire(source: Mapping[str, Any]) -> Staged:
    return Staged(
        **{
            **source,
            "totals": {
                name: Totals(**{key: Decimal(sum_) for key, sum_ in one.items()})
                for name, one in source["totals"].items()
            },
            "first_on": _day(source["first_on"]),
            "last_on": _day(source["last_on"]),
            "tables": {name: tuple(Path(path) for path in paths) for name, paths in source["tables"].items()},
            "clients": _path(source["clients"]),
            "sellers": _path(source["sellers"]),
            "refused_rows": _path(source["refused_rows"]),
            "headers": tuple(source["headers"]),
            "report": view_from_wire(source["report"]),
            "doubts": _messages(source["doubts"]),
        }
    )


def _column(source: Mapping[str, Any]) -> ColumnGuess:
    doubt = source["doubt"]
    return ColumnGuess(
        **{
            **source,
            "samples": tuple(source["samples"]),
            "alternatives": tuple((name, score) for name, score in source["alternatives"]),
            "doubt": None if doubt is None else Message(**doubt),
        }
    )


def _question(source: Mapping[str, Any]) -> Question:
    return Question(
        Message(**source["message"]), Message(**source["cure"]), tuple(source["headers"]), tuple(source["meanings"])
    )


def _messages(source: list[Mapping[str, Any]]) -> tuple[Message, ...]:
    return tuple(Message(**one) for one in source)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)
