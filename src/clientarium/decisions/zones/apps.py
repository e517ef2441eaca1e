from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "clientarium.decisions.zones"
    label = "zones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clientarium.decisions.runs import RunKind, Work, do_runs_of  # noqa: PLC0415 -- models are ready

        from .domain import abandon_search, zones_run  # noqa: PLC0415 -- models are ready

        do_runs_of(RunKind.ZONES, Work(do=zones_run, abandon=abandon_search))
