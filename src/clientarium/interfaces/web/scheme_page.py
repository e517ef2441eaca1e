"""What the pages of categories show: schemes with their categories, counts and plays; an edit's movers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from clientarium.core.categories import Category, Play, Preview, Scheme
from clientarium.core.ground.expressions import Name
from clientarium.decisions.clients import clients_visible_to, published_columns, states_visible_to
from clientarium.decisions.people import User, rules

from .category_titles import Titles
from .cells import cell
from .pulse import clients_where, colour_token, company_words, equals
from .rule_lines import Group, Speaker

MARGIN, REVENUE = "margin_12m", "revenue_12m"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Code:
    """A category as it is drawn: a letter, a layer's mark, or its title in a chip."""

    scheme: str
    code: str | None
    title: str

    @property
    def is_letter(self) -> bool:
        return bool(self.code) and len(self.code or "") <= len("AAA") and (self.code or "").isupper()

    @property
    def colour(self) -> str:
        return colour_token(self.scheme, self.code)


@dataclass(frozen=True)
class Standing:
    """How many clients stand in a category now and what share of the money; None where it may not be seen."""

    clients: int
    money: Decimal | None
    share: float | None
    url: str


@dataclass(frozen=True)
class CategoryOnPage:
    """One category of a scheme: its rule in lines (None: takes the rest), its play, who stands in it."""

    code: Code
    rule: Group | None
    source: str
    play: Play
    is_immediate: bool
    standing: Standing


def language_of(words: str | None) -> str:
    return (words or "ru").partition("-")[0]


def standings(user: User, scheme: str) -> dict[str | None, Standing]:
    """Clients of each category among those `user` may see, with the share of their margin (or revenue)."""
    columns = {name.name for name in published_columns()}
    if scheme not in columns:
        return {}
    measure = _measure(columns) if rules.sees_money(user) else None
    rows = _counted(states_visible_to(user), scheme, measure)
    whole = sum((row["money"] or ZERO for row in rows), ZERO) if measure else ZERO
    return {
        row["code"]: Standing(
            clients=row["clients"],
            money=row.get("money"),
            share=float((row["money"] or ZERO) / whole) if measure and whole > 0 else None,
            url=clients_where(equals(scheme, row["code"])),
        )
        for row in rows
    }


def _measure(columns: set[str]) -> str | None:
    return next((name for name in (MARGIN, REVENUE) if name in columns), None)


def _counted(states: QuerySet[Any], scheme: str, measure: str | None) -> list[dict[str, Any]]:
    sums: dict[str, Any] = {"clients": Count("pk")} | ({"money": Sum(measure)} if measure else {})
    return list(states.order_by().values(code=F(scheme)).annotate(**sums))


def nobody(scheme: str, code: str | None) -> Standing:
    return Standing(0, None, None, clients_where(equals(scheme, code)))


def code_of(scheme: Scheme, code: str | None, *, language: str, outside: str = "—") -> Code:
    """The category as it is drawn; a code the scheme no longer has stands for itself."""
    category = scheme.category(code) if code else None
    return Code(scheme.name, code, category.title.text(language) if category else (code or outside))


def categories_on_page(
    scheme: Scheme, *, standing: Mapping[str | None, Standing], speaker: Speaker, language: str
) -> list[CategoryOnPage]:
    """Every category in the order its rule is tried."""

    def shown(category: Category) -> CategoryOnPage:
        return CategoryOnPage(
            code=code_of(scheme, category.code, language=language),
            rule=speaker.rule(category.rule, category=category.code) if category.rule else None,
            source=category.source.text(language),
            play=category.play,
            is_immediate=category.immediate,
            standing=standing.get(category.code) or nobody(scheme.name, category.code),
        )

    return [shown(category) for category in scheme.categories]


def level_values(user: User, scheme: Scheme, *, titles: Titles, language: str) -> dict[str, str]:
    """What the numbers of the whole base that the rules lean on are today, for those who see the whole base's money."""
    names = {name.name: name for name in published_columns()}
    known = [level for level in scheme.levels if level.name in names]
    if not known or not (rules.sees_all_clients(user) and rules.sees_money(user)):
        return {}
    row = states_visible_to(user).order_by().values(*(level.name for level in known)).first() or {}
    words: Mapping[str, Name] = scheme.vocabulary
    return {
        name: cell(value, words[name], titles=titles, language=language)
        for name, value in row.items()
        if value is not None
    }


@dataclass(frozen=True)
class MoveOnPage:
    before: Code
    after: Code
    clients: int
    money: Decimal | None
    share: float


@dataclass(frozen=True)
class Change:
    """A category before and after the edit."""

    code: Code
    before: int
    after: int
    money_before: Decimal
    money_after: Decimal

    @property
    def clients(self) -> int:
        return self.after - self.before

    @property
    def money(self) -> Decimal:
        return self.money_after - self.money_before


@dataclass(frozen=True)
class Mover:
    client_id: int
    name: str
    before: Code
    after: Code
    money: Decimal | None


def moves_on_page(preview: Preview, *, scheme: Scheme, language: str, outside: str) -> list[MoveOnPage]:
    """Who goes where, the largest groups of clients first; `share` is of the largest."""
    moves = [move for move in preview.matrix if move.before != move.after]
    largest = max((move.clients for move in moves), default=0)
    return [
        MoveOnPage(
            code_of(scheme, move.before, language=language, outside=outside),
            code_of(scheme, move.after, language=language, outside=outside),
            move.clients,
            move.margin,
            move.clients / largest,
        )
        for move in sorted(moves, key=lambda move: -move.clients)
    ]


def changes_on_page(preview: Preview, *, scheme: Scheme, language: str, outside: str) -> list[Change]:
    """Categories whose number of clients or margin the edit changes, in the order of the rules."""
    codes = sorted({code for move in preview.matrix for code in (move.before, move.after)}, key=scheme.rank)
    found = []
    for code in codes:
        before = [move for move in preview.matrix if move.before == code]
        after = [move for move in preview.matrix if move.after == code]
        found.append(
            Change(
                code_of(scheme, code, language=language, outside=outside),
                sum(move.clients for move in before),
                sum(move.clients for move in after),
                sum((move.margin or ZERO for move in before), ZERO),
                sum((move.margin or ZERO for move in after), ZERO),
            )
        )
    return [change for change in found if change.clients or change.money]


def movers_on_page(
    user: User, movers: Sequence[tuple[int, Any, Any, Any]], *, scheme: Scheme, language: str, outside: str
) -> list[Mover]:
    """The movers by name, the dearest first; those whom `user` may not see are left out."""
    names = dict(clients_visible_to(user).filter(pk__in=[row[0] for row in movers]).values_list("pk", "name"))
    return [
        Mover(
            client,
            names[client],
            code_of(scheme, before, language=language, outside=outside),
            code_of(scheme, after, language=language, outside=outside),
            money,
        )
        for client, before, after, money in movers
        if client in names
    ]


def company_scheme(name: str) -> Scheme | None:
    """The scheme in force; None where there is no such."""
    schemes = company_words().definitions.schemes
    return next((scheme for scheme in schemes if scheme.name == name), None)
