"""Redistributions of clients between sellers, and hand-over sheets."""

from django.urls import path

from clientarium.interfaces.web.views import handover, moves

urlpatterns = [
    path("moves/", moves.page, name="moves"),
    path("moves/start/", moves.start, name="moves_start"),
    path("moves/compare/", moves.compare, name="moves_compare"),
    path("moves/<int:draft_id>/", moves.draft_page, name="moves_draft"),
    path("moves/<int:draft_id>/state/", moves.state, name="moves_state"),
    path("moves/<int:draft_id>/clients/<int:client_id>/", moves.edit, name="moves_edit"),
    path("moves/<int:draft_id>/clients/<int:client_id>/back/", moves.take_back, name="moves_take_back"),
    path("moves/<int:draft_id>/<slug:action>/", moves.do, name="moves_do"),
    path("handover/", handover.received, name="handovers"),
    path("handover/<int:client_id>/", handover.page, name="handover"),
]
