"""The list of clients, segments, export; one client's card."""

from django.urls import path

from clientarium.interfaces.web.views import card, card_changes, clients, segments

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

urlpatterns += [
    path("clients/<int:client_id>/", card.page, name="client"),
    path("clients/<int:client_id>/timeline/", card.timeline, name="client_timeline"),
    path("clients/<int:client_id>/rhythm/", card.rhythm, name="client_rhythm"),
    path("clients/<int:client_id>/why/<slug:scheme>/", card.why, name="client_why"),
    path("clients/<int:client_id>/products/", card.products, name="client_products"),
    path("clients/<int:client_id>/offers/", card.offers, name="client_offers"),
    path("clients/<int:client_id>/documents/", card.documents, name="client_documents"),
    path("clients/<int:client_id>/documents/<slug:key>/", card.document, name="client_document"),
    path("clients/<int:client_id>/touches/", card.touches, name="client_touches"),
    path("clients/<int:client_id>/history/", card.history, name="client_history"),
    path("clients/<int:client_id>/behind/<slug:metric>/", card.behind, name="client_behind"),
    path("clients/<int:client_id>/note/", card_changes.note, name="client_note"),
    path("clients/<int:client_id>/contact/", card_changes.contact, name="client_contact"),
    path("clients/<int:client_id>/holder/", card_changes.holder, name="client_holder"),
    path("clients/<int:client_id>/stop/", card_changes.stop, name="client_stop"),
    path("clients/<int:client_id>/review/", card_changes.review, name="client_review"),
    path("clients/<int:client_id>/fields/", card_changes.fields, name="client_fields"),
    path("clients/<int:client_id>/category/", card_changes.category, name="client_category"),
]
