from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "clientarium.decisions.clock"
    label = "clock"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clientarium.decisions.grades import when_policy_saved  # noqa: PLC0415 -- models are ready
        from clientarium.decisions.runs import when_due  # noqa: PLC0415 -- models are ready

        from .domain import keep_in_step, note_policy  # noqa: PLC0415 -- models are ready

        when_policy_saved(note_policy)
        when_due(keep_in_step)
