"""The platform reports who agreed through the real callback; the chat asks who did not."""

import pytest

from bot.database import reading, writing
from bot.outbox import consent
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.booking.desk import NINE, make_slot
from tests.bot.outbox.conftest import TEMPLATE
from tests.bot.setting_up import NOW, service_for, settings_for
from tests.bot.wechat.platform import ACCOUNT, MODES, Platform

LINK = "https://jf.example.cn/appointments/notices"


@pytest.fixture
def serve(tmp_path, url):
    def make(how="one_time"):
        notices = tmp_path / "notices.yaml"
        notices.write_text(f"consent: {how}\ntemplates: {{appointment: {{id: {TEMPLATE}}}}}\n")
        app = service_for(settings_for(tmp_path, database_url=url, notices=notices))
        service = app.extensions["xinshimin"]
        return service, Platform(app.test_client(), service.settings, int(NOW.timestamp()))

    return make


def popup(*answers, second=0, event="subscribe_msg_popup_event"):
    entries = "".join(
        f"<List><TemplateId><![CDATA[{template}]]></TemplateId><SubscribeStatusString>"
        f"<![CDATA[{status}]]></SubscribeStatusString><PopupScene>1</PopupScene></List>"
        for template, status in answers
    )
    return (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[anna]]>"
        f"</FromUserName><CreateTime>{int(NOW.timestamp()) + second}</CreateTime>"
        f"<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{event}]]></Event><SubscribeMsgPopupEvent>{entries}"
        "</SubscribeMsgPopupEvent></xml>"
    )


def left(service, template=TEMPLATE):
    with reading(service.engine) as connection:
        return consent.left(connection, "anna", template)


@pytest.mark.parametrize("mode", MODES)
def test_a_yes_delivered_three_times_counts_once(serve, mode):
    service, platform = serve()
    for _ in range(3):
        assert platform.post(popup((TEMPLATE, "accept")), mode).data == b"success"
    assert left(service) == 1
    platform.post(popup((TEMPLATE, "accept"), second=1), mode)
    assert left(service) == 2


def test_one_yes_that_lasts(serve):
    service, platform = serve("long_term")
    for second in range(2):
        platform.post(popup((TEMPLATE, "accept"), second=second))
    assert left(service) is None


def test_of_other_templates_and_strange_answers_nothing_is_kept(serve):
    service, platform = serve()
    platform.post(popup(("OTHER", "accept"), (TEMPLATE, "accept"), ("THIRD", "reject")))
    platform.post(popup((TEMPLATE, "whatever"), second=1))
    with reading(service.engine) as connection:
        assert consent.show(connection, "anna") == {
            "agreed": [{"template": TEMPLATE, "left": 1, "at": NOW.isoformat()}],
            "refused": [],
        }


@pytest.mark.parametrize("event", ["subscribe_msg_popup_event", "subscribe_msg_change_event"])
def test_a_no_ends_it(serve, event):
    service, platform = serve()
    platform.post(popup((TEMPLATE, "accept")))
    platform.post(popup((TEMPLATE, "reject"), second=1, event=event))
    assert left(service) == 0
    with reading(service.engine) as connection:
        assert consent.refused(connection, "anna", TEMPLATE)


def test_switching_on_in_the_settings_gives_no_leave_to_send(serve):
    service, platform = serve()
    platform.post(popup((TEMPLATE, "reject")))
    platform.post(popup((TEMPLATE, "accept"), second=1, event="subscribe_msg_change_event"))
    assert left(service) == 0
    with reading(service.engine) as connection:
        assert not consent.refused(connection, "anna", TEMPLATE)


def test_where_nobody_is_asked_only_a_no_is_kept(serve):
    service, platform = serve("category")
    platform.post(popup((TEMPLATE, "accept")))
    assert left(service) == 0
    platform.post(popup((TEMPLATE, "reject"), second=1))
    with reading(service.engine) as connection:
        assert consent.refused(connection, "anna", TEMPLATE)
    platform.post(popup((TEMPLATE, "accept"), second=2))
    with reading(service.engine) as connection:
        assert consent.show(connection, "anna") is None


def booked(service, *, how="要提醒"):
    with writing(service.engine) as connection:
        make_slot(connection, NINE)
    said = [Followed(), *map(Said, ("1", "退出", "预约", "瓯北", "明天", "9点", "1", how))]
    return [
        take_turn(service, "anna", f"m{number}", utterance, NOW)
        for number, utterance in enumerate(said)
    ][-1]


@pytest.mark.parametrize(("how", "linked"), [("one_time", 1), ("long_term", 1), ("category", 0)])
def test_after_a_booking_with_reminders_the_chat_leads_to_the_dialogue(serve, how, linked):
    service, _ = serve(how)
    assert booked(service).count(LINK) == linked


def test_the_chat_does_not_ask_who_agreed_or_wants_no_reminders(serve):
    service, platform = serve("long_term")
    assert LINK not in booked(service, how="不用提醒")
    with writing(service.engine) as connection:
        consent.forget(connection, "anna")
    platform.post(popup((TEMPLATE, "accept")))
    reply = [
        take_turn(service, "anna", f"n{number}", Said(text), NOW)
        for number, text in enumerate(("取消预约", "是的"))
    ][-1]
    assert "取消了" in reply
    with writing(service.engine) as connection:
        make_slot(connection, NINE.replace(hour=11))
    for number, text in enumerate(("预约", "瓯北", "明天", "11点", "1", "要提醒")):
        reply = take_turn(service, "anna", f"o{number}", Said(text), NOW)
    assert "约好了" in reply
    assert LINK not in reply
