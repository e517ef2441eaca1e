"""Portfolios: what everybody serves and can serve, terms, absences, people who come and go."""

from django.urls import path

from clientarium.interfaces.web.views import portfolio_changes, portfolios

urlpatterns = [
    path("portfolios/", portfolios.page, name="portfolios"),
    path("portfolios/new/", portfolio_changes.new_seller, name="portfolio_new"),
    path("portfolios/<int:seller_id>/", portfolios.of_seller, name="portfolio"),
    path("portfolios/<int:seller_id>/terms/", portfolio_changes.write_terms, name="portfolio_terms"),
    path("portfolios/terms/<int:terms_id>/undo/", portfolio_changes.take_back_terms, name="portfolio_terms_undo"),
    path("portfolios/<int:seller_id>/absence/", portfolio_changes.absence, name="portfolio_absence"),
    path(
        "portfolios/absences/<int:absence_id>/undo/",
        portfolio_changes.take_back_absence,
        name="portfolio_absence_undo",
    ),
    path("portfolios/<int:seller_id>/dismissal/", portfolio_changes.dismiss, name="portfolio_dismissal"),
    path("portfolios/dismissals/<int:entry_id>/undo/", portfolio_changes.take_back, name="portfolio_dismissal_undo"),
]  # fmt: skip
