"""Secrets at rest: one encrypted text per connection, readable only with the home's secret key."""

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from clientarium.core.ground import N_, UserError

PURPOSE = b"clientarium: secrets of connections, 1"
"""Ties the key to this one use: the same secret key also signs sessions."""


def locked(secrets: Mapping[str, str]) -> str:
    """The encrypted text; '' for no secrets."""
    return _box().encrypt(json.dumps(dict(secrets)).encode()).decode() if secrets else ""


def unlocked(text: str) -> dict[str, str]:
    """The secrets. Raises UserError where the home's secret key is another than the one they were kept with."""
    if not text:
        return {}
    try:
        opened: dict[str, str] = json.loads(_box().decrypt(text.encode()))
    except InvalidToken as error:
        raise UserError(
            N_("The kept secrets of this connection cannot be read: the secret key of the program has changed."),
            cure=N_("Enter the token or password once more."),
        ) from error
    return opened


def _box() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
