"""Forms of the month's plan."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from clientarium.core.ground import UserError
from clientarium.core.strategy import first_day_of
from clientarium.decisions.contacts import working_day
from clientarium.decisions.plans import Spread
from clientarium.interfaces.web.forms import StyledForm

LARGEST = Decimal(10) ** 15


class FigureForm(StyledForm):
    """The firm's figure from above; empty takes it away."""

    margin = forms.CharField(label=_("Margin of the month, whole firm"), required=False, max_length=30)
    spread = forms.ChoiceField(label=_("How to spread it"), choices=Spread.choices)

    def clean_margin(self) -> Decimal | None:
        return typed_money(self.cleaned_data["margin"])


class OverrideForm(StyledForm):
    """The leader's own figure for a seller."""

    margin = forms.CharField(label=_("Plan of the seller, margin"), max_length=30)
    reason = forms.CharField(label=_("Why"), max_length=500)

    def clean_margin(self) -> Decimal | None:
        return typed_money(self.cleaned_data["margin"])


def typed_money(text: str) -> Decimal | None:
    """«1 200 000,50» → 1200000.50; '' → None. Raises ValidationError for what is no sum of money."""
    bare = "".join(text.split()).replace(",", ".").replace("\u2212", "-")
    if not bare:
        return None
    try:
        found = Decimal(bare)
    except InvalidOperation as error:
        raise forms.ValidationError(_("Write a sum of money, for example 1 200 000.")) from error
    if not found.is_finite() or abs(found) > LARGEST:
        raise forms.ValidationError(_("Write a sum of money, for example 1 200 000."))
    return found.quantize(Decimal("0.01"))


def asked_month(request: HttpRequest) -> date:
    """The month the page was asked for, YYYY-MM; the working day's where it was not, or is no month."""
    told = request.POST.get("month") or request.GET.get("month") or ""
    try:
        found = parse_date(f"{told}-01")
        return first_day_of(found or working_day())
    except (ValueError, UserError):
        return working_day().replace(day=1)
