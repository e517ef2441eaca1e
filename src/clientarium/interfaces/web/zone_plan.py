"""A growth zone made a plan: how many more such clients, or what to mend; written down as a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from clientarium.core.ground import UserError
from clientarium.core.ground.expressions import parse_condition
from clientarium.decisions.clients import compile_condition, published_columns, states_visible_to
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import User
from clientarium.decisions.reviews import CLIENTS_AT_MOST, WANTED_AT_MOST
from clientarium.decisions.zones import Finding, ZoneTarget, can_see_zones, condition_of, findings, zone_words
from clientarium.interfaces.web import zones_page

USUAL_SHARE = 0.1
HALF_YEAR = timedelta(days=182)
LONGEST_ID = 18


@dataclass(frozen=True)
class ZonePlan:
    """`each`: what a client of the zone brings a year; `hours`: what he takes, where the zone is about hours."""

    finding: Finding
    row: zones_page.ZoneRow
    wanted: int

    @classmethod
    def of(cls, row: zones_page.ZoneRow, *, wanted: int | None = None) -> "ZonePlan":
        usual = max(1, round(row.finding.clients * USUAL_SHARE))
        return cls(row.finding, row, usual if wanted is None else wanted)

    @property
    def each(self) -> Decimal:
        return self.finding.money / self.finding.clients

    @property
    def hours(self) -> float | None:
        if self.finding.search.target != ZoneTarget.MARGIN_PER_HOUR or self.finding.value <= 0:
            return None
        return float(self.each) / self.finding.value

    @property
    def expected(self) -> Decimal:
        """A year of as many clients, or what the zone lacks to the figure of the rest."""
        money = self.each * self.wanted if self.finding.is_above else -self.finding.worth
        return money.quantize(Decimal(1))

    def text(self) -> str:
        who = self.row.title
        if self.finding.is_above:
            return _("Attract new clients like these: %(who)s.") % {"who": who}
        return _("Bring to the figure of the rest: %(who)s (%(target)s %(value)s against %(rest)s).") % {
            "who": who,
            "target": self.finding.search.get_target_display().lower(),
            "value": self.row.value,
            "rest": self.row.rest,
        }

    def initial(self) -> Mapping[str, object]:
        return {"text": self.text(), "expected": f"{self.expected:f}", "due_on": working_day() + HALF_YEAR}


def asked_plan(request: HttpRequest, sent: QueryDict) -> ZonePlan | None:
    """The plan of the address; None where no zone is named or it is not this person's to see."""
    told, wanted = sent.get("zone", ""), sent.get("wanted", "").strip()
    if not told.isdecimal() or len(told) > LONGEST_ID or not can_see_zones(request.user):
        return None
    finding = findings(request.user).filter(pk=int(told)).first()
    if finding is None:
        return None
    is_number = wanted.isdecimal() and len(wanted) <= len(str(WANTED_AT_MOST))
    number = int(wanted) if is_number else 0 if wanted else None  # 0 is refused with words; an empty box is the usual
    return ZonePlan.of(zones_page.ZoneRow.of(finding, words=zone_words()), wanted=number)


def dearest_of(finding: Finding, *, by: User) -> list[int]:
    """The clients of the zone by money, as many as a decision may name; none where its words are no longer there."""
    money = f"{finding.search.figures.get('measure', 'margin')}_12m"
    if money not in {column.name for column in published_columns()}:
        return []
    try:
        condition = compile_condition(parse_condition(condition_of(finding), zone_words()))
    except UserError:
        return []
    states = states_visible_to(by).filter(condition).order_by(f"-{money}", "pk")
    return list(states.values_list("pk", flat=True)[:CLIENTS_AT_MOST])
