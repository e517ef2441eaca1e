from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "clientarium.decisions.runs"
    label = "runs"
