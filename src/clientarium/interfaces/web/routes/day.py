"""The seller's day, talks with clients, the calendar feed."""

from django.urls import path

from clientarium.interfaces.web.views import day, day_calendar, effect, talks

urlpatterns = [
    path("day/", day.mine, name="day"),
    path("days/", day.everybody, name="days"),
    path("days/effect/", effect.page, name="effect"),
    path("days/effect/start/", effect.start, name="start_hold_out"),
    path("days/effect/stop/", effect.stop, name="stop_hold_out"),
    path("days/<int:seller_id>/", day.of_seller, name="day_of_seller"),
    path("clients/<int:client_id>/talk/", talks.talk, name="client_talk"),
    path("clients/<int:client_id>/basket/", talks.basket, name="client_basket"),
    path("touches/<int:touch_id>/undo/", talks.undo, name="undo_touch"),
    path("day/calendar/open/", day_calendar.open_feed, name="open_calendar"),
    path("day/calendar/close/", day_calendar.close_feed, name="close_calendar"),
    path("calendar/<slug:token>.ics", day_calendar.feed, name="calendar_feed"),
]
