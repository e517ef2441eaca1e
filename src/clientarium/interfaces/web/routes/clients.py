"""The list of clients, segments, export; one client's card."""

from django.urls import path

from clientarium.interfaces.web.views import clients, segments

urlpatterns = [
    path("clients/", clients.page, name="clients"),
    path("clients/totals/", clients.sums, name="clients_totals"),
    path("clients/columns/", clients.columns, name="clients_columns"),
    path("clients/words/", clients.words, name="clients_words"),
    path("clients/check/", clients.check, name="clients_check"),
    path("clients/export/", clients.export, name="clients_export"),
    path("clients/transfer/", clients.transfer, name="clients_transfer"),
    path("segments/save/", segments.save, name="save_segment"),
    path("segments/<int:segment_id>/remove/", segments.remove, name="remove_segment"),
]
