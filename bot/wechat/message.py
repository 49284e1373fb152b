"""A message or event of the platform, and what it means to the conversation."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from operator import itemgetter

from bot.wechat.xml import Tree, UnreadableError
from dialogs.utterance import Chosen, Followed, Said, Sent, Utterance

LONGEST_ID = 128
LONGEST_TEXT = 2000
QR_PREFIX = "qrscene_"
# Before keys of our buttons and scenes of our codes, in an account that has others too.
OURS = "xinshimin."
# Withdrawing the authorization names the person in `OpenID`, not in FromUserName.
WITHDRAWALS = frozenset({"user_authorization_revoke", "user_authorization_cancellation"})
LEAVING = frozenset({"unsubscribe"}) | WITHDRAWALS
# What became of notices: several in one second differ in nothing but their content.
REPORTS = frozenset(
    {
        "templatesendjobfinish",
        "subscribe_msg_sent_event",
        "subscribe_msg_popup_event",
        "subscribe_msg_change_event",
    }
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message: who wrote to which account, and the rest as the platform sent it.

    `kind` and `event` are in small letters; `event` is "" unless `kind` is "event".
    `identity` is the same for every delivery of this message, and of no other.
    """

    person: str
    account: str
    kind: str
    event: str
    identity: str
    data: Tree

    @property
    def key(self) -> str:
        """Of a button, or the scene of a code; the address of a button that opens one."""
        return self.text("EventKey")

    def text(self, name: str) -> str:
        """A child that is plain text; "" if absent or of another shape."""
        value = self.data.get(name, "")
        return value if isinstance(value, str) else ""


def message_from(data: Tree) -> Message:
    """The message in a body that was read.

    Raises:
        UnreadableError: it does not say who wrote, to whom, or what kind of message it is.
    """
    names = ("FromUserName", "ToUserName", "MsgType")
    person, account, kind = (_required(data, name) for name in names)
    kind = kind.lower()
    event = _required(data, "Event").lower() if kind == "event" else ""
    identity = _identity(data, person, event)
    if event in WITHDRAWALS and "OpenID" in data:
        person = _required(data, "OpenID")
    return Message(person, account, kind, event, identity, data)


def written(message: Message, now: datetime) -> datetime:
    """When the person wrote it, by WeChat's clock; `now` where it does not say."""
    try:
        return datetime.fromtimestamp(int(message.text("CreateTime")), UTC)
    except (ValueError, OverflowError, OSError):
        return now


def utterance_of(message: Message) -> Utterance | None:
    """What the person did, or None for events that say nothing to the conversation."""
    match message.kind, message.event:
        case "text", _:
            tap = message.text("bizmsgmenuid") or None
            return Said(message.text("Content")[:LONGEST_TEXT], tap)
        case "event", "subscribe":
            return Followed(message.key.removeprefix(QR_PREFIX).removeprefix(OURS) or None)
        case "event", "click" | "scan":
            return Chosen(message.key.removeprefix(OURS))
        case "event", _:
            return None
        case "location", _:
            return _location(message)
    return Sent(message.kind)


def _required(data: Tree, name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID:
        raise UnreadableError(f"{name} is missing or no identifier")
    return value


def _identity(data: Tree, person: str, event: str) -> str:
    """MsgId alone has repeated across users; events have none, and one person can cause two in a
    second. Where the platform's own keys are missing, the whole content stands for itself."""
    number, created = data.get("MsgId"), data.get("CreateTime")
    parts: list[object]
    if event and created and event not in REPORTS:
        parts = ["event", created, data.get("Event"), data.get("EventKey")]
    elif number and not event:
        parts = ["message", number]
    else:
        parts = ["content", sorted(data.items(), key=itemgetter(0))]
    return blake2b(repr((person, *parts)).encode(), digest_size=16).hexdigest()


def _location(message: Message) -> Sent:
    """Location_X is the latitude. Nonsense is a location without a place."""
    try:
        latitude, longitude = (float(message.text(f"Location_{axis}")) for axis in "XY")
    except ValueError:
        return Sent("location")
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return Sent("location")
    if abs(latitude) > 90 or abs(longitude) > 180:  # degrees
        return Sent("location")
    return Sent("location", latitude, longitude)
