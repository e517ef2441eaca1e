from django.apps import AppConfig


class WinbackConfig(AppConfig):
    name = "clientarium.decisions.winback"
    label = "winback"
    default_auto_field = "django.db.models.BigAutoField"
