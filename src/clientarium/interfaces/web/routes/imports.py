"""Receiving a file, understanding it, loading it, taking it back."""

from django.urls import path

from clientarium.interfaces.web.views import imports

urlpatterns = [
    path("imports/", imports.page, name="imports"),
    path("imports/receive/", imports.receive, name="receive_file"),
    path("imports/files/<int:file_id>/", imports.understood, name="received_file"),
    path("imports/files/<int:file_id>/try/", imports.try_out, name="try_file"),
    path("imports/files/<int:file_id>/load/", imports.load, name="load_file"),
    path("imports/<int:import_id>/", imports.result, name="import"),
    path("imports/<int:import_id>/state/", imports.state, name="import_state"),
    path("imports/<int:import_id>/refused/", imports.refused, name="refused_rows"),
    path("imports/<int:import_id>/undo/", imports.undo, name="undo_import"),
]
