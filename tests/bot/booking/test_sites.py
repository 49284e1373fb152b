"""Which places have something free."""

from datetime import date, datetime, timedelta

from sqlalchemy import update

from bot.booking.reservation import hold
from bot.booking.slots import any_ahead, open_sites
from bot.booking.tables import sites, slots
from bot.database import reading, writing
from dialogs.booking.protocol import SiteOffer
from tests.bot.booking.desk import NINE, NOW, TEN, TOMORROW, book, make_slot, taken

WEDNESDAY = TOMORROW + timedelta(days=1)


def found(
    engine, first: date | None = None, last: date | None = None, *, person: str = "", now=NOW
):
    with reading(engine) as connection:
        return open_sites(connection, now, person, first, last)


def on_wednesday(starts_at: datetime) -> datetime:
    return starts_at + timedelta(days=1)


def test_each_place_with_its_first_free_day(engine):
    with writing(engine) as connection:
        make_slot(connection, NINE, site="yantou")
        make_slot(connection, TEN, site="yantou", bookable=2)
        make_slot(connection, on_wednesday(NINE), site="yantou")
        make_slot(connection, NINE, site="oubei", bookable=4)
        make_slot(connection, on_wednesday(NINE), site="shatou")
    assert found(engine) == (
        SiteOffer("oubei", TOMORROW, 4),
        SiteOffer("yantou", TOMORROW, 3),
        SiteOffer("shatou", WEDNESDAY, 1),
    )
    assert [one.site for one in found(engine, WEDNESDAY, WEDNESDAY)] == ["shatou", "yantou"]
    assert found(engine, WEDNESDAY + timedelta(days=1)) == ()


def test_what_is_full_closed_or_out_of_reach_is_left_out(engine):
    with writing(engine) as connection:
        full = make_slot(connection, NINE, site="oubei")
        closed = make_slot(connection, NINE, site="yantou")
        make_slot(connection, NINE, site="shatou")
        make_slot(connection, NINE + timedelta(days=200), site="bilian")
        connection.execute(update(slots).where(slots.c.id == closed).values(open=False))
        late = update(sites).where(sites.c.id == "shatou")
        connection.execute(late.values(lead_minutes=3 * 24 * 60))
    book(engine, "anna")
    assert taken(engine, full) == 1
    assert found(engine) == ()
    assert found(engine, TOMORROW, TOMORROW) == ()


def test_a_place_that_is_held_is_free_for_whoever_holds_it(engine):
    with writing(engine) as connection:
        make_slot(connection, NINE)
        hold(connection, "anna", "oubei", NINE, NOW)
    assert found(engine) == ()
    assert found(engine, person="anna") == (SiteOffer("oubei", TOMORROW, 1),)


def test_whether_any_window_has_times_ahead(engine):
    with writing(engine) as connection:
        assert not any_ahead(connection, NOW)
        full = make_slot(connection, NINE, site="oubei")
        connection.execute(update(slots).where(slots.c.id == full).values(taken=slots.c.bookable))
        assert any_ahead(connection, NOW)
        assert not any_ahead(connection, NINE)
        connection.execute(update(slots).where(slots.c.id == full).values(open=False))
        assert not any_ahead(connection, NOW)
