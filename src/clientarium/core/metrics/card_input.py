"""What checks of a client's card found, as metrics take it from the room above: one row per client checked."""

import pyarrow as pa

CARD_INPUT = "metric_cards"

CARD_COLUMNS: dict[str, tuple[pa.DataType, str]] = {
    "data_quality": (pa.int64(), "0 to 100; null where nobody mends the card: he refused, or is on the stop list"),
    "valid_phones": (pa.int64(), "phones that can be called and that nobody found wrong"),
    "valid_emails": (pa.int64(), "e-mail addresses that can be written to and that nobody found wrong"),
    "bad_contacts": (pa.int64(), "phones and e-mails that are neither"),
    "inn_check": (pa.string(), "valid, wrong or missing"),
    "missing_fields": (pa.int64(), "empty fields of the card that the rules of categories need"),
    "days_since_verified": (pa.int64(), "days since his contacts were last checked with himself; null: never"),
    "is_unreachable": (pa.bool_(), "marked so, or too many calls in a row came to nothing"),
    "has_refused": (pa.bool_(), "marked as having refused to work with us"),
}
"""Name → type and meaning."""

CARD_SCHEMA = pa.schema(
    [pa.field("client_id", pa.int64()), *(pa.field(name, kind) for name, (kind, _) in CARD_COLUMNS.items())]
)


def no_cards() -> pa.Table:
    """Checks of nobody's card: every metric that stands on them is unknown."""
    return CARD_SCHEMA.empty_table()
