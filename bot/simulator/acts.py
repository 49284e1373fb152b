"""What can be done with the phone: what its chat shows, and the message WeChat makes of it."""

import secrets
from collections.abc import Mapping
from typing import Any

# The county's seat, for the location button.
LATITUDE, LONGITUDE = "28.153600", "120.690200"
LONGEST = 600  # characters; the real input box takes no more

Act = tuple[dict[str, Any] | None, dict[str, str]]


def act_from(form: Mapping[str, str]) -> Act | None:
    """What the form did, as (bubble to show, fields of the message); None if it did nothing.

    `tap` is "id|text" of a tapped answer, `press` a key of the menu, `text` what was typed, and
    `send` an image, a voice message or a location.
    """
    if tap := form.get("tap"):
        number, _, content = tap.partition("|")
        return {"text": content}, {"MsgType": "text", "Content": content, "bizmsgmenuid": number}
    if press := form.get("press"):
        return None, {"MsgType": "event", "Event": "CLICK", "EventKey": press}
    if text := form.get("text", "").strip()[:LONGEST]:
        return {"text": text}, {"MsgType": "text", "Content": text}
    return _thing(form.get("send", ""))


def followed() -> dict[str, str]:
    """The event of following the account."""
    return {"MsgType": "event", "Event": "subscribe", "EventKey": ""}


def left() -> dict[str, str]:
    """The event of no longer following it."""
    return {"MsgType": "event", "Event": "unsubscribe", "EventKey": ""}


def answered(template: str, status: str) -> dict[str, Any]:
    """The event of having answered the dialogue about notices."""
    entry = {"TemplateId": template, "SubscribeStatusString": status, "PopupScene": "1"}
    popup = {"SubscribeMsgPopupEvent": {"List": entry}}
    return {"MsgType": "event", "Event": "subscribe_msg_popup_event"} | popup


def _thing(kind: str) -> Act | None:
    media = secrets.token_hex(8)
    match kind:
        case "image":
            address = f"http://mmbiz.qpic.cn/demo/{media}"
            return {"send": kind}, {"MsgType": kind, "PicUrl": address, "MediaId": media}
        case "voice":
            fields = {"MsgType": kind, "MediaId": media, "Format": "amr", "Recognition": ""}
            return {"send": kind}, fields
        case "location":
            place = {"Location_X": LATITUDE, "Location_Y": LONGITUDE, "Scale": "16", "Label": ""}
            return {"send": kind}, {"MsgType": kind} | place
    return None
