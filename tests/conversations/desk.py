"""A scripted stand-in for the service: answers the requests of talks in the tests."""

from datetime import datetime

from dialogs.requests import DeleteMyData, Request, ShowMyData, WithdrawSensitive
from tests.dialogs.booking.scripted import ScriptedDesk


class Desk:
    """What the service would say to each kind of request."""

    def __init__(self) -> None:
        self.booking = ScriptedDesk()

    def __call__(self, request: Request[object], now: datetime) -> object:
        self.booking.now = now
        match request:
            case ShowMyData():
                return {"conversation": {}, "replies": ["…"]}
            case DeleteMyData():
                self.booking = ScriptedDesk()
                return True
            case WithdrawSensitive():
                return True
        return self.booking(request)
