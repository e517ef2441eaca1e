"""The words one user may filter and sort by."""

from collections.abc import Iterable

from clientarium.core.ground.expressions import Name
from clientarium.decisions.people import Visitor, sees_money

from ..models import CustomField, StateTable
from .fields import custom_field_names, name_of_field
from .publication import published_columns
from .words import CLIENT_NAMES


def vocabulary_for(
    user: Visitor, *, own_fields: Iterable[CustomField] | None = None, publication: StateTable | None = None
) -> dict[str, Name]:
    """Metrics and categories of the current state, fields of the card, and the company's own fields.

    `own_fields` are those fields and `publication` the current one, where they have been read already.
    Whoever may not see money finds no word for it, so he can neither filter nor sort his way to a figure.
    """
    own = custom_field_names() if own_fields is None else [name_of_field(field) for field in own_fields]
    names = [*published_columns(publication), *CLIENT_NAMES, *own]
    may_see = names if sees_money(user) else [name for name in names if not name.tells_money]
    return {name.name: name for name in may_see}
