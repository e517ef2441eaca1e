"""What a client could buy."""

from django.urls import path

from clientarium.interfaces.web.views import potential

urlpatterns = [
    path("clients/<int:client_id>/potential/", potential.of_client, name="client_potential"),
    path("clients/<int:client_id>/potential/declare/", potential.declared, name="declare_potential"),
]
