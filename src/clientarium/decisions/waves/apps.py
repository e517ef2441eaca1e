from django.apps import AppConfig


class WavesConfig(AppConfig):
    name = "clientarium.decisions.waves"
    label = "waves"
    default_auto_field = "django.db.models.BigAutoField"
