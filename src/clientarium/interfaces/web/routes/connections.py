"""Connections to the world outside, and what registers say about the clients' firms."""

from django.urls import path

from clientarium.interfaces.web.views import connections, statuses

urlpatterns = [
    path("connections/", connections.page, name="connections"),
    path("connections/new/<slug:kind>/", connections.new, name="connection_new"),
    path("connections/<int:connection_id>/", connections.edit, name="connection"),
    path("connections/<int:connection_id>/try/", connections.try_out, name="try_connection"),
    path("connections/<int:connection_id>/look/", connections.look, name="look_connection"),
    path("connections/<int:connection_id>/remove/", connections.remove, name="remove_connection"),
    path("statuses/", statuses.page, name="statuses"),
    path("statuses/check/", statuses.check, name="check_statuses"),
    path("statuses/file/", statuses.read_file, name="statuses_file"),
    path("statuses/<int:change_id>/handled/", statuses.handled, name="status_handled"),
    path("pulse/alerts/", statuses.block, name="pulse_alerts"),
    path("clients/<int:client_id>/legal/", statuses.of_client, name="client_legal"),
    path("legal/<int:entity_id>/status/", statuses.by_hand, name="legal_status"),
]
