"""Plan and fact of a month as a file for payroll: one row a seller, numbers as numbers."""

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _

from clientarium.decisions.people import Seller
from clientarium.decisions.plans import PlanFact
from clientarium.interfaces.sheets import csv_cell, write_workbook

BOM = "\ufeff"  # Excel reads UTF-8 only with it


def heads() -> list[str]:
    return [
        _("Seller"),
        _("Department"),
        _("Month"),
        _("Plan"),
        _("Plan computed"),
        _("Of it expected"),
        _("Of it growth"),
        _("Of it win-back"),
        _("Of it first month"),
        _("Set by the leader"),
        _("Reason"),
        _("Plan approved"),
        _("Margin, fact"),
        _("Done, share"),
        _("Revenue, fact"),
        _("Revenue without a known cost"),
        _("Orders, fact"),
        _("Facts up to"),
    ]


def row_of(context: dict[str, Any], seller: Seller, one: PlanFact) -> list[Any]:
    plan = context["plan"]
    return [
        seller.name,
        seller.department or None,
        f"{context['month']:%Y-%m}",
        _round(one.target),
        _round(one.computed) if one.target is not None else None,
        _round(one.expected.margin) if one.target is not None else None,
        _round(one.growth),
        _round(one.winback),
        _round(one.newcomer),
        _round(one.override),
        one.reason or None,
        plan.approved_at.date() if plan and plan.approved_at else None,
        _round(one.fact.margin),
        None if one.done_share is None else round(one.done_share, 4),
        _round(one.fact.revenue),
        _round(one.fact.revenue_without_cost),
        one.fact.orders,
        one.until,
    ]


def payroll_file(
    context: dict[str, Any], rows: Sequence[tuple[Seller, PlanFact]], *, form: str
) -> HttpResponse | FileResponse:
    """XLSX, or CSV with semicolons as Excel in Russian reads it."""
    told = [row_of(context, seller, one) for seller, one in rows]
    filename = f"plan-{context['month']:%Y-%m}.{form}"
    if form == "csv":
        return _csv(told, filename=filename)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / filename
        write_workbook(path, heads(), told)
        return FileResponse(path.open("rb"), as_attachment=True, filename=filename)


def _csv(rows: Sequence[Sequence[Any]], *, filename: str) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(heads())
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    response = HttpResponse(BOM + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
