"""What the pages of capacity say: an answer as sentences and rows, scenarios side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from clientarium.core.ground import Message
from clientarium.core.strategy import CapacityChoice, Contender, OneMore, ResourceUse, Why, choice_from_json
from clientarium.decisions.capacity import Scenario, Wanted
from clientarium.interfaces.web import figures
from clientarium.interfaces.web.category_titles import category_titles

VERDICTS = ("", "in", "out")
"""Of a hand: none, take, refuse."""

NAMES_SHOWN = 8
USES_SHOWN = 36
LAYERS = ("anchor", "growth", "tactical", "noise")


@dataclass(frozen=True)
class AnswerRow:
    """A contender with what was decided of him. `cost`: what the contrary would take away."""

    contender: Contender
    url: str
    is_taken: bool
    value: float
    why: str
    cost: float | None
    hand: str
    hand_reason: str = ""
    layer_title: str = ""
    code: str = ""

    @property
    def says_cost(self) -> bool:
        """Whether the cost of the contrary is not in the sentence already."""
        return bool(self.cost) and self.code in ("dominated", "equal", "loss", "penalty", "nothing")

    @property
    def hours(self) -> Sequence[float]:
        return list(self.contender.needs.values())


@dataclass(frozen=True)
class MoreLine:
    """What one more of a resource is worth: a sentence, and for places a step at a time."""

    resource: str
    sentence: str
    steps: Sequence[tuple[int, float]]
    is_worth: bool


@dataclass(frozen=True)
class Answer:
    """An answer ready to be shown."""

    choice: CapacityChoice
    rows: Sequence[AnswerRow]
    more: Sequence[MoreLine]
    uses: Sequence[tuple[str, ResourceUse]]
    hours: Sequence[str]

    @property
    def taken(self) -> int:
        return len(self.choice.taken)

    @property
    def over(self) -> Sequence[tuple[str, ResourceUse]]:
        """Where those taken by hand need more than there is, by the name of it."""
        return [(gettext(use.resource), use) for use in self.choice.over]

    @property
    def refused_names(self) -> str:
        """The first of them; the table has them all."""
        names = [row.contender.name for row in self.rows if not row.is_taken]
        return ", ".join(names[:NAMES_SHOWN]) + (f" +{len(names) - NAMES_SHOWN}" if len(names) > NAMES_SHOWN else "")

    @property
    def over_greedy(self) -> float:
        return self.choice.value - self.choice.by_margin_value

    @property
    def has_penalties(self) -> bool:
        return any(row.contender.expected_penalty for row in self.rows)

    @property
    def has_returns(self) -> bool:
        return any(row.contender.return_on_cost is not None for row in self.rows)


def answer_shown(
    choice: CapacityChoice,
    contenders: Sequence[Contender],
    *,
    fixed: Mapping[int, Mapping[str, Any]] | None = None,
    client_ids: Mapping[int, int] | None = None,
) -> Answer:
    """Refused and taken in the order of the list."""
    taken, hands, known = set(choice.taken), fixed or {}, client_ids or {}
    titles = category_titles(_language())
    rows = [
        AnswerRow(
            contender=one,
            url=reverse("client", args=[known[one.key]]) if one.key in known else "",
            is_taken=one.key in taken,
            value=choice.values[one.key],
            why=why_text(choice.reasons[one.key]),
            cost=choice.reasons[one.key].cost,
            code=choice.reasons[one.key].code,
            hand="" if one.key not in hands else ("in" if hands[one.key]["is_taken"] else "out"),
            hand_reason=hands.get(one.key, {}).get("reason", ""),
            layer_title=titles.title("layer", one.layer) if one.layer else "",
        )
        for one in contenders
    ]
    uses = [(gettext(use.resource), use) for use in choice.uses[:USES_SHOWN]]
    hours = [gettext(name) for name in dict.fromkeys(name for one in contenders for name in one.needs)]
    more = [_more_line(one, choice) for one in choice.worth_of_one_more.values()]
    return Answer(choice, rows, more, uses, hours)


def why_text(why: Why) -> str:
    """The sentence in the language of the page, its sums in its figures."""
    return told(why.message)


def told(message: Message) -> str:
    text = gettext(message.msgid)
    if not message.params:
        return text
    return one_stop(text % {name: _param(name, value) for name, value in message.params.items()})


def one_stop(sentence: str) -> str:
    """«240 тыс.» at the end of a sentence brings its own full stop; «ООО «Вега» closes once."""
    return sentence.replace("..", ".").replace("»»", "»")


def kept_text(kept: Mapping[str, Any]) -> str:
    """A message as a list keeps it."""
    return told(Message(kept["text"], kept.get("params", {})))


def _param(name: str, value: object) -> object:
    language = _language()
    if isinstance(value, (int, float)):
        if name.startswith("money"):
            return figures.money(value, language=language)
        if name.startswith("share"):
            return figures.share(value, places=1, language=language)
        if name.startswith("amount"):
            return figures.number(value, places=0 if float(value).is_integer() else 1, language=language)
    return gettext(value) if name == "resource" and isinstance(value, str) else value


def _language() -> str:
    return (get_language() or "ru").partition("-")[0]


def layer_titles(layers: Sequence[str]) -> list[tuple[str, str]]:
    """(code, title) of each."""
    titles = category_titles(_language())
    return [(layer, titles.title("layer", layer)) for layer in layers]


def _more_line(more: OneMore, choice: CapacityChoice) -> MoreLine:
    steps = [(extra, money) for extra, money in more.by_extra.items() if money > more.by_extra.get(extra - 1, 0.0)]
    params: dict[str, object] = {"resource": more.resource, "money": more.money}
    if not more.is_exact and more.money > 0:
        text = _("One more of “%(resource)s” is worth about %(money)s: so the neighbours of the border say.")
    elif more.by_extra and more.money > 0:
        text = _("One more place is worth %(money)s.")
    elif more.money > 0:
        text = _("One more hour of “%(resource)s” is worth %(money)s.")
    elif more.first_gain and more.first_money:
        params |= {"amount": more.first_gain, "money": more.first_money}
        text = _("One more hour of “%(resource)s” changes nothing; from %(amount)s h more the gain begins: %(money)s.")
        if more.by_extra:
            text = _("One more place changes nothing; from %(amount)s more the gain begins: %(money)s.")
    elif not choice.refused or choice.lost <= 0:
        text = _("There is enough of “%(resource)s”: no more is needed.")
    else:
        text = _("More of “%(resource)s” alone brings nothing: something else holds it back.")
    sentence = one_stop(text % {name: _param(name, value) for name, value in params.items()})
    return MoreLine(gettext(more.resource), sentence, steps, more.money > 0 or bool(more.first_gain))


@dataclass(frozen=True)
class Side:
    """One scenario among others. `short`: the amounts in words."""

    scenario: Scenario
    choice: CapacityChoice
    amounts: Sequence[tuple[str, float]]
    more: Sequence[MoreLine]
    is_monthly: bool
    is_weighted: bool

    @classmethod
    def of(cls, scenario: Scenario) -> "Side":
        choice = choice_from_json(scenario.answer)
        wanted = Wanted.of(scenario.capacity, scenario.weights)
        amounts = [] if wanted.places is None else [(_("places"), float(wanted.places))]
        amounts += [(gettext(name), float(amount)) for name, amount in wanted.hours.items()]
        more = [_more_line(one, choice) for one in choice.worth_of_one_more.values()]
        return cls(scenario, choice, amounts, more, wanted.is_monthly, bool(wanted.layers or wanted.grades))
