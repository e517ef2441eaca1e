"""The form about a client who left: nothing is obliged, an empty answer was not asked for yet."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.winback import Alive, Answers, Case, Reason

from .forms import StyledForm

SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")


class MoneyField(forms.CharField):
    """Digits with any spaces between thousands, a comma or a point; empty is None, 0 is an answer."""

    def clean(self, value: Any) -> Decimal | None:
        text = str(super().clean(value)).translate(SPACES).replace(",", ".")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            raise forms.ValidationError(_("Write a number, for example 50 000."), code="invalid") from None
        if not found.is_finite() or found < 0:
            raise forms.ValidationError(_("Write a number, for example 50 000."), code="invalid")
        return found


class CaseForm(StyledForm):
    alive = forms.ChoiceField(
        label=_("Is the firm alive?"),
        required=False,
        choices=[("", _("not asked yet")), *Alive.choices],
        help_text=_("“Closed” ends the win-back."),
    )
    reason = forms.ModelChoiceField(
        label=_("Why did he stop?"), required=False, queryset=Reason.objects.none(), empty_label=_("not asked yet")
    )
    reason_note = forms.CharField(
        label=_("In his own words"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )
    volume_month = MoneyField(
        label=_("How much a month could he take?"),
        required=False,
        max_length=30,
        help_text=_("Revenue. 0 means nothing; empty means not asked yet."),
    )
    assortment = forms.CharField(
        label=_("What could he take?"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    conditions = forms.CharField(
        label=_("What would bring him back?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        help_text=_("Price, payment, delivery, stock, somebody else to talk to."),
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=300)
    next_on = forms.DateField(
        label=_("Day of the next step"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, case: Case, declared: Any = None, **options: Any) -> None:
        super().__init__(*arguments, initial=self._of(case, declared), label_suffix="", **options)
        reasons = Reason.objects.filter(is_removed=False)
        if case.reason_id:
            reasons = reasons | Reason.objects.filter(pk=case.reason_id)
        self.fields["reason"].queryset = reasons  # type: ignore[attr-defined]

    @staticmethod
    def _of(case: Case, declared: Any) -> dict[str, Any]:
        names = ("alive", "reason", "reason_note", "conditions", "next_step", "next_on")
        volume = declared.volume_month if declared else None
        return {name: getattr(case, name) for name in names} | {
            "volume_month": "" if volume is None else f"{volume.normalize():f}",
            "assortment": declared.assortment if declared else "",
            "seen_at": case.changed_at.isoformat(),
        }

    def answers(self) -> Answers:
        """What was written, as the domain takes it."""
        found = dict(self.cleaned_data)
        found.pop("seen_at")
        reason = found.pop("reason")
        return Answers(reason_id=reason.pk if reason else None, **found)
