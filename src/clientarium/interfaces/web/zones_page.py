"""What the pages of growth zones say: findings with their figures in words, and the text about whom to attract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clientarium.core.ground import Message
from clientarium.core.ground.expressions import Vocabulary
from clientarium.decisions.runs import RunState, message_of
from clientarium.decisions.zones import Finding, Search, SearchState, ZoneTarget, condition_of, sentence_of

from . import figures
from .pulse import clients_where

QUESTIONS: Mapping[str, str | Promise] = {
    ZoneTarget.MARGIN_PER_HOUR: gettext_lazy("Whose hour of our work brings more margin than others’?"),
    ZoneTarget.GROWTH: gettext_lazy("Who grows faster than others?"),
    ZoneTarget.RETENTION: gettext_lazy("Who stays, and who leaves more often than others?"),
    ZoneTarget.PRICE: gettext_lazy("Who buys at our price, and who only at a discount?"),
}
FORMULAS: Mapping[str, str | Promise] = {
    ZoneTarget.MARGIN_PER_HOUR: gettext_lazy(
        "Margin over 12 months divided by the hours of touches and documents over the same 12 months; "
        "among those who bought and on whom time was spent."
    ),
    ZoneTarget.GROWTH: gettext_lazy(
        "Revenue over 12 months against the 12 months before; among those who bought in both years "
        "and first bought over two years ago."
    ),
    ZoneTarget.RETENTION: gettext_lazy(
        "The share of those who bought in the previous 12 months and have bought in the last 12 months, too."
    ),
    ZoneTarget.PRICE: gettext_lazy(
        "Revenue divided by the same sales at prices before discount; among those whose discounts are known."
    ),
}
EMPTY: Mapping[str, str | Promise] = {
    "few": gettext_lazy(
        "Too few clients to compare: a zone needs at least %(least)s, and as many to compare them with. "
        "There are %(clients)s."
    ),
    "same": gettext_lazy("The figure is the same for all clients: there is nothing to compare."),
    "no_words": gettext_lazy("No field and no figure tells one client from another: fill in the cards."),
}
TITLE_SIGNS = 120


@dataclass(frozen=True)
class ZoneRow:
    """A finding as the page shows it; `similar` are sentences."""

    finding: Finding
    title: str
    value: str
    rest: str
    low: str
    high: str
    times: str
    url: str
    similar: Sequence[str]

    @classmethod
    def of(cls, finding: Finding, *, words: Vocabulary) -> "ZoneRow":
        language, target = language_now(), finding.search.target
        value, rest, low, high = (
            figure_text(number, target) for number in (finding.value, finding.rest, finding.low, finding.high)
        )
        return cls(
            finding,
            sentence_of(finding.expression, words=words, language=language),
            value,
            rest,
            low,
            high,
            difference_text(finding, target),
            clients_where(condition_of(finding)),
            [sentence_of(text, words=words, language=language) for text in finding.similar],
        )


@dataclass(frozen=True)
class SearchRow:
    """A search under way or over, and what went wrong with one that failed."""

    search: Search
    problem: Message | None
    cure: Message | None

    @classmethod
    def of(cls, search: Search) -> "SearchRow":
        run = search.run
        failed = run is not None and run.state == RunState.FAILED and run.message
        problem, cure = message_of(run.message) if run is not None and failed else (None, None)
        return cls(search, problem, cure)

    @property
    def is_live(self) -> bool:
        run = self.search.run
        return self.search.state == SearchState.MAKING and run is not None and run.is_live


def figure_text(value: float, target: str) -> str:
    """«12,3 тыс.» an hour, or a share with its sign where it is a growth."""
    if target == ZoneTarget.MARGIN_PER_HOUR:
        return figures.money(value, language=language_now())
    text = figures.share(value, places=1 if target == ZoneTarget.PRICE else 0, language=language_now())
    return figures.signed(text, value) if target == ZoneTarget.GROWTH else text


def difference_text(finding: Finding, target: str) -> str:
    """«в 2,4 раза» for money an hour, points for shares."""
    if target == ZoneTarget.MARGIN_PER_HOUR:
        if finding.rest <= 0 or finding.value <= 0:
            return "—"
        is_more = finding.value >= finding.rest
        times = finding.value / finding.rest if is_more else finding.rest / finding.value
        text = figures.number(times, places=1, language=language_now())
        return _("%(times)s times more") % {"times": text} if is_more else _("%(times)s times less") % {"times": text}
    points = (finding.value - finding.rest) * 100
    text = figures.number(points, places=1 if target == ZoneTarget.PRICE else 0, language=language_now())
    return _("%(points)s points") % {"points": figures.signed(text, points)}


def empty_text(search: Search) -> str:
    """Why nothing was looked for; '' where something was."""
    text = EMPTY.get(search.figures.get("reason", ""))
    return (
        str(text) % {"least": 2 * int(search.rules["least_clients"]), "clients": search.figures["clients"]}
        if text
        else ""
    )


def segment_name(title: str, search: Search) -> str:
    """What a segment of the zone is called unless somebody says otherwise."""
    name = f"{search.get_target_display()}: {title}"
    return name if len(name) <= TITLE_SIGNS else name[: TITLE_SIGNS - 1] + "…"


@dataclass(frozen=True)
class TraitRow:
    """One line of the portrait: what, the commonest among them, how often among them and among the others."""

    title: str
    value: str
    share: float
    others: float


def trait_rows(portrait: Mapping[str, Any], *, words: Vocabulary) -> list[TraitRow]:
    """Places, goods and channels by name."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    for word, traits in portrait.get("words", {}).items():
        title = words[word].title(language_now()) if word in words else word
        found += [(title, trait) for trait in traits]
    found += [(_("Product group"), trait) for trait in portrait.get("groups", ())]
    found += [(_("Sales channel"), trait) for trait in portrait.get("channels", ())]
    return [TraitRow(title, trait["value"], trait["share"], trait["others"]) for title, trait in found]


@dataclass(frozen=True)
class SizeRow:
    """One metric of the portrait: the middle client of the zone, the middle half, the middle of the others."""

    title: str
    median: str
    low: str
    high: str
    others: str


def size_rows(portrait: Mapping[str, Any], *, words: Vocabulary) -> list[SizeRow]:
    """Figures by name."""
    return [
        SizeRow(
            words[size["name"]].title(language_now()),
            *(size_text(size[part], words[size["name"]].unit) for part in ("median", "low", "high", "others")),
        )
        for size in portrait.get("sizes", ())
        if size["name"] in words
    ]


def size_text(value: float | None, unit: str) -> str:
    return (
        figures.money(value, language=language_now())
        if unit == "money"
        else figures.number(value, language=language_now())
    )


def whom_to_attract(row: ZoneRow, *, words: Vocabulary) -> str:
    """A text to hand to marketing: who they are, how they buy, where to look for more of them."""
    portrait, lines = row.finding.portrait, [_("Whom to look for: %(who)s.") % {"who": row.title}]
    sizes = {size["name"]: size for size in portrait.get("sizes", ())}
    if "average_order_12m" in sizes:
        lines.append(_("Usual order: %(low)s – %(high)s.") % _span(sizes["average_order_12m"], "money"))
    if "orders_12m" in sizes:
        lines.append(_("Orders a year: %(low)s – %(high)s.") % _span(sizes["orders_12m"], ""))
    if "typical_gap_days" in sizes:
        lines.append(_("Buys every %(low)s – %(high)s days.") % _span(sizes["typical_gap_days"], ""))
    rows = trait_rows(portrait, words=words)
    for title in dict.fromkeys(one.title for one in rows):
        named = [
            _("%(value)s (%(share)s; among the others %(others)s)")
            % {"value": one.value, "share": _share(one.share), "others": _share(one.others)}
            for one in rows
            if one.title == title
        ]
        lines.append(f"{title}: {'; '.join(named)}.")
    lines.append(
        _("Why: %(target)s %(value)s against %(rest)s with the others (%(clients)s clients, as of %(day)s).")
        % {
            "target": row.finding.search.get_target_display().lower(),
            "value": row.value,
            "rest": row.rest,
            "clients": row.finding.clients,
            "day": f"{row.finding.search.as_of:%d.%m.%Y}",
        }
    )
    return "\n".join(line.replace("..", ".") for line in lines)  # «тыс.» brings its own full stop


def _span(size: Mapping[str, Any], unit: str) -> dict[str, str]:
    return {"low": size_text(size["low"], unit), "high": size_text(size["high"], unit)}


def _share(value: float) -> str:
    return figures.share(value, language=language_now())


def language_now() -> str:
    return (get_language() or "ru").partition("-")[0]
