from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "clientarium.decisions.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clientarium.decisions.runs import RunKind, Work, do_runs_of, when_due  # noqa: PLC0415 -- models are ready

        from .domain import queue_due_watches, watch_run  # noqa: PLC0415 -- models are ready

        do_runs_of(RunKind.WATCH, Work(do=watch_run))
        when_due(queue_due_watches)
