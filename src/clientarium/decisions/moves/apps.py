from django.apps import AppConfig


class MovesConfig(AppConfig):
    name = "clientarium.decisions.moves"
    label = "moves"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clientarium.decisions.runs import RunKind, Work, do_runs_of  # noqa: PLC0415 -- models are ready

        from .domain import abandon_draft, balance_run  # noqa: PLC0415 -- models are ready

        do_runs_of(RunKind.BALANCE, Work(do=balance_run, abandon=abandon_draft))
