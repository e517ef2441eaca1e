"""The home's definitions as plain records for printing; imported only when a home is open."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from clientarium.core.categories import Scheme, read_scheme, try_scheme
from clientarium.core.ground import N_, UserError
from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.pipeline import Definitions, load_definitions
from clientarium.decisions.clients import custom_field_names

SNAPSHOT = "snapshot_of_the_day"


def home_definitions(home: Path) -> Definitions:
    """Metrics, schemes, norms and policy of the home, checked together. UserError with file and line."""
    return load_definitions(home / "definitions", custom_field_names())


def metric_cards(definitions: Definitions) -> dict[str, dict[str, Any]]:
    """Each metric's card, by name, in the order of the catalogue."""
    return {
        name: {
            "name": name,
            "title": {"ru": metric.title_ru, "en": metric.title_en},
            "unit": metric.unit,
            "over": metric.over,
            "sql": metric.sql,
            "formula": {"ru": metric.formula_ru, "en": metric.formula_en},
            "reason": {"ru": metric.reason_ru, "en": metric.reason_en},
        }
        for name, metric in definitions.catalogue.metrics.items()
    }


def metric_card(definitions: Definitions, *, name: str) -> dict[str, Any]:
    """One card. UserError with the nearest names for an unknown one."""
    cards = metric_cards(definitions)
    if name not in cards:
        near = ", ".join(get_close_matches(name, cards, n=3)) or "—"
        raise UserError(N_("There is no metric “%(name)s”."), cure=N_("Nearest: %(near)s."), name=name, near=near)
    return cards[name]


def scheme_cards(definitions: Definitions) -> list[dict[str, Any]]:
    """Each scheme with its categories and their rules as written."""
    return [
        {
            "scheme": scheme.name,
            "title": {"ru": scheme.title.ru, "en": scheme.title.en},
            "mode": scheme.mode.value,
            "categories": [
                {
                    "code": category.code,
                    "title": {"ru": category.title.ru, "en": category.title.en},
                    "when": category.rule.text if category.rule else "",
                    "source": {"ru": category.source.ru, "en": category.source.en},
                }
                for category in scheme.categories
            ],
        }
        for scheme in definitions.schemes.schemes
    ]


def scheme_named(definitions: Definitions, *, name: str) -> Scheme:
    """The scheme of that name. UserError with the names there are."""
    found = next((scheme for scheme in definitions.schemes.schemes if scheme.name == name), None)
    if found is None:
        known = ", ".join(scheme.name for scheme in definitions.schemes.schemes)
        raise UserError(N_("There is no scheme “%(name)s”."), cure=N_("Use one of: %(known)s."), name=name, known=known)
    return found


def preview_of(home: Path, *, text: str, file: str) -> dict[str, Any]:
    """Who would move if `text` were the scheme, on the latest snapshot. UserError without one, or for a fault in it."""
    definitions, snapshots = home_definitions(home), Snapshots(home / "snapshots")
    scheme = read_scheme(text, vocabulary=definitions.vocabulary(), policy=definitions.policy, file=file)
    before = next((known for known in definitions.schemes.schemes if known.name == scheme.name), None)
    latest = snapshots.latest()
    if latest is None:
        raise UserError(N_("There is no snapshot yet."), cure=N_("Run “clientarium pulse” first."))
    with Ledger(home / "ledger").engine() as engine:
        engine.register(SNAPSHOT, snapshots.read(latest))
        preview = try_scheme(engine, scheme, before=before, over=SNAPSHOT)
    return {
        "scheme": scheme.name,
        "as_of": latest,
        "clients": preview.clients,
        "moved_clients": preview.moved_clients,
        "moved_margin": preview.moved_margin,
        "moves": [
            {"from": move.before, "to": move.after, "clients": move.clients, "margin": move.margin}
            for move in preview.matrix
            if move.before != move.after
        ],
    }
