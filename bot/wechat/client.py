"""The platform's API: wechatpy's client with its edges mended.

What differs from wechatpy: the token is `stable_token`, kept in the database where every worker
sees the same one; every call has a timeout, the token's too; an invalid token is renewed once, and
then the error is raised.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import requests
from sqlalchemy import Engine, delete, insert, select
from sqlmodel import SQLModel
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from bot.clock import Clock
from bot.database import reading, writing
from bot.settings import Settings

TIMEOUT = (3.05, 6.0)  # seconds to connect, seconds to answer
SPARE = timedelta(minutes=5)  # a token this close to its end is renewed

# Errors worth a name (wechat.md).
BUSY = -1
TOKEN_ERRORS = frozenset({40001, 40014, 42001})
IP_NOT_LISTED = 40164
QUOTA_ERRORS = frozenset({45009, 45011})
REFUSED_ERRORS = frozenset({43004, 43101})
FIELD_ERROR = 47003

_tokens = SQLModel.metadata.tables["access_tokens"]


class ApiError(Exception):
    """The platform answered with an error: `code` is its errcode."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code


class NoTokenError(ApiError):
    """The platform gives no token: a wrong secret, an address not on its list, a quota."""


class UnreachableError(Exception):
    """No usable answer: a timeout, a broken connection, an HTTP error. The call may have had its
    effect or not."""


class Client(WeChatClient):  # type: ignore[misc]  # wechatpy has no types
    """Calls the platform for one account. One per thread."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        super().__init__(
            settings.wechat_appid, settings.wechat_secret, timeout=TIMEOUT, auto_retry=False
        )
        self.API_BASE_URL = f"{settings.wechat_api.rstrip('/')}/cgi-bin/"
        self._engine = engine
        self._clock = clock

    def call(self, endpoint: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST JSON to `endpoint` (under cgi-bin/) and give the answer back.

        Raises:
            NoTokenError: there is no token to be had.
            ApiError: the platform refused; an invalid token was renewed and tried once before.
            UnreachableError: see there.
        """
        try:
            return self._once_more_with_new_token(endpoint, body)
        except WeChatClientException as error:
            if error.errcode is None:
                raise UnreachableError(str(error.response)) from error
            raise ApiError(error.errcode, str(error.errmsg)) from error
        except (requests.RequestException, ValueError, KeyError) as error:
            raise UnreachableError(type(error).__name__) from error

    @property
    def access_token(self) -> str:
        """The token all workers share; fetched when there is none or it is about to end."""
        return self._stored() or self._fetch(force=False)

    def _once_more_with_new_token(self, endpoint: str, body: Mapping[str, Any]) -> dict[str, Any]:
        token = self.access_token
        try:
            return self._post(endpoint, body, token)
        except WeChatClientException as error:
            if error.errcode not in TOKEN_ERRORS:
                raise
        return self._post(endpoint, body, self._renewed(token))

    def _post(self, endpoint: str, body: Mapping[str, Any], token: str) -> dict[str, Any]:
        answer = self.post(endpoint, data=dict(body), params={"access_token": token})
        if not isinstance(answer, dict):
            raise ValueError("no JSON")
        return answer

    def _renewed(self, bad: str) -> str:
        """Another token than `bad`: one that another worker fetched meanwhile, or a new one."""
        stored = self._stored()
        if stored and stored != bad:
            return stored
        fetched = self._fetch(force=False)
        return fetched if fetched != bad else self._fetch(force=True)

    def _stored(self) -> str | None:
        query = select(_tokens.c.token).where(
            _tokens.c.appid == self.appid, _tokens.c.until > self._clock() + SPARE
        )
        with reading(self._engine) as connection:
            return connection.execute(query).scalar()

    def _fetch(self, *, force: bool) -> str:
        """stable_token gives every caller the same token while it is valid, so workers that fetch
        at once do not harm each other; only `force` makes a new one."""
        answer = self._http.post(
            f"{self.API_BASE_URL}stable_token",
            json={
                "grant_type": "client_credential",
                "appid": self.appid,
                "secret": self.secret,
                "force_refresh": force,
            },
            timeout=TIMEOUT,
        )
        answer.raise_for_status()
        data = answer.json()
        if data.get("errcode"):
            raise NoTokenError(int(data["errcode"]), str(data.get("errmsg", "")))
        until = self._clock() + timedelta(seconds=int(data["expires_in"]))
        self._store(str(data["access_token"]), until)
        return str(data["access_token"])

    def _store(self, token: str, until: datetime) -> None:
        with writing(self._engine) as connection:
            connection.execute(delete(_tokens).where(_tokens.c.appid == self.appid))
            row = {"appid": self.appid, "token": token, "until": until}
            connection.execute(insert(_tokens).values(row))
