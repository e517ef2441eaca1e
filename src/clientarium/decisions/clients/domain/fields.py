"""Fields a company defines for its clients. A field's name and type never change: rules and segments stand on them."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_define_fields

from ..choices import ClientVerb, FieldType
from ..models import CustomField
from ..models.card import SLUG

LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f h c ch sh sch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
SLUG_CHARACTERS = 40


@transaction.atomic
def define_field(
    title_ru: str, *, type: str, by: User, title_en: str = "", slug: str = "", choices: Sequence[str] = ()
) -> CustomField:
    """A new field; without `slug` its name is made from the title.

    Raises UserError: not allowed, unknown type, a name that is taken or unfit, a list without choices.
    """
    require_defining(by)
    title_ru, slug = title_ru.strip(), slug.strip() or slug_of(title_en or title_ru)
    if not title_ru:
        raise UserError(N_("A field needs a title."))
    if type not in FieldType.values:
        raise UserError(N_("There is no such type of field."))
    if not re.fullmatch(SLUG, slug):
        raise UserError(
            N_("“%(slug)s” cannot be a field’s name."),
            cure=N_("Use Latin letters, digits and _, a letter first, at most 40 signs."),
            slug=slug,
        )
    if CustomField.objects.filter(slug=slug).exists():
        raise UserError(N_("A field “%(slug)s” exists or existed already: choose another name."), slug=slug)
    field = CustomField.objects.create(
        slug=slug, title_ru=title_ru, title_en=title_en.strip(), type=type, choices=checked_choices(type, choices)
    )
    record(ClientVerb.FIELD_DEFINED, target=field, by=by, data={"slug": slug, "type": type})
    return field


@transaction.atomic
def edit_custom_field(
    field: CustomField, *, title_ru: str, title_en: str, by: User, choices: Sequence[str] = ()
) -> CustomField:
    """Change the titles and the choices. Values no longer among the choices stay on the cards until edited."""
    require_defining(by)
    field = CustomField.objects.select_for_update().get(pk=field.pk)
    before: dict[str, Any] = {"title_ru": field.title_ru, "title_en": field.title_en, "choices": field.choices}
    if not title_ru.strip():
        raise UserError(N_("A field needs a title."))
    field.title_ru, field.title_en = title_ru.strip(), title_en.strip()
    field.choices = checked_choices(field.type, choices)
    field.save()
    record(ClientVerb.FIELD_EDITED, target=field, by=by, data={"from": before})
    return field


@transaction.atomic
def remove_field(field: CustomField, *, by: User, reason: str = "") -> None:
    """Hide it everywhere; the values stay on the cards, its name is never given again."""
    require_defining(by)
    CustomField.objects.filter(pk=field.pk).update(is_removed=True)
    record(ClientVerb.FIELD_REMOVED, target=field, by=by, reason=reason)


@transaction.atomic
def restore_field(field: CustomField, *, by: User) -> None:
    """Show a removed field again, with its values."""
    require_defining(by)
    CustomField.objects.filter(pk=field.pk).update(is_removed=False)
    record(ClientVerb.FIELD_RESTORED, target=field, by=by)


def require_defining(by: User) -> None:
    if not can_define_fields(by):
        raise UserError(N_("Only an owner, a head of sales or an administrator defines fields."))


def checked_choices(type: str, choices: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(choice.strip() for choice in choices if choice.strip()))
    if type != FieldType.CHOICE:
        return []
    if not found:
        raise UserError(N_("A list needs at least one choice."))
    return found


def slug_of(title: str) -> str:
    """A name in Latin letters for `title`: «Число партнёров» → chislo_partnerov."""
    latin = "".join(LATIN.get(sign, sign) for sign in title.lower())
    return re.sub(r"[^a-z0-9]+", "_", latin).strip("_0123456789")[:SLUG_CHARACTERS].strip("_") or "field"
