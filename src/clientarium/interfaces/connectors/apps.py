"""The connectors as a Django app: holds no models, offers every kind when the program starts."""

from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "clientarium.interfaces.connectors"
    label = "connectors"

    def ready(self) -> None:
        from clientarium.decisions.connections import offer_kind  # noqa: PLC0415 -- models are ready
        from clientarium.decisions.statuses import offer_reader  # noqa: PLC0415 -- models are ready

        from .kinds import dadata, mailbox, registry_file, watched_folder  # noqa: PLC0415 -- models are ready

        for kind in (dadata.KIND, registry_file.KIND, watched_folder.KIND, mailbox.KIND):
            offer_kind(kind)
        offer_reader(registry_file.read_register)
