"""Closed sets of the potential's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs


@name_verbs
class PotentialVerb(TextChoices):
    POTENTIAL_DECLARED = "potential_declared", _("Potential of a client declared")
