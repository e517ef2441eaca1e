from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ClientsConfig(AppConfig):
    name = "clientarium.decisions.clients"
    label = "clients"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .queries.sqlite_text import add_text_functions  # noqa: PLC0415 -- apps.py is loaded before the models it would pull in

        connection_created.connect(add_text_functions, dispatch_uid="clients.sqlite_text")
