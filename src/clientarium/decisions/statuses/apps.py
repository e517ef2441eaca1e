from django.apps import AppConfig


class StatusesConfig(AppConfig):
    name = "clientarium.decisions.statuses"
    label = "statuses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clientarium.decisions.runs import RunKind, Work, do_runs_of, when_due  # noqa: PLC0415 -- models are ready

        from .domain import check_run, queue_due_check  # noqa: PLC0415 -- models are ready

        do_runs_of(RunKind.STATUS_CHECK, Work(do=check_run))
        when_due(queue_due_check)
