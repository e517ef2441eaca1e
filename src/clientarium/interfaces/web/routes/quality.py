"""The quality of cards: the page, mending one, changing many and taking it back."""

from django.urls import path

from clientarium.interfaces.web.views import quality, quality_bulk

urlpatterns = [
    path("quality/", quality.page, name="quality"),
    path("quality/clients/<int:client_id>/", quality.card, name="quality_card"),
    path("quality/clients/<int:client_id>/mend/", quality.mend, name="quality_mend"),
    path("quality/preview/", quality_bulk.preview, name="quality_preview"),
    path("quality/do/", quality_bulk.do, name="quality_do"),
    path("quality/changes/", quality_bulk.changes, name="quality_changes"),
    path("quality/changes/<int:change_id>/undo/", quality_bulk.undo, name="quality_undo"),
]
