"""What a person can do in the chat, one type each. The channel makes them."""

from dataclasses import dataclass

from dialogs.requests import Request


@dataclass(frozen=True, slots=True)
class Said:
    """A text message; `tap` is the id carried by a tapped answer, None when typed."""

    text: str
    tap: str | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """Followed the account, possibly through a QR scene."""

    scene: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is no text: image, voice, video, shortvideo, location, link, file, unknown."""

    kind: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A button of the account's menu, or a scanned scene, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The service's result for a request that the conversation made before."""

    request: Request[object]
    value: object


Utterance = Said | Followed | Sent | Chosen | Outcome
