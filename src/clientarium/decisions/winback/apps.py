from django.apps import AppConfig


class WinbackConfig(AppConfig):
    name = "clientarium.decisions.winback"
    label = "winback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clientarium.decisions.contacts import offer_win_back  # noqa: PLC0415 -- models are ready
        from clientarium.decisions.runs import when_due  # noqa: PLC0415 -- models are ready

        from .domain import give_weeks  # noqa: PLC0415 -- models are ready
        from .queries import next_steps_of  # noqa: PLC0415 -- models are ready

        when_due(give_weeks)
        offer_win_back(next_steps_of)
