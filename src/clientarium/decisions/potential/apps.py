from django.apps import AppConfig


class PotentialConfig(AppConfig):
    name = "clientarium.decisions.potential"
    label = "potential"
    default_auto_field = "django.db.models.BigAutoField"
