"""All forms of the console, found by a program: what is refused keeps what was typed, and nothing
is said to be done to what does not exist."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.booking import changes, counter
from bot.booking.calendar import Closure, ExtraDay, Hours
from bot.booking.tables import appointments
from bot.database import writing
from bot.models.alias import TopicAlias
from bot.models.notice import DELIVERED
from bot.outbox.posting import notices
from bot.sealing.column import sealing
from tests.bot.setting_up import NOW
from tests.bot.staff.forms import Form, forms_of
from tests.bot.staff.office import TODAY, Office, slots_of_today, text
from tests.bot.staff.test_review import ME, arrive
from tests.bot.talks import not_understood
from tests.bot.web import Browser, talked

SITE = "/staff/sites/oubei"
HOURS = {"opens": "10:00", "closes": "10:00", "slot_minutes": "20", "capacity": "3",
         "walk_in_percent": "10", "window": "7"}  # fmt: skip

# What a person fills in and is refused, by the form's address and kind.
REFUSED: dict[tuple[str, str], dict[str, str]] = {
    (f"{SITE}/check-in", ""): {"code": "000000"},
    (f"{SITE}/find", ""): {"who": "没有这个人"},
    (f"{SITE}/book", ""): {"name": "陈七", "phone": "abc", "purpose": "review", "here": "1"},
    (f"{SITE}/appointments/2/move", ""): {"slot": "FULL"},
    (f"{SITE}/appointments/1/review", ""): {
        "fact-birth_date": "三十岁", "result-birth_date": "changed",
        "reason-birth_date": "看错了", "papers-birth_date": "身份证",
        "fact-residence_months": "很久",
    },
    ("/staff/hours/preview", "oubei add_weekly"): HOURS | {
        "weekday": "3", "starts_on": "2026-12-01", "ends_on": "2026-12-31", "every_weeks": "2",
    },
    ("/staff/hours/preview", "oubei end_weekly"): {"id": "2", "last_day": ""},
    ("/staff/hours/preview", "oubei add_closure"): {
        "first_day": "2026-12-01", "last_day": "2026-12-02", "opens": "09:00", "closes": "10:00",
        "window": "9", "reason": "停电",
    },
    ("/staff/hours/preview", "oubei add_extra_day"): HOURS | {"day": "2026-12-06"},
    ("/staff/hours/preview", "oubei set_reach"): {"lead_minutes": "-1", "horizon_days": "77"},
    ("/staff/hours/preview", "add_closure"): {
        "first_day": "2026-12-01", "last_day": "2026-11-02", "reason": "停电",
        "weekday": "5", "of_month": "-1",
    },
    ("/staff/hours/preview", "set_holiday"): {"day": "2026-12-07", "name": " ", "working": "1"},
    ("/staff/hours/oubei/details", ""): {
        "address": "一号", "telephone": "66", "latitude": "north", "longitude": "120.5",
    },
    ("/staff/hours/preview", "set_week"): {
        "at": "oubei", "window": "1", "new_windows": "九、十", "starts_on": "2026-12-01",
        "slot_minutes": "3", "capacity": "4", "walk_in_percent": "10", "morning_opens-1": "10:00",
        "morning_closes-1": "09:00", "afternoon_opens-3": "15:00", "afternoon_closes-3": "16:00",
        **{f"same-{day}": "1" for day in (2, 7)},
        **{f"{part}_{end}-{day}": "" for day in range(1, 8) for part in ("morning", "afternoon")
           for end in ("opens", "closes") if (part, day) not in (("morning", 1), ("afternoon", 3))},
    },
    (f"{SITE}/today/preview", ""): {"reason": "停电", "closes": "01:00", "window": ""},
    ("/staff/accounts", ""): {"account": "N", "name": "新人", "role": "county", "site": ""},
    ("/staff/accounts/1/role", ""): {"role": "window", "site": ""},
}  # fmt: skip
KEEPS_NOTHING = {
    ("/staff/password", ""): "passwords",
    ("/staff/unmatched/teach", ""): "a choice among topics that exist, or none",
    (f"{SITE}/appointments/2/call-off", ""): "is refused without a reason only",
}
# Fields that name something: what to send instead so that it does not exist.
UNKNOWN = {
    "holder": "nobody", "id": "2147483647", "role": "nothing", "site": "nowhere",
    "slot": "2147483647", "text": "没有这句话", "topic": "nothing", "purpose": "nothing",
    "window": "九十九", "code": "000000", "to": "nothing",
}  # fmt: skip
# Hidden fields and buttons that name nothing, or only where one goes afterwards.
NEUTRAL = {"csrf_token", "kind", "from", "version", "active", "send", "state", "group",
           "first", "last", "day", "year", "pause", ""}  # fmt: skip


@pytest.fixture
def busy(office: Office, booked: list[int]) -> Office:
    """An office with something of everything."""
    engine, tomorrow = office.service.engine, TODAY + timedelta(days=1)
    talked(office.service, ME)
    arrive(office, booked[0])
    with writing(engine) as connection:
        connection.execute(
            update(appointments).where(appointments.c.id == booked[0]).values(person=ME)
        )
        hours = Hours(NOW.time(), NOW.replace(hour=12).time(), "2", 30, 4, 0)
        for change in (
            changes.AddExtraDay("oubei", ExtraDay(tomorrow + timedelta(days=5), hours)),
            changes.AddClosure(None, Closure(tomorrow, tomorrow), "停电"),
            changes.AddClosure("oubei", Closure(tomorrow, tomorrow), "停电"),
        ):
            changes.apply(connection, change, NOW)
        hit = slots_of_today(office)[1].id
        connection.execute(
            update(counter.slots).where(counter.slots.c.id == hit).values(open=False)
        )
        told = {"key": "x", "person": ME, "kind": "closed", "appointment": booked[1], "words": {}}
        told |= {"state": DELIVERED, "due_at": NOW, "created_at": NOW}
        connection.execute(insert(notices).values(sealing(notices, told)))
        not_understood(connection, "打呼噜")
        taught = {"text": "教过", "topic": "permit_needed", "account": "boss", "added_at": NOW}
        connection.execute(insert(TopicAlias).values(taught))
    office.browser("clerk").get(SITE)
    return office


def all_forms(browser: Browser) -> Iterator[Form]:
    """Every form of the console that changes something, each kind once."""
    pages = [
        *(
            SITE,
            f"{SITE}/appointments/1",
            f"{SITE}/appointments/2",
            f"{SITE}/appointments/1/review",
        ),
        *(
            f"{SITE}/today",
            "/staff/hours/week",
            "/staff/hours",
            "/staff/hours/oubei",
            "/staff/affected",
            "/staff/unmatched",
        ),
        *("/staff/accounts", "/staff/accounts/1", "/staff/reports", "/staff/password"),
    ]
    found: dict[tuple[str, ...], Form] = {}
    for page in pages:
        for form in forms_of(browser.get(page)):
            if form.method == "post" and not form.action.endswith("/sign-out"):
                found.setdefault((*key(form), *map(str, form.buttons)), form)
    return iter(found.values())


def key(form: Form) -> tuple[str, str]:
    return form.action, f"{form.value('from')} {form.value('kind')}".strip()


def test_whatever_was_typed_outlives_a_refusal(busy: Office) -> None:
    browser = busy.browser("boss")
    forms = {key(form): form for form in all_forms(browser) if form.typed}
    assert forms.keys() == REFUSED.keys() | KEEPS_NOTHING.keys()
    full = slots_of_today(busy)[-1].id
    with writing(busy.service.engine) as connection:
        fill = update(counter.slots).where(counter.slots.c.id == full)
        connection.execute(fill.values(taken=4))
    for (action, kind), typed in REFUSED.items():
        sent = dict(forms[action, kind].fields)
        sent |= {name: value.replace("FULL", str(full)) for name, value in typed.items()}
        answer = browser.post(action, sent)
        if answer.status_code == 302:
            answer = browser.get(answer.location)
        again = [one for one in forms_of(answer) if one.typed and key(one) == (action, kind)]
        assert again, (action, kind)
        for name, value in typed.items():
            expected = "" if value == "FULL" else value  # which is asked again, not replaced
            assert any(form.has(name, expected) for form in again), (action, kind, name, again)


def done(browser: Browser, path: str, sent: Any) -> bool:
    """Whether the console says that something was done."""
    answer = browser.post(path, sent)
    if answer.status_code == 302:
        answer = browser.get(answer.location)
    return '<div class="box" role="status">' in text(answer)


def wrong(form: Form) -> Iterator[tuple[str, dict[str, str]]]:
    """The form as it stands, with one thing after the other that does not exist."""
    sent = dict(form.fields)
    for path, name, value in form.buttons:
        tap = sent | {name: value}
        assert name in NEUTRAL | UNKNOWN.keys(), (form.action, name)
        for part, other in (("oubei", "nowhere"), ("/1", "/2147483647"), ("/2", "/2147483647")):
            if part in path:
                yield path.replace(part, other), tap
        for field in UNKNOWN.keys() & tap.keys():
            yield path, tap | {field: UNKNOWN[field]}


def test_nothing_is_done_to_what_does_not_exist(busy: Office) -> None:
    browser = busy.browser("boss")
    forms = list(all_forms(browser))
    hidden = {name for form in forms for name, _ in form.fields if name not in form.typed}
    assert hidden <= NEUTRAL | UNKNOWN.keys()
    tried = 0
    for form in forms:
        if form.value("kind") == "remove_holiday":
            form.fields = [(n, "2031-01-01" if n == "day" else v) for n, v in form.fields]
            form.buttons = [("/staff/hours/apply", "", "")]
            assert not done(browser, "/staff/hours/apply", dict(form.fields)), form
        typed = REFUSED.get(key(form), {})
        if key(form)[1] == "oubei add_closure":
            form.fields = list((dict(form.fields) | typed).items())
        for path, sent in wrong(form):
            for there in {path, path.replace("/preview", "/apply")}:
                assert not done(browser, there, sent), (there, sent)
                tried += 1
    assert tried > 60


def test_nobody_is_settled_where_nobody_was_told(office: Office, booked: list[int]) -> None:
    browser = office.browser("desk")
    browser.get(SITE)
    assert not done(browser, "/staff/affected/settle-told", {})


def test_a_closed_window_is_one_of_the_site(office: Office, booked: list[int]) -> None:
    close = {"kind": "add_closure", "from": "oubei", "first_day": str(TODAY), "reason": "停电"}
    browser = office.browser("desk")
    browser.get(SITE)
    for site, name, there in (("oubei", "1", True), ("oubei", "9", False), ("", "9", False)):
        fields = close | {"site": site, "window": name}
        assert ("没有这个窗口" in text(browser.post("/staff/hours/preview", fields))) != there
        assert done(browser, "/staff/hours/apply", fields) == there
    assert len(office.trail("add_closure")) == 1
