"""What the pages of release are sent: the group, assumptions moved by hand, a decision."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clientarium.decisions.clients import segments_visible_to
from clientarium.decisions.people import User
from clientarium.decisions.releases import MONEY_ASSUMED, SHARES, LadderStep
from clientarium.interfaces.web.forms import StyledForm
from clientarium.interfaces.web.plan_forms import typed_money

HUNDRED = Decimal(100)
MOST_PERCENT = {"reprice_rise": Decimal(500)}

TITLES: dict[str, str | Promise] = {
    "reprice_rise": gettext_lazy("raise prices by, %"),
    "reprice_kept": gettext_lazy("holds of the rise, %"),
    "reprice_leave": gettext_lazy("will leave, %"),
    "minimum_order": gettext_lazy("least order"),
    "minimum_leave": gettext_lazy("will leave of the small, %"),
    "self_service_saved": gettext_lazy("work taken over, %"),
    "self_service_leave": gettext_lazy("will leave, %"),
    "fewer_touches_saved": gettext_lazy("touches left out, %"),
    "fewer_touches_leave": gettext_lazy("will leave, %"),
    "growth": gettext_lazy("A freed hour brings of the usual, %"),
}


@dataclass(frozen=True)
class Typed:
    """Assumptions as typed: `moved` those that can be read, `problems` what is wrong with the others."""

    texts: dict[str, str]
    moved: dict[str, Decimal]
    problems: dict[str, str] = field(default_factory=dict)

    def address(self, where: str) -> str:
        """The query that opens the same scenario again."""
        return "?" + urlencode({"where": where, **self.texts})


def typed_in(sent: QueryDict) -> Typed:
    """An empty field is the usual assumption."""
    texts, moved, problems = {}, {}, {}
    for name in (*SHARES, MONEY_ASSUMED):
        text = sent.get(name, "").strip()
        if not text:
            continue
        texts[name] = text
        try:
            moved[name] = _money(text) if name == MONEY_ASSUMED else _share(text, MOST_PERCENT.get(name, HUNDRED))
        except ValidationError as error:
            problems[name] = " ".join(error.messages)
    return Typed(texts, moved, problems)


def asked_group(request: HttpRequest) -> str:
    """The condition of the address: a segment's by number, written out, or a grade's; '' where none is named."""
    where = request.GET.get("where", "").strip()
    segment, grade = request.GET.get("segment", ""), request.GET.get("grade", "")
    if segment.isdecimal() and isinstance(request.user, User):
        found = segments_visible_to(request.user).filter(pk=int(segment)).first()
        where = found.expression if found else where
    if not where and grade.isalpha():
        where = f"grade = '{grade}'"
    return where


def _share(text: str, most: Decimal) -> Decimal:
    try:
        found = Decimal(text.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation as error:
        raise ValidationError(_("Write a number of per cent, for example 20.")) from error
    if not found.is_finite() or not 0 <= found <= most:
        raise ValidationError(_("Between 0 and %(most)s %%.") % {"most": most})
    return found / HUNDRED


def _money(text: str) -> Decimal:
    found = typed_money(text)
    if found is None or found < 0:
        raise ValidationError(_("Write a sum of money, for example 1 200 000."))
    return found


class DecisionForm(StyledForm):
    """The step, who answers for it, from when and why."""

    step = forms.ChoiceField(label=gettext_lazy("Step"), choices=LadderStep.choices)
    title = forms.CharField(label=gettext_lazy("Name of the decision"), max_length=200, required=False)
    owner = forms.ModelChoiceField(label=gettext_lazy("Who answers for it"), queryset=User.objects.none())
    starts_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=1000)
    by_lot = forms.BooleanField(label=gettext_lazy("First to a half of the group, drawn by lot"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(is_active=True).order_by("name")
