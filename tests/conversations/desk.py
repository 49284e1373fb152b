"""A scripted stand-in for the service: answers the requests of the golden transcripts."""

from datetime import datetime

from dialogs.requests import DeleteMyData, Request, ShowMyData


def desk(request: Request, now: datetime) -> object:
    """What the service would say to each kind of request."""
    del now
    match request:
        case ShowMyData():
            return {"conversation": {}, "replies": []}
        case DeleteMyData():
            return True
    raise LookupError(f"the scripted desk knows no {type(request).__name__}")
