import pytest

from bot.wechat.message import message_from, utterance_of
from bot.wechat.xml import Tree, UnreadableError
from dialogs.utterance import Chosen, Followed, Said, Sent, Utterance

COMMON: Tree = {"ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": "1"}


def tree(kind: str, **fields: str) -> Tree:
    return COMMON | {"MsgType": kind, "MsgId": "7"} | fields


def event(name: str, **fields: str | Tree) -> Tree:
    return COMMON | {"MsgType": "event", "Event": name} | fields


def said(data: Tree) -> Utterance | None:
    return utterance_of(message_from(data))


@pytest.mark.parametrize(
    ("data", "utterance"),
    [
        (tree("text", Content="大专"), Said("大专")),
        (tree("text", Content="大专", bizmsgmenuid="education.1.x"), Said("大专", "education.1.x")),
        (tree("text"), Said("")),
        (tree("TEXT", Content="a"), Said("a")),
        (tree("image", PicUrl="http://x", MediaId="m"), Sent("image")),
        (tree("voice", Recognition=""), Sent("voice")),
        (tree("video"), Sent("video")),
        (tree("shortvideo"), Sent("shortvideo")),
        (tree("link", Url="http://x"), Sent("link")),
        (tree("file", Title="a.pdf"), Sent("file")),
        (tree("hologram"), Sent("hologram")),
        (
            tree("location", Location_X="28.15", Location_Y="120.69"),
            Sent("location", 28.15, 120.69),
        ),
        (tree("location", Location_X="nan", Location_Y="120.69"), Sent("location")),
        (tree("location", Location_X="91", Location_Y="120.69"), Sent("location")),
        (tree("location"), Sent("location")),
        (event("subscribe"), Followed()),
        (event("subscribe", EventKey=""), Followed()),
        (event("subscribe", EventKey="qrscene_window7"), Followed("window7")),
        (event("SCAN", EventKey="window7"), Chosen("window7")),
        (event("CLICK", EventKey="result"), Chosen("result")),
        (event("VIEW", EventKey="https://x"), None),
        (event("LOCATION", Latitude="28"), None),
        (event("TEMPLATESENDJOBFINISH"), None),
        (event("scancode_waitmsg", EventKey="a"), None),
        (event("unheard_of"), None),
    ],
)
def test_what_a_message_means(data: Tree, utterance: Utterance | None) -> None:
    assert said(data) == utterance


@pytest.mark.parametrize("missing", ["FromUserName", "ToUserName", "MsgType"])
def test_a_message_without_its_parties_is_unreadable(missing: str) -> None:
    data = tree("text", Content="a")
    del data[missing]
    with pytest.raises(UnreadableError, match=missing):
        message_from(data)


def test_a_name_of_another_shape_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="FromUserName"):
        message_from(tree("text") | {"FromUserName": {"A": "1"}})
    with pytest.raises(UnreadableError, match="FromUserName"):
        message_from(tree("text") | {"FromUserName": "o" * 129})


def test_an_authorization_is_withdrawn_by_the_person_in_openid() -> None:
    data = event("user_authorization_cancellation", OpenID="o2", FromUserName="o1")
    assert message_from(data).person == "o2"


def identity(data: Tree) -> str:
    return message_from(data).identity


def test_deliveries_of_a_message_share_its_identity() -> None:
    assert identity(tree("text", Content="a")) == identity(tree("text", Content="a"))
    assert identity(tree("text")) == identity(tree("text", CreateTime="2"))


def test_a_number_seen_with_another_person_is_another_message() -> None:
    assert identity(tree("text")) != identity(tree("text", FromUserName="o2"))


def test_two_events_in_one_second_are_two() -> None:
    assert identity(event("CLICK", EventKey="a")) == identity(event("CLICK", EventKey="a"))
    assert identity(event("CLICK", EventKey="a")) != identity(event("CLICK", EventKey="b"))
    assert identity(event("CLICK", EventKey="a")) != identity(event("VIEW", EventKey="a"))


@pytest.mark.parametrize("kind", ["TEMPLATESENDJOBFINISH", "subscribe_msg_sent_event"])
def test_reports_on_two_notices_in_one_second_are_two(kind: str) -> None:
    assert identity(event(kind, MsgID="1")) == identity(event(kind, MsgID="1"))
    assert identity(event(kind, MsgID="1")) != identity(event(kind, MsgID="2"))
    first, second = ({"List": {"MsgID": number}} for number in "12")
    assert identity(event(kind, X=first)) != identity(event(kind, X=second))


def test_without_a_number_the_content_stands_for_the_message() -> None:
    first, second = tree("text", Content="a"), tree("text", Content="b")
    del first["MsgId"], second["MsgId"]
    assert identity(first) == identity(dict(reversed(first.items())))
    assert identity(first) != identity(second)
