"""Every address of the web, in one place to read. Each view behind them declares who may open it (`@screen`)."""

from .routes import (
    account,
    accuracy,
    categories,
    clients,
    connections,
    day,
    duplicates,
    frame,
    imports,
    moves,
    plans,
    portfolios,
    quality,
    runs,
    waves,
    winback,
)

urlpatterns = [
    *frame.urlpatterns,
    *account.urlpatterns,
    *clients.urlpatterns,
    *day.urlpatterns,
    *categories.urlpatterns,
    *accuracy.urlpatterns,
    *imports.urlpatterns,
    *moves.urlpatterns,
    *plans.urlpatterns,
    *quality.urlpatterns,
    *runs.urlpatterns,
    *connections.urlpatterns,
    *duplicates.urlpatterns,
    *portfolios.urlpatterns,
    *waves.urlpatterns,
    *winback.urlpatterns,
]
