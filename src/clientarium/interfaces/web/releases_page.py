"""What the pages of release show: rungs as rows, hours by service, a picture, what was measured in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from clientarium.core.strategy import Measured, Outcome, Rung
from clientarium.decisions.clients import Segment
from clientarium.decisions.releases import AT_A_LOSS, FEW_PAIRS, Ladder, LadderStep, Offered, ReleaseEffect, Whole
from clientarium.interfaces.web import figures, pulse
from clientarium.interfaces.web.charts import MUTED_LABEL, STILL, TEXT_LABEL, TOOLTIP, Cell, Chart, Column
from clientarium.interfaces.web.release_forms import TITLES, Typed
from clientarium.interfaces.web.templatetags.figures import signed_money

HUNDRED = 100
ONE_CATEGORY = re.compile(r"(grade|layer) = '(\w+)'")
ASKED: dict[Rung, tuple[str, ...]] = {
    Rung.REPRICE: ("reprice_rise", "reprice_kept", "reprice_leave"),
    Rung.MINIMUM: ("minimum_order", "minimum_leave"),
    Rung.SELF_SERVICE: ("self_service_saved", "self_service_leave"),
    Rung.FEWER_TOUCHES: ("fewer_touches_saved", "fewer_touches_leave"),
    Rung.STOP: (),
}
MEANINGS: dict[Rung, str | Promise] = {
    Rung.REPRICE: gettext_lazy("A new price that pays for the service; who does not agree leaves by himself."),
    Rung.MINIMUM: gettext_lazy("The same goods in fewer, larger orders: less paperwork and packing."),
    Rung.SELF_SERVICE: gettext_lazy("Orders, stock and bills without a person; people keep questions and complaints."),
    Rung.FEWER_TOUCHES: gettext_lazy("Less often and on an occasion; documents and deliveries stay as they are."),
    Rung.STOP: gettext_lazy("All of the margin goes, all of the hours come free. The last rung."),
}
SERVICE_TITLES: dict[str, str | Promise] = {
    "sales": pgettext_lazy("service", "Sales"),
    "support": pgettext_lazy("service", "Support"),
    "accounting": pgettext_lazy("service", "Accounting"),
    "warehouse": pgettext_lazy("service", "Warehouse"),
    "logistics": pgettext_lazy("service", "Logistics"),
    "marketing": pgettext_lazy("service", "Marketing"),
    "all": pgettext_lazy("service", "All services"),
}


@dataclass(frozen=True)
class Field:
    """An assumption as an input: the usual value where nothing was typed."""

    name: str
    title: str
    value: str
    problem: str


@dataclass(frozen=True)
class RungRow:
    """A rung in the table."""

    number: int
    rung: Rung
    title: str
    meaning: str
    fields: tuple[Field, ...]
    outcome: Outcome
    is_best: bool


@dataclass(frozen=True)
class OfferedRow:
    """A group worth a talk, by its name on the screens."""

    title: str
    group: Offered

    @property
    def heading(self) -> str:
        """With the letter of a grade, as people say it."""
        return f"{self.group.code} — {self.title}" if self.group.scheme == "grade" else self.title

    @property
    def url(self) -> str:
        return pulse.clients_where(self.group.where)


def rung_rows(found: Ladder, typed: Typed) -> list[RungRow]:
    """The rungs from the mildest to the last."""
    best = found.best
    return [
        RungRow(
            number,
            rung,
            rung_title(rung),
            str(MEANINGS[rung]),
            tuple(assumed_field(name, found, typed) for name in ASKED[rung]),
            found.outcomes[rung],
            is_best=best is not None and best.rung is rung,
        )
        for number, rung in enumerate(ASKED, start=1)
    ]


def assumed_field(name: str, found: Ladder, typed: Typed) -> Field:
    value = getattr(found.assumed, name)
    usual = value if name == "minimum_order" else value * HUNDRED
    return Field(name, str(TITLES[name]), typed.texts.get(name, plain(usual)), typed.problems.get(name, ""))


def service_rows(found: Ladder) -> list[tuple[str, list[float]]]:
    """(step, hours freed of each service), the services as `service_titles` names them."""
    names = [one.service for one in found.group.money.services]
    return [(rung_title(rung), [found.outcomes[rung].hours[name] for name in names]) for rung in ASKED]


def service_titles(found: Ladder) -> list[tuple[str, float]]:
    """(service, its hours on the group now), the most loaded first."""
    return [(service_title(one.service), one.hours) for one in found.group.money.services]


def rung_title(rung: Rung) -> str:
    return str(LadderStep(rung.value).label)


def service_title(name: str) -> str:
    return str(SERVICE_TITLES.get(name, name))


def offered_rows(offered: Sequence[Offered]) -> list[OfferedRow]:
    words = pulse.company_words()
    return [
        OfferedRow(
            words.category(one.scheme, one.code) if one.scheme else _("Service costs more than they bring"),
            one,
        )
        for one in offered
    ]


def group_title(where: str, segments: Iterable[Segment]) -> str:
    """The group by the name it has on the screens: a category, a segment; '' for a condition without one."""
    if where == AT_A_LOSS:
        return _("Service costs more than they bring")
    named = next((segment.name for segment in segments if segment.expression == where), "")
    category = ONE_CATEGORY.fullmatch(where)
    if named or category is None:
        return named
    scheme, code = category.groups()
    words = pulse.company_words()
    title = words.category(scheme, code)
    return f"{code} — {title}" if scheme == "grade" and title != code else title


def ladder_chart(found: Ladder) -> Chart:
    """Two bars of each rung: what is lost or won at the group, and what the hours could earn; the mildest on top."""
    titles = [rung_title(rung) for rung in ASKED]
    outcomes = [found.outcomes[rung] for rung in ASKED]
    names = {"change": _("Change at the group"), "earned": _("What the hours could earn")}
    series = [
        _bars(names["change"], [one.change for one in outcomes], "token:chart-grey"),
        _bars(names["earned"], [one.earned or Decimal(0) for one in outcomes], "token:chart-main"),
    ]
    option = {
        **STILL,
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "valueFormatter": "format:money", **TOOLTIP},
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "value",
            "axisLabel": {"formatter": "format:money", "hideOverlap": True, **MUTED_LABEL},
            "splitLine": {"lineStyle": {"color": "token:line"}},
        },
        "yAxis": {
            "type": "category",
            "data": titles,
            "inverse": True,
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": TEXT_LABEL,
        },
        "series": series,
    }
    columns = [Column(_("Step")), Column(names["change"], "money"), Column(names["earned"], "money")]
    rows = [
        [Cell(title), Cell(one.change, "money"), Cell(one.earned, "money")]
        for title, one in zip(titles, outcomes, strict=True)
    ]
    return Chart(option, columns, rows)


def _bars(name: str, values: Sequence[Decimal], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": name,
        "barMaxWidth": 14,
        "barGap": "20%",
        "itemStyle": {"color": colour, "borderRadius": 2},
        "data": [float(round(value)) for value in values],
    }


@dataclass(frozen=True)
class MeasuredRow:
    """One figure before and after: of a client of the group, of who is like him, and the difference."""

    title: str
    kind: str
    measured: Measured
    whole: Whole | None
    is_good: bool

    @property
    def tone(self) -> str:
        if not self.measured.is_certain or self.whole is None:
            return ""
        return "good" if (self.measured.difference > 0) == self.is_good else "bad"


def measured_rows(found: ReleaseEffect) -> list[MeasuredRow]:
    """Orders, money, hours; empty where nothing could be measured at all."""
    told = (
        (_("Orders"), "decimal", found.orders, True),
        (_("Margin") if found.measure == "margin" else _("Revenue"), "money", found.money, True),
        (_("Hours"), "decimal", found.hours, False),
    )
    return [
        MeasuredRow(title, kind, measured, found.whole(measured), is_good)
        for title, kind, measured, is_good in told
        if measured is not None
    ]


def effect_words(rows: Sequence[MeasuredRow]) -> str:
    """What the figures say, a sentence each for money and hours; '' where it is too early."""
    return " ".join(_figure_words(row) for row in rows[1:] if row.whole is not None)


def _figure_words(row: MeasuredRow) -> str:
    if not row.tone or row.whole is None:
        return _("%(figure)s: no difference to be seen beside those like them.") % {"figure": row.title}
    shown = signed_money if row.kind == "money" else _signed_count
    said = {"value": shown(row.whole.value), "low": shown(row.whole.low), "high": shown(row.whole.high)}
    return _("%(figure)s: %(value)s over the whole group, chance allowed for between %(low)s and %(high)s.") % {
        "figure": row.title,
        **said,
    }


def _signed_count(value: float) -> str:
    return figures.signed(figures.number(value, language=(get_language() or "ru").partition("-")[0]), value)


def too_early_words(found: ReleaseEffect) -> str:
    """Why nothing can be said yet; '' where it can."""
    if not found.missing:
        return ""
    if found.missing == FEW_PAIRS:
        return _(
            "Too few to tell: %(pairs)s pairs of alike clients, at least %(least)s are needed. One large order would "
            "decide everything."
        ) % {"pairs": found.pairs, "least": found.least_pairs}
    return _("Too early to tell: %(days)s of %(least)s days have passed in the data.") % {
        "days": found.days,
        "least": found.least_days,
    }


def plain(value: Decimal) -> str:
    """A number as one would type it."""
    text = f"{value.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
