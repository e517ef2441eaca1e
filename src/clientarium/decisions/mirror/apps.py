from django.apps import AppConfig


class MirrorConfig(AppConfig):
    name = "clientarium.decisions.mirror"
    label = "mirror"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clientarium.decisions.runs import when_due  # noqa: PLC0415 -- models are ready

        from .domain import read_ahead  # noqa: PLC0415 -- models are ready

        when_due(read_ahead)
