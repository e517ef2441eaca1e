"""`mirror` and `outcomes`: where the firm is strong, and whether the base grows stronger."""

from typing import Annotated

import typer

from clientarium.core.ground import N_, UserError

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say, shown


def register(app: typer.Typer) -> None:
    """Add the commands `mirror` and `outcomes`."""
    app.command("mirror", help=_("Where the firm is strong, where it gives discounts, what repeats, and its health."))(
        show_mirror
    )
    app.command("outcomes", help=_("Resilience, predictability and strength of the base over the snapshots."))(
        show_outcomes
    )


def show_mirror(
    by: Annotated[
        str, typer.Option(help=_("What to divide by: segment, city, an own field, product_group or channel"))
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the groups of one division against all the others, and the health of the base."""
    opened_home()
    from ..mirroring import mirror_document, mirror_titles  # noqa: PLC0415 -- models need an open home

    try:
        found = mirror_document(by)
    except KeyError as error:
        raise UserError(
            N_("The base cannot be divided by “%(word)s”."),
            cure=N_("Choose one of: %(words)s."),
            word=by,
            words=error.args[0],
        ) from error
    if as_json:
        print_json(found)
        return
    if found is None:
        note(_("Nothing is counted yet: count the base first (clientarium pulse)."))
        return
    titles = mirror_titles(found["by"])
    rows = [
        (
            titles(group["group"]),
            group["verdict_title"],
            group["bought"],
            round(group["margin"] if found["measure"] == "margin" else group["revenue"]),
            _share(group["margin_pct"]),
            _share(group["retention"]),
            _share(group["repeat"]),
            _share(group["discount"]),
        )
        for group in found["groups"]
    ]
    money = _("Margin") if found["measure"] == "margin" else _("Revenue")
    head = [_("Group"), _("Verdict"), _("Buyers"), money, _("Margin per cent"), _("Share who stay"), _("Buy again")]
    print_table([*head, _("Discount")], rows, right=(2, 3, 4, 5, 6, 7))
    say("")
    for figure in found["health"]:
        of = "" if figure["of"] is None else f" ({shown(round(figure['done'] or 0))} / {shown(round(figure['of']))})"
        say(f"{figure['title']}: {_share(figure['value'])}{of}")


def show_outcomes(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print every figure now, since the start and over the year."""
    opened_home()
    from ..mirroring import outcomes_document  # noqa: PLC0415 -- models need an open home

    found = outcomes_document()
    if as_json:
        print_json(found)
        return
    if found is None:
        note(_("Nothing is counted yet: count the base first (clientarium pulse)."))
        return
    told = {"began": f"{found['began_on']:%d.%m.%Y}", "days": found["days"]}
    say(_("Since %(began)s, days of work: %(days)s.") % told)
    rows = [
        (
            one["title"],
            _number(one["now"]),
            _number(one["since_start"]["value"], signed=True),
            one["since_start"]["direction_title"],
            one["over_year"]["direction_title"] if one["over_year"] else "—",
        )
        for one in found["figures"]
    ]
    print_table([_("Figure"), _("Now"), _("Since the start"), _("Verdict"), _("Over the year")], rows, right=(1, 2))


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _number(value: float | None, *, signed: bool = False) -> str:
    """Shares stay parts of one: the document says what each figure is."""
    if value is None:
        return "—"
    places = 0 if abs(value) >= 1_000 else 1 if abs(value) >= 10 else 3
    return f"{value:+.{places}f}" if signed else f"{value:.{places}f}"
