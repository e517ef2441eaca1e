"""Closed sets of the people's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    OWNER = "owner", _("Owner")
    HEAD = "head", _("Head of sales")
    SELLER = "seller", _("Seller")
    MARKETER = "marketer", _("Marketer")
    SUPPORT = "support", _("Support")
    ADMINISTRATOR = "administrator", _("Administrator")


class Theme(TextChoices):
    SYSTEM = "system", _("System")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Density(TextChoices):
    COMPACT = "compact", _("Compact")
    NORMAL = "normal", _("Normal")
    ROOMY = "roomy", _("Roomy")


class Language(TextChoices):
    RUSSIAN = "ru", "Русский"
    ENGLISH = "en", "English"
