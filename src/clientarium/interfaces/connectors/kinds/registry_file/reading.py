"""A register file into answers: its columns found by their names, its words for a status brought to ours.

The file is read by the intake's disposable child, so a hostile workbook cannot harm the program. One line per INN: of
several the intake keeps the newest values.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from django.utils import timezone

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.identity import check_inn
from clientarium.core.pipeline import Layout, LayoutColumn, stage, understand
from clientarium.decisions.clients import LegalStatus
from clientarium.decisions.statuses import RegisterAnswer, RegisterFile, Requisites

HEADERS = {
    "inn": re.compile(r"^(инн|inn)\b", re.I),
    "status": re.compile(r"статус|состояни|status|state", re.I),
    "on": re.compile(r"дата|date|\bс\b", re.I),
    "name": re.compile(r"наименован|назван|организац|контрагент|клиент|name|company|client", re.I),
    "ogrn": re.compile(r"^(огрн|ogrn)", re.I),
}
WORDS: tuple[tuple[re.Pattern[str], LegalStatus], ...] = tuple(
    (re.compile(words, re.I), status)
    for words, status in (
        (r"недейств|предстоящ\w* исключ", LegalStatus.LIQUIDATING),
        (r"не действ|прекра[тщ]|исключ|ликвидирован|закрыт|liquidated|closed|dissolved|ceased", LegalStatus.LIQUIDATED),
        (r"банкрот|конкурсн|наблюдени|внешн\w* управлен|несостоят|bankrupt|insolven", LegalStatus.BANKRUPT),
        (r"реорганиз|присоедин|слияни|преобразован|выделени|разделени|reorgani[sz]", LegalStatus.REORGANISING),
        (r"ликвид|liquidating|winding", LegalStatus.LIQUIDATING),
        (r"действ|active|зарегистрир", LegalStatus.ACTIVE),
    )
)
"""In this order: “прекратило деятельность при присоединении” is over, and “ликвидирован” is more than “ликвидация”."""

DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y")


def read_register(path: Path, name: str) -> RegisterFile:
    """Raises UserError for no table, and for one without INN or status."""
    today = timezone.localdate()
    understood = understand(path, name=name, kind="clients", today=today)
    headers = columns_of([column.header for column in understood.columns])
    layout = layout_for(understood.proposal, [column.header for column in understood.columns], headers)
    with tempfile.TemporaryDirectory() as folder:
        staged = stage(path, name=name, layout=layout, out_dir=Path(folder), today=today, currency="RUB")
        rows = pq.read_table(staged.clients).to_pylist() if staged.clients else []
    return answers_in(rows, headers)


def columns_of(headers: Sequence[str]) -> dict[str, str]:
    """{what: header} for what the file has. Raises UserError without an INN or a status."""
    found: dict[str, str] = {}
    for what, pattern in HEADERS.items():
        match = next((one for one in headers if pattern.search(one) and one not in found.values()), None)
        if match is not None:
            found[what] = match
    for what, title in (("inn", "ИНН"), ("status", "Статус")):
        if what not in found:
            raise UserError(
                N_("The register file has no column “%(column)s”."),
                cure=N_("Its columns are: %(known)s."),
                column=title,
                known=", ".join(headers),
            )
    return found


def layout_for(proposal: Layout, headers: Sequence[str], found: Mapping[str, str]) -> Layout:
    """Client cards keyed by INN; everything else a field of the card, so that it comes as it is written."""
    columns = tuple(
        LayoutColumn(header, "client_code" if header == found["inn"] else "field")
        for header in headers
        if header in found.values()
    )
    return replace(proposal, columns=columns, shape="lines", fingerprint="")


def answers_in(rows: Sequence[Mapping[str, Any]], headers: Mapping[str, str]) -> RegisterFile:
    answers: list[RegisterAnswer] = []
    problems: list[Message] = []
    for row in rows:
        cells = dict(row["fields"] or ())
        text = str(cells.get(headers["status"]) or "")
        inn, status = check_inn(str(row["code"] or row["client_key"])), status_in(text)
        if inn is None or status is None:
            about = row["client_key"] if inn is None else f"{inn}: {text}"
            problems.append(Message(N_("Not understood: %(text)s"), {"text": about}))
            continue
        more = {name: str(cells.get(headers[name], "")) for name in ("name", "ogrn") if name in headers}
        on = day_in(cells.get(headers.get("on", ""), ""))
        answers.append(RegisterAnswer(Requisites(inn), status, status_on=on, **more))
    return RegisterFile(answers, tuple(problems))


def status_in(text: str) -> LegalStatus | None:
    """Our word for a status as registers write it; None where it is none."""
    if text.strip().lower() in LegalStatus.values:
        return LegalStatus(text.strip().lower())
    return next((status for pattern, status in WORDS if pattern.search(text)), None)


def day_in(text: object) -> date | None:
    """A day as people write it; None where it is none or lies ahead."""
    first = str(text or "").strip().partition(" ")[0].partition("T")[0]
    for day in _readings(first):
        return day if day <= timezone.localdate() else None
    return None


def _readings(text: str) -> Iterator[date]:
    for form in DAYS:
        try:
            yield datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
