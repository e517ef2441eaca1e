"""Names, numbers and addresses brought to the one form in which they are looked for."""

import re

import phonenumbers

from clientarium.decisions.people import name_key

LEGAL_FORMS = frozenset({"ооо", "оао", "зао", "пао", "нао", "ао", "ип", "чп", "тоо", "гк", "мп", "муп", "гуп", "фгуп"})
"""Short legal forms of Russia and its neighbours; they stand first in many names and help nobody to find or sort."""

HOME_REGION = "RU"
"""Numbers without a country code are dialled from here."""

NO_LETTERS = re.compile(r"[^\w]+")
RUSSIAN_MOBILE = re.compile(r"[78]?(\d{10})")


def search_name_of(name: str) -> str:
    """`name` as it is looked for and sorted: lower case, ё as е, no punctuation, legal forms at the end."""
    return search_name_of_key(name_key(name))


def search_name_of_key(key: str) -> str:
    """The same from a name_key."""
    words = NO_LETTERS.sub(" ", key).split()
    leading = 0
    while leading < len(words) - 1 and words[leading] in LEGAL_FORMS:
        leading += 1
    return " ".join(words[leading:] + words[:leading]) or key


def searched_words(text: str) -> str:
    """What somebody looking for a client typed, without the legal form he began with."""
    words = search_name_of(text).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def phone_key(text: str) -> str:
    """+digits of a phone; the bare digits where it is no known number; '' where there are none."""
    digits = re.sub(r"\D", "", text)
    # Parsing costs 100 µs a number; nearly all numbers here are plain Russian ones.
    plain = RUSSIAN_MOBILE.fullmatch(digits)
    if plain and (len(digits) == 11 or plain[1][0] in "3489"):
        return "+7" + plain[1]
    try:
        parsed = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def email_key(text: str) -> str:
    """The address in lower case; '' where it is none."""
    address = text.strip().lower()
    return address if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", address) else ""
