"""`rhythm`: fit the published models, foresee the next orders, and check both against the past."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from clientarium.core.ground import Message

from ..language import _, sentence
from ..printing import note, print_json, print_table, say
from ..progress import shown_progress

FILE = typer.Argument(exists=True, dir_okay=False, help=_("Any table with clients and dates; the ledger without it"))
UNTIL = typer.Option(
    formats=["%Y-%m-%d", "%d.%m.%Y"], help=_("The last day that is known (default: the last purchase)")
)
COLUMN = typer.Option(help=_('What a column means: "Header=meaning"; may be repeated'))
JSON = typer.Option("--json", help=_("Print JSON"))
HORIZON = typer.Option(help=_("How far ahead: 90d, 13w; may be repeated"))

SHOWN_CLIENTS = 40


def register(app: typer.Typer) -> None:
    """Add the group `rhythm`."""
    group = typer.Typer(
        help=_("When clients order next: models, forecasts, and how right they are."), no_args_is_help=True
    )
    group.command("fit", help=_("Fit a published model and print its parameters."))(fit)
    group.command("predict", help=_("Tell for each client whether he is alive, how much he orders and when."))(predict)
    group.command("backtest", help=_("Try every model and rule on the past and name the best."))(backtest)
    app.add_typer(group, name="rhythm")


def fit(
    file: Annotated[Path | None, FILE] = None,
    model: Annotated[
        str, typer.Option(help="bg-nbd, mbg-nbd, pareto-nbd, bg-cnbd-k, mbg-cnbd-k, gamma-gamma, nbd")
    ] = "mbg-cnbd-k",
    until: Annotated[datetime | None, UNTIL] = None,
    unit: Annotated[str, typer.Option(help=_("Unit of time of the parameters: day or week"))] = "week",
    column: Annotated[list[str] | None, COLUMN] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Print parameters, log-likelihood, k, clients and whether the search ended at a clear top."""
    from clientarium.core.forecast import fit_report  # noqa: PLC0415 -- slow import: scipy

    from ..rhythm_source import purchases_of  # noqa: PLC0415 -- the same

    source = purchases_of(file, until=_day(until), columns=column or [])
    report = fit_report(source.histories, model=model, unit=unit)
    messages = [sentence(message) for message in (*source.notes, *report["messages"]) if message.msgid]
    if as_json:
        print_json(report | {"messages": messages})
        return
    say(_("%(model)s on %(clients)s clients: log-likelihood %(height).2f, k = %(k)s.") % {
        "model": model, "clients": report["clients"], "height": report["log_likelihood"], "k": report["k"],
    })  # fmt: skip
    errors = report["standard_errors"]
    rows = [(name, f"{value:.5g}", _error(errors.get(name))) for name, value in report["parameters"].items()]
    print_table([_("Parameter"), _("Value"), _("Standard error")], rows, right=(1, 2))
    for message in messages:
        note(message)


def predict(
    file: Annotated[Path | None, FILE] = None,
    until: Annotated[datetime | None, UNTIL] = None,
    horizon: Annotated[list[str] | None, HORIZON] = None,
    usual: Annotated[
        bool, typer.Option("--usual", help=_("Use the usual methods, choose nothing by the past"))
    ] = False,
    column: Annotated[list[str] | None, COLUMN] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """One line per client: alive, expected orders, next order with its window, rhythm, and what it rests on."""
    from clientarium.core.forecast import DEFAULT_CHOICE, date_of, prediction  # noqa: PLC0415 -- slow import: scipy

    from ..rhythm_source import days_of, purchases_of  # noqa: PLC0415 -- the same

    source = purchases_of(file, until=_day(until), columns=column or [])
    choice = DEFAULT_CHOICE if usual else source.chosen()
    as_of = date_of(source.histories.until)
    found = prediction(source.histories, as_of=as_of, choice=choice, horizons=[days_of(text) for text in horizon or []])
    clients = [{"client": source.labels[row.pop("client_id")], **row} for row in found.to_pylist()]
    _say_notes(source.notes)
    if as_json:
        print_json({"as_of": as_of, "methods": choice.as_dict(), "clients": clients})
        return
    _print_clients(clients)


def backtest(
    file: Annotated[Path | None, FILE] = None,
    until: Annotated[datetime | None, UNTIL] = None,
    origins: Annotated[int, typer.Option(min=1, max=52, help=_("From how many earlier dates"))] = 3,
    horizon: Annotated[list[str] | None, HORIZON] = None,
    column: Annotated[list[str] | None, COLUMN] = None,
    as_json: Annotated[bool, JSON] = False,
) -> None:
    """Print every method's errors from earlier dates; the chosen ones are named."""
    from clientarium.core.forecast import accuracy  # noqa: PLC0415 -- slow import: scipy

    from ..rhythm_source import days_of, purchases_of  # noqa: PLC0415 -- the same

    source = purchases_of(file, until=_day(until), columns=column or [])
    asked = {"horizons": tuple(days_of(text) for text in horizon)} if horizon else {}
    with shown_progress() as listener:
        found = accuracy(
            source.histories,
            origins=origins,
            progress=lambda done, total: listener(_("Checking the forecast against the past"), done, total),
            **asked,
        )
    _say_notes(source.notes)
    if as_json:
        print_json(found.report)
        return
    _print_report(dict(found.report))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _error(value: float | None) -> str | None:
    return None if value is None else f"{value:.3g}"


def _say_notes(notes: Sequence[Message]) -> None:
    for message in notes:
        note(sentence(message))


def _print_clients(clients: Sequence[dict[str, Any]]) -> None:
    columns = {
        "client": _("Client"), "p_alive": _("Alive"), "expected_orders_30d": _("Orders in 30 days"),
        "expected_orders_90d": _("in 90"), "expected_orders_365d": _("in 365"), "next_order_on": _("Next order"),
        "next_order_early": _("Window from"), "next_order_late": _("Window until"),
        "order_overdue_days": _("Overdue, days"), "rhythm": _("Rhythm"), "forecast_basis": _("Rests on"),
    }  # fmt: skip
    words = {"regular": _("regular"), "irregular": _("irregular"), "unknown": _("not seen yet"),
             "own": _("his purchases"), "base": _("the base")}  # fmt: skip
    soonest = sorted(clients, key=lambda row: (row["next_order_on"] or date.max, -row["expected_orders_90d"]))
    rows = [[words.get(row[name], row[name]) for name in columns] for row in soonest[:SHOWN_CLIENTS]]
    print_table(list(columns.values()), rows, right=(1, 2, 3, 4, 8))
    if len(clients) > SHOWN_CLIENTS:
        note(
            _("The %(shown)d soonest of %(all)d clients; --json prints all.")
            % {"shown": SHOWN_CLIENTS, "all": len(clients)}
        )


def _print_report(report: dict[str, Any]) -> None:
    counts, dates, chosen = report["counts"], report["dates"], report["chosen"]
    for horizon in counts["horizons"]:
        lines = [one for one in counts["counts"] if one["horizon"] == horizon and one["population"] == "all"]
        rows = [(one["method"], *_figures(one)) for one in sorted(lines, key=lambda one: one["counts"]["mae"])]
        title = _("Orders within %(days)d days") % {"days": horizon}
        print_table(
            [_("Method"), _("Mean error"), "RMSE", _("Bias, %"), _("Top tenth found")],
            rows,
            title=title,
            right=(1, 2, 3, 4),
        )
    if not counts["horizons"]:
        note(_("The purchases span too few days to hold any back."))
    rows = [
        (name, one["mean_error"], one["near"]["1"], one["near"]["7"], one["covered"].get("0.8"))
        for name, one in sorted(dates["scores"].items(), key=lambda item: item[1]["mean_error"])
    ]
    heads = [_("Method"), _("Mean error, days"), _("Within a day"), _("Within a week"), _("In the 80 % window")]
    print_table(heads, rows, title=_("Next order"), right=(1, 2, 3, 4))
    say(_("Chosen: counts by %(counts)s, dates by %(dates)s, status by %(status)s.") % chosen)
    reason: str = report["choosing"]["reason"]
    say(_(reason))


def _figures(line: dict[str, Any]) -> tuple[Any, ...]:
    counts, ranking = line["counts"], line["ranking"]
    return counts["mae"], counts["rmse"], counts["bias_pct"], ranking["top_hit"]
