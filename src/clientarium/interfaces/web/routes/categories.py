"""Schemes of categories, the queue of proposals, the company's own fields."""

from django.urls import path

from clientarium.interfaces.web.views import categories, fields, proposals, scheme_text

urlpatterns = [
    path("categories/", categories.page, name="categories"),
    path("categories/proposals/", proposals.page, name="proposals"),
    path("categories/proposals/confirm/", proposals.confirm, name="confirm_proposals"),
    path("categories/proposals/dismiss/", proposals.dismiss, name="dismiss_proposals"),
    path("categories/proposals/<int:proposal_id>/override/", proposals.override, name="override_proposal"),
    path("categories/decisions/<int:entry_id>/undo/", proposals.undo, name="undo_decision"),
    path("categories/versions/<int:version_id>/restore/", scheme_text.restore, name="restore_scheme"),
    path("categories/<slug:scheme>/", categories.rules_page, name="scheme"),
    path("categories/<slug:scheme>/text/", scheme_text.text, name="scheme_text"),
    path("categories/<slug:scheme>/versions/", scheme_text.versions, name="scheme_versions"),
    path("categories/<slug:scheme>/preview/", categories.preview, name="preview_scheme"),
    path("categories/<slug:scheme>/save/", categories.save, name="save_scheme"),
    path("settings/fields/", fields.page, name="fields"),
    path("settings/fields/new/", fields.new, name="field_new"),
    path("settings/fields/<int:field_id>/", fields.edit, name="field"),
    path("settings/fields/<int:field_id>/removal/", fields.removal, name="field_removal"),
]
