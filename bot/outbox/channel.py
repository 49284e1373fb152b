"""The two ways out to WeChat: notices, and customer-service messages."""

from typing import Any

from bot.outbox.answers import Answer, Impossible, Later, Refused, Sent, Unsure
from bot.outbox.wording import CATEGORY, Notices
from bot.wechat.client import (
    FIELD_ERROR,
    IP_NOT_LISTED,
    NO_RIGHT,
    NO_SUCH_PERSON,
    QUOTA_ERRORS,
    REFUSED_ERRORS,
    TOKEN_ERRORS,
    WINDOW_ERRORS,
    ApiError,
    Client,
    UnreachableError,
)

FOR_ALL = QUOTA_ERRORS | {IP_NOT_LISTED}  # the next notice would fail the same way
FOR_EVER = frozenset({FIELD_ERROR, NO_SUCH_PERSON})  # this one would fail the same way


class _Account:
    """A way that needs the account's token."""

    repeatable: bool

    def __init__(self, client: Client, wording: Notices, page_root: str) -> None:
        self._client = client
        self._wording = wording
        self._page_root = page_root
        self._token = ""
        self._bad = ""  # a token the platform refused; "" once one was good again

    def prepare(self) -> Later | None:
        """Have a token, so that the next `send` goes out at once."""
        try:
            self._token = self._client.token(instead_of=self._bad)
        except (UnreachableError, ApiError) as error:
            return Later(str(error), all=True)
        return None

    def send(self, key: str, to: str, kind: str, words: dict[str, str]) -> Answer:
        """Send one notice; `key` lets the platform swallow a second of the same, where it can."""
        endpoint, body = self._message(key, to, kind, words)
        try:
            answer = self._client.ask(self._token, endpoint, body)
        except UnreachableError as error:
            maybe_out = error.left and not self.repeatable
            return Unsure(str(error)) if maybe_out else Later(str(error), all=True)
        except ApiError as error:
            return self._meaning(error)
        self._bad = ""
        return Sent(str(answer.get("msgid", "")))

    def _meaning(self, error: ApiError) -> Answer:
        if error.code in TOKEN_ERRORS:
            first, self._bad = not self._bad, self._token
            return Later(str(error), all=True, at_once=first)
        self._bad = ""
        return self._of_this_one(error)

    def _of_this_one(self, error: ApiError) -> Answer:
        if error.code in FOR_EVER:
            return Impossible(str(error))
        return Later(str(error), all=error.code in FOR_ALL)  # busy, or a fault of the account's

    def _message(
        self, key: str, to: str, kind: str, words: dict[str, str]
    ) -> tuple[str, dict[str, Any]]:
        """The endpoint, and what is posted to it."""
        raise NotImplementedError


class WeChatChannel(_Account):
    """Sends notices as subscription notices, or as template messages of the account's category."""

    repeatable = True

    def _of_this_one(self, error: ApiError) -> Answer:
        if error.code in REFUSED_ERRORS:
            return Refused(str(error))
        return super()._of_this_one(error)

    def _message(
        self, key: str, to: str, kind: str, words: dict[str, str]
    ) -> tuple[str, dict[str, Any]]:
        template = self._wording.template(kind)
        fields = self._wording.fields(kind, words)
        body: dict[str, Any] = {
            "touser": to,
            "template_id": template.id,
            "client_msg_id": key,
            "data": {name: {"value": text} for name, text in fields.items()},
        }
        page = self._page_root + self._wording.page(kind) if self._page_root else ""
        if self._wording.consent == CATEGORY:
            return "message/template/send", body | ({"url": page} if page else {})
        return "message/subscribe/bizsend", body | ({"page": page} if page else {})


class CustomerService(_Account):
    """Sends the text as a message of the account. The platform knows no key for it, and says
    itself whether its window is open: a closed one is no fault, another way is taken."""

    repeatable = False

    def _of_this_one(self, error: ApiError) -> Answer:
        if error.code in REFUSED_ERRORS | WINDOW_ERRORS | {NO_RIGHT}:
            return Impossible(str(error))
        return super()._of_this_one(error)

    def _message(
        self, key: str, to: str, kind: str, words: dict[str, str]
    ) -> tuple[str, dict[str, Any]]:
        text = {"content": self._wording.text(kind, words)}
        return "message/custom/send", {"touser": to, "msgtype": "text", "text": text}
