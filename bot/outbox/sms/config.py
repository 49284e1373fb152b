"""The part `sms` of notices.yaml: which adapter, and how the office's gateway is spoken to."""

from string import Formatter
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, model_validator

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
SECRET = "secret"  # noqa: S105 - the name of a blank
BLANKS = frozenset({SECRET, "phone", "text", "key", "site", "when", "code", "until", "reason"})


class Sms(BaseModel):
    """How SMS goes out. `http` posts `body` with its blanks filled to `url`; the message was taken
    where the answer has the values of `success`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    adapter: Literal["log", "http"] = "log"
    url: str = ""
    encoding: Literal["json", "form"] = "json"
    headers: dict[str, str] = {}
    body: dict[str, str] = {}
    success: dict[str, str] = {}
    receipt: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether a telephone is really reached."""
        return self.adapter == "http"

    @property
    def asks_secret(self) -> bool:
        """Whether a blank is the secret of the environment."""
        return any(SECRET in _blanks(text) for text in self._texts())

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for text in self._texts():
            for blank in _blanks(text):
                if blank not in BLANKS:
                    raise ValueError(f"sms: {{{blank}}} is none of {', '.join(sorted(BLANKS))}")
        if self.is_sent:
            self._demand_address()
            self._demand_blanks()
        return self

    def _demand_address(self) -> None:
        address = urlsplit(self.url)
        safe = address.scheme == "https" or address.hostname in HERE
        if not (safe and address.scheme in ("https", "http") and address.hostname):
            raise ValueError("sms: url must begin with https://, telephones go over it")

    def _demand_blanks(self) -> None:
        filled = {blank for text in self.body.values() for blank in _blanks(text)}
        if not {"phone", "text"} <= filled:
            raise ValueError("sms: body must have {phone} and {text}")
        if not self.success:
            raise ValueError(
                "sms: success must say by which field a message that was taken is known"
            )

    def _texts(self) -> tuple[str, ...]:
        return (*self.headers.values(), *self.body.values())


def _blanks(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
