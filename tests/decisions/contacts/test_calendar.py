"""The calendar feed: one's own, secret, revocable, without phones and money."""

from datetime import date

from icalendar import Calendar

from tests.decisions.contacts.published import MONDAY, TUESDAY


def events(text):
    found = Calendar.from_ical(text).walk("VEVENT")
    return [(event.decoded("dtstart"), str(event["summary"]), str(event["description"])) for event in found]


def test_feed_holds_the_day_and_the_agreed_dates(base, monkeypatch):
    from clientarium.decisions.clients import add_contact
    from clientarium.decisions.contacts import Talk, calendar_of, record_touch

    add_contact(base.birch, kind="phone", value="89120000001", by=base.anna)
    record_touch(base.birch, Talk("call_later", next_on=date(2026, 4, 20)), on=MONDAY, by=base.anna)
    text = calendar_of(base.anna, today=TUESDAY)
    assert events(text) == [(date(2026, 4, 20), "Берёза", "Договорились с клиентом")]
    assert b"0000001" not in text
    assert events(calendar_of(base.boris, today=MONDAY)) == [
        (MONDAY, base.cedar.name, "Обычно берёт раз в 28 ± 4 дня, прошло 27 дней")
    ]
    assert events(calendar_of(base.head, today=MONDAY)) == []


def test_token_opens_only_its_own_feed_until_revoked(base):
    from clientarium.decisions.contacts import CalendarFeed, calendar_for, close_calendar, open_calendar

    token = open_calendar(by=base.anna)
    assert token not in repr(list(CalendarFeed.objects.values()))
    text = calendar_for(token)
    assert text is not None
    assert "canary" not in text.decode()
    assert calendar_for("x") is None
    newer = open_calendar(by=base.anna)
    assert (calendar_for(token), calendar_for(newer) is None) == (None, False)
    assert close_calendar(by=base.anna)
    assert (calendar_for(newer), close_calendar(by=base.anna)) == (None, False)


def test_dismissed_sellers_feed_is_silent(base):
    from clientarium.decisions.contacts import calendar_for, open_calendar
    from clientarium.decisions.people import User

    token = open_calendar(by=base.anna)
    User.objects.filter(pk=base.anna.pk).update(is_active=False)
    assert calendar_for(token) is None
