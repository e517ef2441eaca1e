"""What a leader typed about a seller's terms, as the domain takes it."""

from datetime import date

from django.http import QueryDict
from django.utils.dateparse import parse_date

from clientarium.core.ground import N_, UserError
from clientarium.decisions.portfolios import Strategy, TermsWritten

LISTS = ("cities", "segments", "languages", "product_groups")


def terms_from(posted: QueryDict) -> TermsWritten:
    """Empty numbers are the strategy's own. Raises UserError for what is no number."""
    return TermsWritten(
        strategy=posted.get("strategy") or Strategy.KEEPER,
        norm_low=whole(posted.get("norm_low", "")),
        norm_high=whole(posted.get("norm_high", "")),
        ceiling=whole(posted.get("ceiling", "")),
        hours_month=hours(posted.get("hours_month", "")),
        cities=words(posted.get("cities", "")),
        segments=words(posted.get("segments", "")),
        languages=words(posted.get("languages", "")),
        product_groups=words(posted.get("product_groups", "")),
    )


def whole(text: str) -> int | None:
    text = text.strip()
    if text and not text.isdecimal():
        raise UserError(N_("“%(text)s” is no number of clients."), text=text)
    return int(text) if text else None


def hours(text: str) -> float | None:
    text = text.strip().replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        raise UserError(N_("“%(text)s” is no number of hours."), text=text) from None


def words(text: str) -> tuple[str, ...]:
    """Parted by commas or new lines."""
    return tuple(word for line in text.splitlines() for part in line.split(",") if (word := part.strip()))


def day_from(posted: QueryDict, name: str) -> date | None:
    """A day of a date field; None where nothing was typed. Raises UserError for what is no day."""
    text = posted.get(name, "").strip()
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise UserError(N_("“%(text)s” is no day."), text=text)
    return found


def day_wanted(posted: QueryDict, name: str) -> date:
    """Raises UserError where nothing was typed."""
    found = day_from(posted, name)
    if found is None:
        raise UserError(N_("Say the day."))
    return found
