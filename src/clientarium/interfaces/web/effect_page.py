"""«Помогли ли звонки?»: from shares and differences with their intervals to sentences for people without statistics."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clientarium.core.strategy import FEWEST, FEWEST_EACH, Difference, Effect, Group, Share
from clientarium.interfaces.web import figures

HUNDRED = 100

GROUP_TITLES: dict[Group, str | Promise] = {
    Group.ON_TIME: gettext_lazy("Called on time"),
    Group.OFF_TIME: gettext_lazy("Called off time"),
    Group.NO_CALL: gettext_lazy("Without a call, by lot"),
}


@dataclass(frozen=True)
class GroupRow:
    """A group in the table; `bar` are the attributes of its picture, shares in hundredths with a point."""

    group: Group
    title: str
    counted: Share

    @property
    def bar(self) -> dict[str, str] | None:
        share, low, high = self.counted.share, self.counted.low, self.counted.high
        if share is None or low is None or high is None:
            return None
        return {"low": _svg(low), "width": _svg(high - low), "share": _svg(share)}


@dataclass(frozen=True)
class Answer:
    """What a comparison says: `kind` good, warn or none; `needed`: what lacks for an answer, a line each."""

    text: str
    note: str = ""
    kind: str = ""
    needed: tuple[str, ...] = ()


def group_rows(effect: Effect) -> list[GroupRow]:
    """On time, off time, without a call."""
    return [GroupRow(group, str(title), effect.shares[group]) for group, title in GROUP_TITLES.items()]


def answer_by_call(effect: Effect) -> Answer:
    """The experiment: called on time against left without a call by lot."""
    found = effect.by_call
    if not found.is_enough:
        return _not_yet(effect, found)
    said = _of_a_hundred(found)
    if not found.is_certain:
        note = _("That does not say that calls are of no use: so few clients would not show a small difference.")
        return _no_difference(said, note=note)
    if _sure(found) > 0:
        text = _("Of a hundred clients called on time, %(number)s more order than of a hundred without a call.")
        return Answer(text % said, note=_range(said), kind="good")
    text = _("Of a hundred clients called on time, %(number)s fewer order than of a hundred without a call.")
    return Answer(
        text % said, note=_range(said) + " " + _("Listen to a few calls: something in them hinders."), kind="warn"
    )


def answer_by_time(effect: Effect) -> Answer:
    """The comparison that is no experiment: called on time against called off time."""
    found = effect.by_time
    if not found.is_enough:
        return _not_yet(effect, found)
    said = _of_a_hundred(found)
    if not found.is_certain:
        note = _("That does not say that any day will do: so few clients would not show a small difference.")
        return _no_difference(said, note=note)
    if _sure(found) > 0:
        text = _("Of a hundred called on time, %(number)s more order than of a hundred called off time.")
    else:
        text = _("Of a hundred called on time, %(number)s fewer order than of a hundred called off time.")
    return Answer(text % said, note=_range(said))


def needed_of(effect: Effect, group: Group) -> str:
    """What a group lacks for a comparison; empty: nothing."""
    counted, title = effect.shares[group], str(GROUP_TITLES[group])
    others = counted.clients - counted.ordered
    said = {"group": title, "have": counted.clients, "need": FEWEST, "lack": FEWEST - counted.clients}
    if counted.clients == 0 and group is Group.NO_CALL:
        return _("%(group)s: nobody yet. A leader switches such a group on below.") % said
    if counted.clients < FEWEST:
        return _("%(group)s: %(have)s of %(need)s clients, %(lack)s more are needed.") % said
    said |= {"ordered": counted.ordered, "others": others, "each": FEWEST_EACH}
    if min(counted.ordered, others) < FEWEST_EACH:
        return _("%(group)s: %(ordered)s ordered and %(others)s did not; at least %(each)s of each are needed.") % said
    return ""


def _not_yet(effect: Effect, difference: Difference) -> Answer:
    lines = tuple(filter(None, (needed_of(effect, group) for group in (difference.of, difference.against))))
    return Answer(_("Not enough data yet."), needed=lines)


def _no_difference(said: dict[str, str], *, note: str) -> Answer:
    return Answer(_("No difference can be seen: of a hundred clients between %(low)s and %(high)s.") % said, note=note)


def _range(said: dict[str, str]) -> str:
    return _("Chance allowed for, the difference is most likely between %(least)s and %(most)s (95 %%).") % said


def _of_a_hundred(difference: Difference) -> dict[str, str]:
    """`low`, `high` with a sign; `number`, `least`, `most` without one, for a difference that is certain."""
    low, high = _sure(difference, "low"), _sure(difference, "high")
    sizes = sorted((abs(low), abs(high)))
    return {
        "number": _whole(abs(_sure(difference))),
        "low": _signed(low),
        "high": _signed(high),
        "least": _whole(sizes[0]),
        "most": _whole(sizes[1]),
    }


def _sure(difference: Difference, name: str = "difference") -> float:
    """A figure of a difference there is enough data for."""
    value: float | None = getattr(difference, name)
    assert value is not None
    return value


def _whole(part: float) -> str:
    return figures.number(round(HUNDRED * part), language=_tongue())


def _signed(part: float) -> str:
    return figures.signed(_whole(part), round(HUNDRED * part))


def _svg(part: float) -> str:
    """Hundredths for an SVG attribute: a point in every language."""
    return f"{HUNDRED * part:.1f}"


def _tongue() -> str:
    return (get_language() or "ru").partition("-")[0]
