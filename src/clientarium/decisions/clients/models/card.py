"""What stands on a client's card beside his own row, and the company's own fields and segments."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..choices import ContactKind, FieldType
from .client import Client

SLUG = r"^[a-z][a-z0-9_]{0,39}$"


class Contact(models.Model):
    """A phone or an e-mail; `normalised` is +digits or the lowercase address."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    value = models.CharField(_("value"), max_length=200)
    normalised = models.CharField(max_length=200, db_index=True)
    person = models.CharField(_("contact person"), max_length=200, default="", blank=True)
    import_id = models.CharField(max_length=64, null=True, db_index=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "kind", "normalised"], name="contact_once_per_client"),
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_is_known"),
            models.CheckConstraint(condition=~Q(normalised=""), name="contact_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.value


class Note(models.Model):
    """What somebody wrote about a client."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_is_not_empty")]

    def __str__(self) -> str:
        return self.text[:80]


class CustomField(models.Model):
    """A field the company defined on screen; in expressions it is `f_<slug>`, in Client.fields it is `<slug>`."""

    slug = models.CharField(_("name in expressions"), max_length=40, unique=True, validators=[RegexValidator(SLUG)])
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    type = models.CharField(_("type"), max_length=10, choices=FieldType.choices)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["title_ru", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=FieldType.values), name="field_type_is_known"),
            models.CheckConstraint(condition=~Q(title_ru=""), name="field_has_title"),
        ]

    def __str__(self) -> str:
        return self.title_ru if get_language() == "ru" else self.title_en or self.title_ru

    @property
    def word(self) -> str:
        """The word of the expression language."""
        return f"f_{self.slug}"


class Segment(models.Model):
    """A saved condition; always current, because only the expression is kept."""

    name = models.CharField(_("name"), max_length=200)
    expression = models.TextField(_("condition"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="segments")
    is_shared = models.BooleanField(_("shared"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="segment_name_once_per_owner"),
            models.CheckConstraint(condition=~Q(name=""), name="segment_has_name"),
            models.CheckConstraint(condition=~Q(expression=""), name="segment_has_expression"),
        ]

    def __str__(self) -> str:
        return self.name


class CardChange(models.Model):
    """What an import changed in one field of one card: enough to put the old value back."""

    import_id = models.CharField(max_length=64)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="card_changes")
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["import_id", "client", "field"], name="card_change_once_per_import")
        ]

    def __str__(self) -> str:
        return f"{self.client_id}.{self.field}"
