"""Passed on as the checks found it, for the client whose card was checked."""

from tests.generative.twins.base import TWINS

CHECKED = (
    "data_quality", "valid_phones", "valid_emails", "bad_contacts", "inn_check", "missing_fields",
    "days_since_verified", "is_unreachable", "has_refused",
)  # fmt: skip

for told in CHECKED:
    TWINS[told] = lambda client, told=told: client.base.cards.get(client.id, {}).get(told)
