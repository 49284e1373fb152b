"""The way out to WeChat."""

from typing import Any

from bot.outbox.sending import Answer, Impossible, Later, Refused, Sent
from bot.outbox.wording import Notices
from bot.wechat.client import (
    FIELD_ERROR,
    IP_NOT_LISTED,
    NO_SUCH_PERSON,
    QUOTA_ERRORS,
    REFUSED_ERRORS,
    TOKEN_ERRORS,
    ApiError,
    Client,
    UnreachableError,
)

FOR_ALL = QUOTA_ERRORS | {IP_NOT_LISTED}  # the next notice would fail the same way
FOR_EVER = frozenset({FIELD_ERROR, NO_SUCH_PERSON})  # this one would fail the same way


class WeChatChannel:
    """Sends notices as subscription notices, or as template messages of the account's category."""

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

    def send(self, key: str, person: str, kind: str, words: dict[str, str]) -> Answer:
        """Send one notice; `key` lets the platform swallow a second of the same."""
        endpoint, body = self._message(key, person, kind, words)
        try:
            answer = self._client.ask(self._token, endpoint, body)
        except UnreachableError as error:
            return Later(str(error), all=True)
        except ApiError as error:
            return self._meaning(error)
        self._bad = ""
        return Sent(str(answer.get("msgid", "")))

    def _meaning(self, error: ApiError) -> Answer:
        if error.code in TOKEN_ERRORS:
            first, self._bad = not self._bad, self._token
            return Later(str(error), all=True, at_once=first)
        self._bad = ""
        if error.code in REFUSED_ERRORS:
            return Refused(str(error))
        if error.code in FOR_EVER:
            return Impossible(str(error))
        return Later(str(error), all=error.code in FOR_ALL)  # busy, or a fault of the account's

    def _message(
        self, key: str, person: str, kind: str, words: dict[str, str]
    ) -> tuple[str, dict[str, Any]]:
        template = self._wording.template(kind)
        fields = self._wording.fields(kind, words)
        body: dict[str, Any] = {
            "touser": person,
            "template_id": template.id,
            "client_msg_id": key,
            "data": {name: {"value": text} for name, text in fields.items()},
        }
        page = self._page_root + self._wording.page(kind) if self._page_root else ""
        if self._wording.consent == "category":
            return "message/template/send", body | ({"url": page} if page else {})
        return "message/subscribe/bizsend", body | ({"page": page} if page else {})
