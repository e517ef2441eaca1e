from django.apps import AppConfig


class GradesConfig(AppConfig):
    name = "clientarium.decisions.grades"
    label = "grades"
