"""«Качество»: kinds of faults and parts of a score as sentences, rows of the work list, the chart of the trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clientarium.core.ground.expressions import Condition, Name, evaluate, names_in, parse_condition
from clientarium.core.quality import FAULTS, Assessment, FaultKind, Part, PartKind, Reason
from clientarium.decisions.quality import QualityPoint

from .charts import MUTED_LABEL, STILL, TOOLTIP, Cell, Chart, Column
from .figures import day

FAULT_TITLES: dict[FaultKind, str | Promise] = {
    FaultKind.UNREACHABLE: gettext_lazy("Cannot be reached"),
    FaultKind.NO_CONTACT: gettext_lazy("No right phone and no right e-mail"),
    FaultKind.BAD_CONTACT: gettext_lazy("A wrong phone or e-mail"),
    FaultKind.NO_EMAIL: gettext_lazy("No right e-mail"),
    FaultKind.INN_WRONG: gettext_lazy("Wrong INN"),
    FaultKind.INN_MISSING: gettext_lazy("No INN"),
    FaultKind.EMPTY_FIELD: gettext_lazy("Empty fields that the categories need"),
    FaultKind.NEVER_VERIFIED: gettext_lazy("Never checked with the client"),
    FaultKind.STALE: gettext_lazy("Checked more than a year ago"),
    FaultKind.NO_COST: gettext_lazy("Cost is not known, so no margin"),
}

PART_TITLES: dict[PartKind, str | Promise] = {
    PartKind.REACH: gettext_lazy("Can he be reached?"),
    PartKind.INN: gettext_lazy("INN"),
    PartKind.FIELDS: gettext_lazy("Fields for the categories"),
    PartKind.FRESH: gettext_lazy("Checked with the client"),
}

REASONS: dict[Reason, str | Promise] = {
    Reason.BOTH: gettext_lazy("There are a right phone and a right e-mail."),
    Reason.PHONE_ONLY: gettext_lazy("There is a right phone, but no e-mail."),
    Reason.EMAIL_ONLY: gettext_lazy("There is a right e-mail, but no phone."),
    Reason.NOTHING: gettext_lazy("Neither a right phone nor a right e-mail."),
    Reason.UNREACHABLE: gettext_lazy("He cannot be reached: marked so, or five calls in a row came to nothing."),
    Reason.VALID: gettext_lazy("The check digits agree."),
    Reason.WRONG: gettext_lazy("The check digits do not agree."),
    Reason.MISSING: gettext_lazy("There is none."),
    Reason.FILLED: gettext_lazy("All are filled."),
}


@dataclass(frozen=True)
class PartLine:
    """A part of a score as it is read: points earned of those possible, and why."""

    title: str
    points: int
    most: int
    text: str

    @property
    def is_whole(self) -> bool:
        return self.points == self.most


def part_lines(found: Assessment, words: Mapping[str, Name], *, language: str) -> list[PartLine]:
    """The parts of one card's score."""
    return [
        PartLine(
            str(PART_TITLES[part.kind]), round(part.points), round(part.weight), _why(part, found, words, language)
        )
        for part in found.parts
    ]


def _why(part: Part, found: Assessment, words: Mapping[str, Name], language: str) -> str:
    if part.kind is PartKind.FRESH:
        return _freshness(found.days_since_verified)
    if part.reason is Reason.GAPS:
        return _("Empty: %(fields)s.") % {"fields": ", ".join(titles_of(found.missing, words, language=language))}
    text = str(REASONS[part.reason])
    if part.kind is PartKind.REACH and found.bad_contacts and part.share > 0:
        text += " " + ngettext("%(n)d contact is wrong.", "%(n)d contacts are wrong.", found.bad_contacts) % {
            "n": found.bad_contacts
        }
    return text


def _freshness(days: int | None) -> str:
    if days is None:
        return _("Never. Ask in the next talk whether the phone and the e-mail are still right.")
    if days == 0:
        return _("On the day of the data.")
    return ngettext("%(n)d day ago.", "%(n)d days ago.", days) % {"n": days}


def titles_of(fields: Sequence[str], words: Mapping[str, Name], *, language: str) -> list[str]:
    """Fields as people call them."""
    return [words[field].title(language) if field in words else field for field in fields]


def conditions(words: Mapping[str, Name]) -> dict[FaultKind, Condition]:
    """The faults this person has words for."""
    found = {}
    for fault in FAULTS:
        if "margin_12m" in words or fault.kind is not FaultKind.NO_COST:
            found[fault.kind] = parse_condition(fault.condition, words)
    return found


def faults_of(state: Any, parsed: Mapping[FaultKind, Condition]) -> list[str]:
    """Titles of what is wrong with one published card, the dearest first."""
    return [
        str(FAULT_TITLES[kind])
        for kind, condition in parsed.items()
        if evaluate(condition, {name: getattr(state, name, None) for name in names_in(condition)}) is True
    ]


def trend_chart(points: Sequence[QualityPoint]) -> Chart:
    """The mean score by snapshot; the same weighted by money beside it."""
    days = [day(point.as_of) for point in points]
    series = [(_("By clients"), "token:chart-main", [_rounded(point.score) for point in points])]
    if any(point.score_by_money is not None for point in points):
        weighted = [_rounded(point.score_by_money) for point in points]
        series.append((_("By money"), "token:chart-grey", weighted))
    option = {
        **STILL,
        "tooltip": {**TOOLTIP, "trigger": "axis"},
        "legend": {"bottom": 0, "textStyle": MUTED_LABEL, "itemWidth": 14, "itemHeight": 8},
        "grid": {"left": 34, "right": 12, "top": 10, "bottom": 48},
        "xAxis": {"type": "category", "data": days, "axisLabel": {**MUTED_LABEL, "hideOverlap": True}},
        "yAxis": {
            "type": "value",
            "min": 0,
            "max": 100,
            "axisLabel": MUTED_LABEL,
            "splitLine": {"lineStyle": {"color": "token:line"}},
        },
        "series": [
            {
                "name": name,
                "type": "line",
                "symbolSize": 6,
                "itemStyle": {"color": colour},
                "lineStyle": {"color": colour, "width": 2},
                "data": values,
            }
            for name, colour, values in series
        ],
    }
    columns = [
        Column(_("As of"), "day"),
        Column(_("Clients"), "count"),
        *(Column(name, "decimal") for name, _c, _v in series),
    ]
    rows = [
        [
            Cell(point.as_of, "day"),
            Cell(point.clients, "count"),
            *(Cell(values[place], "decimal") for _n, _c, values in series),
        ]
        for place, point in enumerate(points)
    ]
    return Chart(option, columns, rows)


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 1)
