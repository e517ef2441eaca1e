"""One module per part of the screens; each has `urlpatterns`, joined by urls.py."""
