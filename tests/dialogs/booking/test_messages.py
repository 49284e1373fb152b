"""What people write when they want something of the window: labelled sets (`messages.yaml`)."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.booking.protocol import DayOffer
from dialogs.conversation import Conversation
from dialogs.data import parse
from tests.dialogs.booking.phone import Phone
from tests.dialogs.booking.scripted import NOW

SETS = parse(Path(__file__).with_name("messages.yaml").read_text("utf-8"))
BEFORE = {
    "start": [],
    "home": ["同意"],
    "have": ["同意", "预约", "瓯北", "周四", "9点", "1", "1", "知道了"],
    "place": ["同意", "预约"],
    "day": ["同意", "预约", "瓯北"],
    "time": ["同意", "预约", "瓯北", "周四"],
}
KINDS = {"appointment": "show", "cancel_appointment": "cancel", "book_sites": "where"}
WORKED = [NOW.date() + timedelta(days=ahead) for ahead in range(1, 22)]


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places everywhere, on every day but Sundays."""
    days = {day: 5 for day in WORKED if day.weekday() < 6}
    monkeypatch.setattr("tests.dialogs.booking.scripted.DAYS", days)
    monkeypatch.setattr(
        "tests.dialogs.booking.scripted.ScriptedDesk._days",
        lambda self, site: tuple(DayOffer(day, free) for day, free in days.items()),
    )


def reached(phone: Phone, before: Conversation) -> str:
    """What the message led to, in the words of the labels."""
    flow, state = phone.at, phone.conversation.top.state
    if phone.conversation.facts != before.facts:
        return "facts"
    if phone.conversation.misses > before.misses:
        return "none"
    if flow == "book" and state.get("among"):
        return "among"
    if flow.startswith("book") and flow != "book_sites":
        return "change" if state.get("moving") else "book"
    return KINDS.get(flow, "none")


def matches(row: dict[str, object], state: dict[str, object]) -> bool:
    """Whether place, day and time are as labelled, as far as they are."""
    starts = str(state.get("starts_at", ""))
    time = str(row.get("time", ""))
    day = state.get("day") or starts[:10]
    clock = f"{int(starts[11:13])}:{starts[14:16]}" if starts else ""
    half = state.get("half") or {"上午": "am", "下午": "pm"}.get(str(state.get("at")), "")
    first = f"from {state.get('week')}"
    return (
        row.get("place") in (None, state.get("site"))
        and (row["goes"] == "where" or str(row.get("day", day)) == str(day))
        and (not time or time in (half, clock, first))
    )


@pytest.mark.parametrize(
    "row", [row for rows in SETS.values() for row in rows], ids=lambda row: row["say"]
)
def test_a_message_leads_there(row, roomy):
    phone = Phone(consented=False)
    for text in BEFORE[row["at"]]:
        phone.say(text)
    before = phone.conversation
    phone.say(row["say"])
    if any(choice.key == "book" for choice in phone.reply.choices):
        phone.tap("同意，去预约")
    goes = row["goes"] if isinstance(row["goes"], list) else [row["goes"]]
    assert reached(phone, before) in goes
    assert matches(row, phone.conversation.top.state)
