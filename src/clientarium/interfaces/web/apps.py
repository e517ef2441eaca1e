"""The web as a Django app: templates, static files and template tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds no models."""

    name = "clientarium.interfaces.web"
    label = "web"
