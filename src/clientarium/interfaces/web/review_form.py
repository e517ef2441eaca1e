"""The form of a decision: what, who, by when, what it should bring, about whom."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from clientarium.core.ground import N_, UserError
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import User
from clientarium.decisions.reviews import Decision, DecisionState, Wording
from clientarium.interfaces.web.forms import StyledForm
from clientarium.interfaces.web.plan_forms import typed_money

MONTH = timedelta(days=30)


class DecisionForm(StyledForm):
    """A decision as a person writes it. Empty owner and day are told by the domain in its own words."""

    text = forms.CharField(
        label=_("What is decided"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3, "autofocus": True})
    )
    owner = forms.ModelChoiceField(label=_("Who answers for it"), queryset=User.objects.none())
    due_on = forms.DateField(label=_("By which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    expected = forms.CharField(
        label=_("Expected effect, margin a year"),
        required=False,
        max_length=30,
        help_text=_("Empty: nobody can say yet. The next review puts the fact beside it."),
    )

    def __init__(self, *args: Any, standing: Decision | None = None, **kwargs: Any) -> None:
        if standing is not None:
            kwargs["initial"] = {
                "text": standing.text,
                "owner": standing.owner_id,
                "due_on": standing.due_on,
                "expected": "" if standing.expected_effect is None else f"{standing.expected_effect.normalize():f}",
            }
        else:
            kwargs["initial"] = {"due_on": working_day() + MONTH, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True)
        if standing is not None:
            people = people | User.objects.filter(pk=standing.owner_id)
        self.fields["owner"].queryset = people.order_by("name", "username")  # type: ignore[attr-defined]

    def clean_expected(self) -> Decimal | None:
        return typed_money(self.cleaned_data["expected"])

    def wording(self, client_ids: list[int] | None = None) -> Wording:
        data = self.cleaned_data
        return Wording(data["text"], data["owner"], data["due_on"], data["expected"], client_ids or [])


class EndForm(StyledForm):
    """How a decision ended."""

    state = forms.ChoiceField(
        label=_("How it ended"),
        choices=[(DecisionState.DONE, _("Done")), (DecisionState.DROPPED, _("We shall not do it"))],
        widget=forms.RadioSelect,
        initial=DecisionState.DONE,
    )
    outcome = forms.CharField(
        label=_("What came of it"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


def typed_day(text: str) -> date | None:
    """The day, or None for an empty box. Raises UserError for what is no day."""
    try:
        day = parse_date(text) if text else None
    except ValueError:
        day = None
    if text and day is None:
        raise UserError(N_("“%(word)s” is not a date."), word=text)
    return day
