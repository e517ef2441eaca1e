"""The values of a card by their words."""

from typing import Any

from ..models import Client
from ..queries.names import search_name_of

NAME_CHARACTERS = 300
HOLDER = "holder"


def present_value(client: Client, word: str) -> Any:
    """The value of a card field, of the holder (his number) or of `f_<slug>`; None is unknown."""
    if word.startswith("f_"):
        return client.fields.get(word.removeprefix("f_"))
    return client.holder_id if word == HOLDER else getattr(client, word)


def put_value(client: Client, word: str, value: Any) -> None:
    """Set it without saving."""
    if word.startswith("f_"):
        client.fields.pop(word.removeprefix("f_"), None)
        if value is not None:
            client.fields[word.removeprefix("f_")] = value
        return
    setattr(client, "holder_id" if word == HOLDER else word, value)
    if word == "name":
        client.search_name = search_name_of(value)[:NAME_CHARACTERS]
