"""`import` and `imports`: files in, what came of them, and back out again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from clientarium.core.ground import N_, UserError

from ..home import opened_home
from ..language import _, counted
from ..printing import note, print_json, print_table, say
from ..progress import shown_progress
from .pulse import run_pulse_now

PARTIAL = 3  # exit code: loaded, but rows were refused
FIRST_REFUSED = 10


def register(app: typer.Typer) -> None:
    """Add `import` and the group `imports`."""
    app.command("import", help=_("Load files: sales, clients, products, sellers, touches, payments."))(load)
    group = typer.Typer(help=_("What was loaded."), no_args_is_help=True)
    group.command("list", help=_("List the imports, the newest first."))(list_imports)
    group.command("show", help=_("Show one import: totals, refused rows."))(show)
    group.command("undo", help=_("Take one import back, whole."))(undo)
    app.add_typer(group, name="imports")


def load(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help=_("Files as they are"))],
    kind: Annotated[
        str,
        typer.Option("--as", help=_("sales, clients, products, sellers, touches or payments; guessed if not given")),
    ] = "",
    layout: Annotated[str, typer.Option(help=_("Saved layout: its title, or a YAML file"))] = "",
    column: Annotated[
        list[str] | None, typer.Option(help=_('What a column means: "Header=meaning"; may be repeated'))
    ] = None,
    no_client: Annotated[str, typer.Option(help=_("Lines without a client: refuse, skip or anonymous"))] = "",
    source: Annotated[str, typer.Option(help=_("Name of the system the files come from"))] = "",
    mode: Annotated[str, typer.Option(help=_("append, replace (the period of the file) or upsert (by document)"))] = "",
    dry_run: Annotated[bool, typer.Option(help=_("Read and check everything, load nothing"))] = False,
    again: Annotated[bool, typer.Option(help=_("Load a file that is already loaded once more"))] = False,
    pulse: Annotated[bool, typer.Option("--pulse", help=_("Run a pulse afterwards"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Load the files one after the other; exit code 3 if rows were refused."""
    home = opened_home(create=True)
    from ..loading import Wishes, load_file  # noqa: PLC0415 -- models need an open home

    wishes = Wishes(
        kind=kind, layout=layout, columns=_corrections(column or []), no_client=no_client, source=source, mode=mode,
        is_trial=dry_run, is_again=again,
    )  # fmt: skip
    reports = []
    for file in files:
        with shown_progress(file.name) as listener:
            report = load_file(file, wishes=wishes, home=home, listener=listener)
        reports.append(report)
        if not as_json:
            _print_report(report)
    result: dict[str, Any] = {"imports": reports}
    if pulse and not dry_run:
        result["pulse"] = run_pulse_now(None)
    if as_json:
        print_json(result)
    elif not pulse and not dry_run:
        note(_("Run “clientarium pulse” to compute everything anew."))
    if any(report["refused"] for report in reports):
        raise typer.Exit(PARTIAL)


def _corrections(pairs: list[str]) -> dict[str, str]:
    corrections = {}
    for pair in pairs:
        header, equals, meaning = pair.rpartition("=")
        if not equals or not header.strip():
            raise UserError(N_('“%(pair)s” is not of the form "Header=meaning".'), pair=pair)
        corrections[header.strip()] = meaning.strip()
    return corrections


def list_imports(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print all imports."""
    opened_home()
    from ..loading import import_summaries  # noqa: PLC0415 -- models need an open home

    imports = import_summaries()
    if as_json:
        print_json(imports)
        return
    print_table(
        [
            _("No."),
            _("File"),
            _("Kind"),
            _("State"),
            _("Read"),
            _("Accepted"),
            _("Refused"),
            _("Skipped"),
            _("From"),
            _("To"),
        ],
        [
            (
                i["id"],
                i["file"],
                i["kind"],
                i["state"],
                i["rows_read"],
                i["accepted"],
                i["refused"],
                i["skipped"],
                i["first_on"],
                i["last_on"],
            )
            for i in imports
        ],
        right=(0, 4, 5, 6, 7),
    )


def show(
    number: Annotated[int, typer.Argument(help=_("Number of the import"))],
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print one import with its totals and the first refused rows."""
    home = opened_home()
    from ..loading import import_report  # noqa: PLC0415 -- models need an open home

    report = import_report(number, home=home)
    if as_json:
        print_json(report)
    else:
        _print_report(report)


def undo(
    number: Annotated[int, typer.Argument(help=_("Number of the import"))],
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask"))] = False,
    pulse: Annotated[bool, typer.Option("--pulse", help=_("Run a pulse afterwards"))] = False,
) -> None:
    """Undo the import: facts, cards and everything it replaced are as they were before it."""
    home = opened_home()
    from ..loading import import_report, undo_now  # noqa: PLC0415 -- models need an open home

    report = import_report(number, home=home)
    if not yes and not typer.confirm(_("Take back the import of “%(file)s”?") % report):
        raise typer.Exit(2)
    with shown_progress(str(report["file"])) as listener:
        undo_now(number, listener=listener)
    say(_("The import of “%(file)s” is taken back.") % report)
    if pulse:
        run_pulse_now(None)
    else:
        note(_("Run “clientarium pulse” to compute everything anew."))


def _print_report(report: dict[str, Any]) -> None:
    say(f"{report['file']}: {report['kind']}, {report['state']}")
    if report.get("report"):
        _print_report_of_1c(report["report"])
    if report.get("columns"):
        print_table(
            [_("Column"), _("Understood as"), _("Example")],
            [(c["header"], c["meaning"] or "—", c["sample"]) for c in report["columns"]],
        )
    for doubt in report.get("doubts", ()):
        note(f"! {doubt}")
    say(
        _("Rows read: %(rows_read)s, accepted: %(accepted)s, refused: %(refused)s, skipped: %(skipped)s.")
        % {name: report[name] for name in ("rows_read", "accepted", "refused", "skipped")}
    )
    _print_totals(report)
    _print_refused(report)
    if report.get("clients_created") is not None:
        say(counted("%(number)s new client.", "%(number)s new clients.", report["clients_created"]))
    say()


def _print_report_of_1c(report: dict[str, Any]) -> None:
    """The head and the levels of a report, and its grand totals beside the sums of its rows."""
    lines = (
        (_("Report"), report["title"]),
        (_("Period"), report["period"]),
        (_("Filter"), "; ".join(report["filters"])),
        (_("Levels"), f"{' → '.join(report['levels'])} ({report['levels_by']})"),
        (_("Across"), report["across"]),
        (_("Sums checked"), report["sums_checked"]),
    )
    for title, text in lines:
        if text:
            say(f"  {title}: {text}")
    print_table(
        [_("Measure"), _("Sum of the rows"), _("Total in the report")],
        [(name, sums["found"], sums["stated"]) for name, sums in report["totals"].items()],
        right=(1, 2),
    )


def _print_totals(report: dict[str, Any]) -> None:
    for reason, rows in report["skipped_reasons"].items():
        say(f"  {reason}: {rows}")
    if report["totals"]:
        names = ("file", "accepted", "refused", "skipped")
        print_table(
            [_("Total"), _("In the file"), _("Accepted"), _("Refused"), _("Skipped")],
            [(column, *(sums[name] for name in names)) for column, sums in report["totals"].items()],
            right=(1, 2, 3, 4),
        )


def _print_refused(report: dict[str, Any]) -> None:
    rows = report["refused_rows"][:FIRST_REFUSED]
    if not rows:
        return
    print_table(
        [_("Line"), _("Column"), _("Value"), _("Why"), _("What to do")],
        [(row["line"], row["column"], row["value"], row["reason"], row["cure"]) for row in rows],
        title=_("Refused rows"),
        right=(0,),
    )
    if report.get("refused_workbook"):
        say(_("All refused rows with their reasons: %(path)s") % {"path": report["refused_workbook"]})
