"""Where `rhythm` takes purchases from: a file, or the ledger of the home."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clientarium.core.forecast import Choice, Histories, chosen_for
from clientarium.core.ground import N_, Message, UserError
from clientarium.core.pipeline import file_histories, ledger_histories, refuse_future, refuse_no_purchases

from .home import opened_home

LEFT_OUT = {
    "without_client": N_("%(rows)d rows have no client and are left out."),
    "without_date": N_("%(rows)d rows have no readable date and are left out."),
    "in_future": N_("%(rows)d rows are dated in the future and are left out."),
    "returns": N_("%(rows)d rows are returns and no purchases: they are left out."),
}


@dataclass(frozen=True, eq=False)
class Source:
    """`labels` by client_id; `choice` None where nothing has been chosen for these purchases yet."""

    histories: Histories
    labels: Mapping[int, str]
    notes: Sequence[Message]
    choice: Choice | None = None

    def chosen(self) -> Choice:
        """The methods in force for the home; for a file those its own past prefers."""
        return self.choice or chosen_for(self.histories)


def purchases_of(file: Path | None, *, until: date | None, columns: Sequence[str] = ()) -> Source:
    """The purchases of `file`, or of the ledger without one; UserError in words where there are none."""
    today = date.today()  # noqa: DTZ011 -- a day of the user's calendar
    refuse_future(until, today=today)
    if file is None:
        return _of_home(until, today=today)
    found = file_histories(file, today=today, until=until, columns=_corrections(columns))
    notes = [Message(LEFT_OUT[reason], {"rows": rows}) for reason, rows in found.left_out.items() if rows]
    return Source(found.histories, dict(enumerate(found.labels)), notes)


def _of_home(until: date | None, *, today: date) -> Source:
    opened_home()
    # Models need an open home.
    from clientarium.decisions.clients import Client, aliases_table  # noqa: PLC0415
    from clientarium.decisions.runs import chosen_methods, current_definitions, last_day, open_ledger  # noqa: PLC0415

    ledger = open_ledger()
    as_of = until or last_day(ledger, today=today)
    histories = ledger_histories(ledger, as_of=as_of, norms=current_definitions().norms, aliases=aliases_table())
    refuse_no_purchases(histories)
    return Source(histories, dict(Client.objects.values_list("pk", "name")), (), chosen_methods())


def _corrections(pairs: Sequence[str]) -> dict[str, str]:
    corrections = {}
    for pair in pairs:
        header, equals, meaning = pair.rpartition("=")
        if not equals or not header.strip():
            raise UserError(N_('“%(pair)s” is not of the form "Header=meaning".'), pair=pair)
        corrections[header.strip()] = meaning.strip()
    return corrections


def days_of(text: str) -> int:
    """90d, 13w or 90 → days; UserError otherwise."""
    figures, unit = (text[:-1], text[-1]) if text[-1:] in ("d", "w") else (text, "d")
    days = int(figures) * (7 if unit == "w" else 1) if figures.isdigit() else 0
    if not days:
        raise UserError(
            N_("“%(text)s” is no number of days."), cure=N_("Write 90d for ninety days or 13w for weeks."), text=text
        )
    return days
