from django.apps import AppConfig


class StressConfig(AppConfig):
    name = "clientarium.decisions.stress"
    label = "stress"
    default_auto_field = "django.db.models.BigAutoField"
