"""What is said of the last click stays in its room: a clerk may be a citizen, in one browser."""

import pytest

from tests.bot import web
from tests.bot.staff.office import DAY, Office, text

OWN = ("done", ("moved", {"way": "subscribe"}))
A_CITIZENS = ("message", "often")


@pytest.mark.parametrize(
    ("path", "said", "unsaid"),
    [(DAY, "正在发微信通知", "歇几分钟"), ("/appointments", "歇几分钟", "正在发微信通知")],
)
def test_each_room_says_what_is_its_own(office: Office, path: str, said: str, unsaid: str) -> None:
    browser = office.browser("clerk") if path == DAY else web.signed_in(office.app, "oClerk")
    with browser.client.session_transaction(base_url=web.ROOT) as session:
        session["_flashes"] = [OWN, A_CITIZENS]
    page = text(browser.get(path))
    assert said in page
    assert unsaid not in page
