"""Names of clients as people write them."""

import re

# The same blanks and the same rule as the vectorised `intake.values.client_keys`; a test keeps them together.
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u3000\ufeff]+")
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟″❝❞＂", '"') | dict.fromkeys("‘’‚‛′`", "'"))
_ZERO_TAIL = re.compile(r"([+-]?\d+)\.0+")


def clean_name(name: str) -> str:
    """Return the name with blanks collapsed and every kind of quotation mark as `"` or `'`."""
    return _BLANKS.sub(" ", name.translate(_QUOTES)).strip()


def client_key(code: str | None, name: str | None) -> str | None:
    """Return what a file calls a client by: his code if there is one, his name otherwise; None without both.

    Blanks are collapsed; a code that went through a spreadsheet (`12346.0`) is the code it was.
    """
    if code and (key := _BLANKS.sub(" ", code).strip()):
        whole = _ZERO_TAIL.fullmatch(key)
        return whole[1] if whole else key
    return (_BLANKS.sub(" ", name).strip() or None) if name else None
