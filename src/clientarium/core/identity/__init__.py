"""Names, phones, e-mails and tax numbers brought to one form, so that the same client is seen to be the same."""

from clientarium.core.identity.cards import CardDoubt, card_doubts
from clientarium.core.identity.contacts import EmailSeen, PhoneSeen, normalise_email, normalise_phone
from clientarium.core.identity.names import clean_name, client_key
from clientarium.core.identity.tax_numbers import check_inn, check_kpp

__all__ = [
    "CardDoubt",
    "EmailSeen",
    "PhoneSeen",
    "card_doubts",
    "check_inn",
    "check_kpp",
    "clean_name",
    "client_key",
    "normalise_email",
    "normalise_phone",
]
