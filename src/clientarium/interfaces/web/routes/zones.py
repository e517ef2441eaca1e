"""Growth zones, and size against margin."""

from django.urls import path

from clientarium.interfaces.web.views import zone_size, zones

urlpatterns = [
    path("strategy/zones/", zones.page, name="zones"),
    path("strategy/zones/start/", zones.start, name="zones_start"),
    path("strategy/zones/state/<int:search_id>/", zones.state, name="zones_state"),
    path("strategy/zones/size/", zone_size.page, name="zones_size"),
    path("strategy/zones/size/clients/", zone_size.clients, name="zones_size_clients"),
    path("strategy/zones/<int:finding_id>/", zones.finding_page, name="zone"),
    path("strategy/zones/<int:finding_id>/segment/", zones.save_segment, name="zone_segment"),
]
