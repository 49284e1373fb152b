"""The way out to WeChat."""

from typing import Any

from bot.outbox.sending import Answer, Impossible, Later, Refused, Sent
from bot.outbox.wording import Notices
from bot.wechat.client import (
    BUSY,
    IP_NOT_LISTED,
    QUOTA_ERRORS,
    REFUSED_ERRORS,
    TOKEN_ERRORS,
    ApiError,
    Client,
    NoTokenError,
    UnreachableError,
)

FOR_ALL = TOKEN_ERRORS | QUOTA_ERRORS | {IP_NOT_LISTED}  # the next notice would fail the same way


class WeChatChannel:
    """Sends notices as subscription notices, or as template messages of the account's category."""

    def __init__(self, client: Client, wording: Notices, page_root: str) -> None:
        self._client = client
        self._wording = wording
        self._page_root = page_root

    def send(self, key: str, person: str, kind: str, words: dict[str, str]) -> Answer:
        """Send one notice; `key` lets the platform swallow a second of the same."""
        endpoint, body = self._message(key, person, kind, words)
        try:
            answer = self._client.call(endpoint, body)
        except UnreachableError as error:
            return Later(str(error))
        except ApiError as error:
            return _meaning(error)
        return Sent(str(answer.get("msgid", "")))

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


def _meaning(error: ApiError) -> Answer:
    if error.code in REFUSED_ERRORS:
        return Refused(str(error))
    if error.code == BUSY:
        return Later(str(error))
    if isinstance(error, NoTokenError) or error.code in FOR_ALL:
        return Later(str(error), all=True)
    return Impossible(str(error))
