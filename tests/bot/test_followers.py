"""Who left unheard is found by the list of followers, and nobody else is forgotten."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlmodel import SQLModel

from bot import followers, heartbeats, page_sessions
from bot.database import reading, writing
from bot.heartbeats import Beat
from bot.people import forget
from bot.sealing.column import of_row
from bot.settings import Settings
from bot.worker import Worker
from tests.bot.booking.desk import make_slot
from tests.bot.outbox.conftest import NOW, Clock, clock, settings, weixin, worker
from tests.bot.outbox.platform import Platform

__all__ = ["clock", "settings", "weixin", "worker"]

TALKS = SQLModel.metadata.tables["conversations"]
APPOINTMENTS = SQLModel.metadata.tables["appointments"]
DAY = timedelta(days=1)
FEW = 5


def talk(engine: Engine, *people: str, seen_at: datetime = NOW - DAY) -> None:
    row = {"version": 1, "created_at": NOW - DAY, "seen_at": seen_at}
    with writing(engine) as connection:
        for person in people:
            talk = of_row(person, "{}")
            connection.execute(insert(TALKS).values(row | {"person": person, "talk": talk}))


def kept(engine: Engine) -> set[str]:
    with reading(engine) as connection:
        return set(connection.scalars(select(TALKS.c.person)))


@pytest.fixture
def office(engine: Engine, weixin: Platform) -> set[str]:
    """Five who follow and talked, one of whom leaves, and one who follows and never talked."""
    people = [f"o{number}" for number in range(FEW)]
    talk(engine, *people)
    weixin.followers = [*people, "silent"]
    weixin.known = {*people}
    return {*people}


def leave(weixin: Platform, *people: str) -> None:
    weixin.followers = [one for one in weixin.followers if one not in people]


def book(engine: Engine, person: str, source: str, state: str = "booked") -> None:
    with writing(engine) as connection:
        row = {"person": person, "slot": make_slot(connection, NOW + DAY), "state": state}
        row |= {"code": "123456", "purpose": "review", "reminders": False, "source": source}
        connection.execute(insert(APPOINTMENTS).values(row | {"created_at": NOW}))


def reconciled(worker: Worker) -> dict[str, int]:
    return worker.once().get("followers", {})


def fault_of(worker: Worker) -> str:
    (job,) = (job for job in worker.jobs if job.name == "followers")
    return str(job.fault or "")


def note_of(engine: Engine) -> str:
    return heartbeats.read(engine)["followers"].note


@pytest.mark.parametrize("page_of", [1, 2, 5, 6, 7])
def test_who_left_unheard_is_forgotten_and_nobody_else(
    engine, worker, weixin, office, page_of
) -> None:
    weixin.page_of = page_of
    leave(weixin, "o1", "o3")
    assert reconciled(worker) == {"forgotten": 2}
    assert kept(engine) == office - {"o1", "o3"}
    assert note_of(engine) == ""


def test_it_is_the_same_forgetting_as_on_leaving(engine, worker, weixin, office, monkeypatch):
    gone: list[str] = []
    monkeypatch.setattr(followers, "forget", lambda one, who: (gone.append(who), forget(one, who)))
    book(engine, "o1", "chat")
    leave(weixin, "o1")
    reconciled(worker)
    assert gone == ["o1"]
    with reading(engine) as connection:
        assert connection.execute(select(APPOINTMENTS.c.person, APPOINTMENTS.c.state)).all() == [
            (None, "cancelled")
        ]


def test_where_all_follow_nobody_is_asked_for_by_name(engine, worker, weixin, office) -> None:
    assert reconciled(worker) == {}
    assert weixin.asked_by_name == []
    assert kept(engine) == office


def test_where_nobody_talked_the_list_is_not_asked_for(engine, worker, weixin) -> None:
    worker.once()
    assert weixin.lists_asked == []
    assert heartbeats.read(engine)["followers"].at == NOW


SPOILT = {
    "empty": lambda answer: {"total": 0, "count": 0, "next_openid": ""},
    "nothing": lambda answer: {},
    "a list": lambda answer: [],
    "no total": lambda answer: {**answer, "total": None},
    "fewer than the total": lambda answer: {**answer, "total": answer["total"] + 1},
    "another count": lambda answer: {**answer, "count": answer["count"] + 1},
    "no names": lambda answer: {**answer, "data": {}},
    "a name for a list": lambda answer: {**answer, "data": {"openid": "o1"}},
    "numbers": lambda answer: {**answer, "data": {"openid": [1] * answer["count"]}},
    "an error": lambda answer: {"errcode": -1, "errmsg": "system error"},
    "no more quota": lambda answer: {"errcode": 45009, "errmsg": "reach max api daily quota"},
    "the same page again": lambda answer: {**answer, "next_openid": "o0"},
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_a_list_that_is_not_whole_forgets_nobody(engine, worker, weixin, office, spoilt) -> None:
    weixin.page_of = 2
    leave(weixin, "o1")
    weixin.change_list = spoilt
    assert reconciled(worker) == {}
    assert fault_of(worker).startswith("who left unheard is not known: ")
    assert kept(engine) == office
    assert "followers" not in heartbeats.read(engine)


def test_a_list_that_breaks_off_after_a_page_forgets_nobody(engine, worker, weixin, office) -> None:
    weixin.page_of = 2
    leave(weixin, "o1")
    weixin.change_list = lambda answer: (
        answer if len(weixin.lists_asked) < 2 else {"total": 5, "count": 0, "next_openid": ""}
    )
    assert reconciled(worker) == {}
    assert "2 of 5 followers were listed" in fault_of(worker)
    assert kept(engine) == office


@pytest.mark.parametrize("status", [500, 502])
def test_a_platform_that_is_down_forgets_nobody(engine, worker, weixin, office, status) -> None:
    weixin.status = status
    assert reconciled(worker) == {}
    assert fault_of(worker)
    assert kept(engine) == office


def test_the_list_alone_forgets_nobody(engine, worker, weixin, office) -> None:
    """Whom WeChat calls a follower when asked by name is kept: one hidden from the list."""
    weixin.change_list = lambda answer: (
        answer
        | {"total": answer["total"] - 1}
        | ({"count": 5, "data": {"openid": weixin.followers[1:]}} if answer["count"] else {})
    )
    assert reconciled(worker) == {}
    assert weixin.asked_by_name == [["o0"]]
    assert kept(engine) == office


def test_another_account_forgets_nobody(engine, worker, weixin) -> None:
    talk(engine, *(f"o{number}" for number in range(21)))
    weixin.followers = ["x", "y"]
    worker.beyond_limit = True
    worker.settings = replace(worker.settings, delete_percent=100)
    assert reconciled(worker) == {}
    assert "none of 21 people known" in fault_of(worker)
    assert weixin.asked_by_name == []


def test_people_of_another_account_are_kept_and_it_is_said(engine, worker, weixin, office) -> None:
    """A small office that changed its account: WeChat does not know them by name either."""
    leave(weixin, "o1", "o2", "o3")
    weixin.known -= {"o2", "o3"}
    assert reconciled(worker) == {"forgotten": 1}
    assert kept(engine) == office - {"o1"}
    assert note_of(engine).startswith("2 people are kept whom the account does not know")


@pytest.mark.parametrize(("left", "forgotten"), [(25, 25), (26, 0)])
def test_too_many_at_once_are_kept(engine, worker, weixin, left, forgotten) -> None:
    people = [f"o{number:03}" for number in range(100)]
    talk(engine, *people)
    weixin.known = {*people}
    weixin.followers = people[left:]
    assert reconciled(worker).get("forgotten", 0) == forgotten
    assert len(kept(engine)) == 100 - forgotten
    assert ("26 of 100 people who left" in note_of(engine)) == (not forgotten)
    if not forgotten:  # an operator lets them go, without waiting for the night
        worker.beyond_limit = True
        worker.settings = replace(worker.settings, delete_percent=100)
        (job,) = (job for job in worker.jobs if job.name == "followers")
        job.last = None
        assert reconciled(worker) == {"forgotten": left}


def test_who_was_seen_since_it_began_is_kept(engine, worker, weixin, office, clock) -> None:
    """Who follows again while the list is on its way, and one who came just before."""
    talk(engine, "just_before", seen_at=NOW - timedelta(minutes=9))
    talk(engine, "long_before", seen_at=NOW - timedelta(minutes=11))
    weixin.known |= {"just_before", "long_before"}
    leave(weixin, "o1", "o2")

    def follows_again(answer):
        clock.pass_(seconds=1)
        with writing(engine) as connection:
            again = update(TALKS).where(TALKS.c.person == "o2").values(seen_at=clock.time)
            connection.execute(again)
        return answer

    weixin.change_list = follows_again
    assert reconciled(worker) == {"forgotten": 2}
    assert kept(engine) == (office - {"o1"}) | {"just_before"}


def test_who_uses_pages_without_following_is_kept(engine, worker, weixin, office) -> None:
    leave(weixin, "o1", "o2", "o3")
    with writing(engine) as connection:
        page_sessions.start(connection, "o1", NOW - timedelta(hours=1))
        page_sessions.start(connection, "o3", NOW - timedelta(hours=13))  # it has ended
        page_sessions.start(connection, "never_talked", NOW - timedelta(hours=1))
    book(engine, "o2", "page")
    assert reconciled(worker) == {"forgotten": 1}
    assert kept(engine) == office - {"o3"}


def test_who_never_talked_is_nobody_to_compare(engine, worker, weixin, office) -> None:
    book(engine, "never_talked", "page")
    assert reconciled(worker) == {}
    with reading(engine) as connection:
        assert connection.scalars(select(APPOINTMENTS.c.person)).all() == ["never_talked"]


def test_without_the_right_it_is_said_and_nothing_else_fails(engine, worker, weixin, office):
    weixin.error = 48001
    assert reconciled(worker) == {}
    assert fault_of(worker) == ""
    assert "用户管理" in note_of(engine)
    assert kept(engine) == office


def test_told_to_stop_it_ends_between_two_pages(engine, worker, weixin, office) -> None:
    weixin.page_of = 1
    leave(weixin, "o1")

    def stop(answer):
        worker.stop()
        return answer

    weixin.change_list = stop
    worker.once()
    assert len(weixin.lists_asked) == 1
    assert kept(engine) == office


AT_NIGHT = NOW.replace(hour=3) + DAY


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, NOW, True),
        (NOW, NOW + timedelta(hours=12), False),  # by day
        (NOW, NOW + timedelta(hours=30) - timedelta(seconds=1), False),
        (NOW, NOW + timedelta(hours=30), True),  # missed the night
        (NOW, AT_NIGHT.replace(hour=1, minute=59), False),
        (NOW, AT_NIGHT.replace(hour=2, minute=0), True),
        (NOW, AT_NIGHT.replace(hour=4, minute=59), True),
        (NOW, AT_NIGHT.replace(hour=5, minute=0), False),
        (AT_NIGHT, AT_NIGHT + timedelta(hours=1), False),  # once a night
        (NOW + DAY, NOW, True),  # the clock was set back
    ],
)
def test_once_a_night(engine: Engine, last: datetime | None, now: datetime, due: bool) -> None:
    if last:
        heartbeats.write(engine, {"followers": Beat(last, "")})
    assert followers.is_due(engine, now, missed_some=False) == due
    assert followers.is_due(engine, now, missed_some=True)


def test_after_an_outage_it_is_soon_and_not_too_often(engine, worker, weixin, office, clock):
    assert reconciled(worker) == {}
    clock.pass_(minutes=1)
    worker.once()
    leave(weixin, "o1")
    clock.pass_(minutes=10)  # nobody wrote anything
    worker.once()
    clock.pass_(minutes=1)
    assert reconciled(worker) == {}  # the list was asked for a moment ago
    asked = len(weixin.lists_asked)
    while clock.time < NOW + followers.PAUSE:
        assert len(weixin.lists_asked) == asked
        clock.pass_(minutes=1)
        found = reconciled(worker)
    assert found == {"forgotten": 1}


def test_of_two_workers_one_asks(engine, worker, settings, weixin, office, clock) -> None:
    another = Worker(settings, engine, clock)
    worker.once()
    asked = len(weixin.lists_asked)
    another.once()
    assert len(weixin.lists_asked) == asked


def test_a_claim_of_a_clock_that_was_ahead_blocks_nothing(engine: Engine, settings: Settings):
    ahead = NOW + 30 * DAY
    assert followers.claim(engine, settings.wechat_appid, ahead)
    assert followers.claim(engine, settings.wechat_appid, NOW)
    assert not followers.claim(engine, settings.wechat_appid, NOW)


def test_a_dry_run_counts_them_and_forgets_nobody(engine, worker, weixin, office) -> None:
    leave(weixin, "o1", "o2")
    assert worker.leavers() == "2"
    assert kept(engine) == office
    weixin.error = 45009
    assert worker.leavers() == "unknown (45009 told to)"


def test_only_a_new_beat_is_written_down(engine, worker, settings, clock: Clock) -> None:
    """Another worker's is younger than what this one did an hour ago."""
    worker.once()
    clock.pass_(hours=1)
    heartbeats.write(engine, {"followers": Beat(clock.time, "")})
    worker.once()
    assert heartbeats.read(engine)["followers"].at == clock.time
