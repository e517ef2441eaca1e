"""Forms of the group without calls: drawing it, and dissolving it before its last day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.contacts import HoldOutPlan
from clientarium.interfaces.web.forms import StyledForm

LARGEST_PERCENT = 20
LONGEST_DAYS = 366


class HoldOutForm(StyledForm):
    """How many, for how long, why. What a posted one may be is also the domain's to say."""

    share = forms.IntegerField(label=_("What share, in per cent"), min_value=1, max_value=LARGEST_PERCENT)
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=LONGEST_DAYS)
    reason = forms.CharField(
        label=_("What for"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("It goes to the journal beside your name."),
    )

    @classmethod
    def by_policy(cls, plan: HoldOutPlan) -> "HoldOutForm":
        """Empty, with the numbers the company's policy names."""
        return cls(initial={"share": round(100 * plan.share), "days": plan.days})

    def words(self) -> dict[str, Any]:
        """What `start_hold_out` takes."""
        told = self.cleaned_data
        return {"share": told["share"] / 100, "days": told["days"], "reason": told["reason"]}
