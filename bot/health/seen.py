"""What the service sees of a request that came through the proxy, told to `xinshimin doctor` alone:
it proves itself with a key made from `SECRET_KEY`, good for a minute."""

from typing import Self

from flask import Request
from itsdangerous import BadSignature, TimestampSigner
from pydantic import BaseModel

HEADER = "X-Doctor"
SECONDS = 60
PURPOSE = "doctor"


class Seen(BaseModel):
    """`forwarded` and `started`: the headers X-Forwarded-For and X-Request-Start as they came;
    the rest is what the service makes of them."""

    address: str
    scheme: str
    host: str
    forwarded: str
    started: str

    @classmethod
    def of(cls, request: Request) -> Self:
        """As a page would take it."""
        return cls(
            address=request.remote_addr or "",
            scheme=request.scheme,
            host=request.host,
            forwarded=request.headers.get("X-Forwarded-For", ""),
            started=request.headers.get("X-Request-Start", ""),
        )


def proof(secret_key: str) -> dict[str, str]:
    """The header of one who knows the key."""
    return {HEADER: _signer(secret_key).sign(PURPOSE).decode()}


def is_proven(request: Request, secret_key: str) -> bool:
    """Whether the request has it."""
    try:
        told = _signer(secret_key).unsign(request.headers.get(HEADER, ""), max_age=SECONDS)
    except BadSignature:
        return False
    return told == PURPOSE.encode()


def read(body: bytes) -> Seen:
    """The answer. Raises ValueError where it is none."""
    return Seen.model_validate_json(body)


def _signer(secret_key: str) -> TimestampSigner:
    return TimestampSigner(secret_key, salt="doctor")
