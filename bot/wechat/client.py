"""The platform's API: wechatpy's client with its edges fixed.

What differs from wechatpy: the token is `stable_token`, kept in the database where every worker
sees the same one; every call has a timeout, the token's too; an invalid token is renewed once, and
then the error is raised.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import requests
from sqlalchemy import Engine
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from bot.clock import Clock
from bot.settings import Settings
from bot.wechat.credentials import FORCED, TICKET, TOKEN, store, stored
from bot.wechat.line import Line, has_left

TIMEOUT = (3.05, 6.0)  # seconds to connect, seconds to answer
CALL_SECONDS = 9.05  # for all of one call
SPARE = timedelta(minutes=5)  # a token this close to its end is renewed
FORCE_PAUSE = timedelta(minutes=80)  # between forced new tokens; the platform gives 20 a day

# Errors worth a name (wechat.md).
TOKEN_ERRORS = frozenset({40001, 40014, 42001})
IP_NOT_LISTED = 40164
QUOTA_ERRORS = frozenset({45009, 45011})
REFUSED_ERRORS = frozenset({43004, 43101})
WINDOW_ERRORS = frozenset({45015, 45047})  # of customer-service messages: closed, or used up
FIELD_ERROR = 47003
NO_SUCH_PERSON = 40003
NO_RIGHT = 48001  # the account has not the right to this call


class ApiError(Exception):
    """The platform answered with an error: `code` is its errcode."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code


class NoTokenError(ApiError):
    """The platform gives no token: a wrong secret, an address not on its list, a quota."""


class UnreachableError(Exception):
    """No usable answer: a timeout, a broken connection, an HTTP error. The call may have had its
    effect or not; it had none where nothing `left` this machine."""

    def __init__(self, message: str, *, left: bool = True) -> None:
        super().__init__(message)
        self.left = left


class Client(WeChatClient):  # type: ignore[misc]  # wechatpy has no types
    """Calls the platform for one account. One per thread.

    Every method raises `UnreachableError`, and `ApiError` when the platform refuses (`NoTokenError`
    where it gives no token).
    """

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        super().__init__(
            settings.wechat_appid, settings.wechat_secret, timeout=TIMEOUT, auto_retry=False
        )
        self._line = Line()
        self._http = self._line.session()
        self.API_BASE_URL = f"{settings.wechat_api.rstrip('/')}/cgi-bin/"
        self._engine = engine
        self._clock = clock

    def call(
        self, endpoint: str, body: Mapping[str, Any] | None = None, **query: str
    ) -> dict[str, Any]:
        """POST JSON to `endpoint` (under cgi-bin/), or GET it where there is no body. A token that
        turned invalid is renewed, and the call made once more."""
        token = self.token()
        try:
            return self.ask(token, endpoint, body, **query)
        except ApiError as error:
            if error.code not in TOKEN_ERRORS:
                raise
        return self.ask(self.token(instead_of=token), endpoint, body, **query)

    def ask(
        self, token: str, endpoint: str, body: Mapping[str, Any] | None = None, **query: str
    ) -> dict[str, Any]:
        """The same with this token, once."""
        params = query | {"access_token": token}
        with _errors(), self._line.at_most(CALL_SECONDS):
            if body is None:
                answer = self.get(endpoint, params=params)
            else:
                answer = self.post(endpoint, data=dict(body), params=params)
            if not isinstance(answer, dict):
                raise ValueError("no JSON")
        return answer

    def token(self, instead_of: str = "") -> str:
        """The token all workers share, fetched when there is none or it is about to end. Another
        than `instead_of`, which the platform refused, if there is one to be had."""
        kept = self._stored(TOKEN)
        if kept and kept != instead_of:
            return kept
        fetched = self._fetch(force=False)
        if fetched != instead_of or not self._may_force():
            return fetched
        return self._fetch(force=True)

    def ticket(self) -> str:
        """The ticket that all pages sign with, fetched when there is none or it is about to end."""
        kept = self._stored(TICKET)
        if kept:
            return kept
        answer = self.call("ticket/getticket", type="jsapi")
        with _errors():
            return self._keep(TICKET, answer["ticket"], answer["expires_in"])

    @property
    def access_token(self) -> str:
        """For wechatpy's own methods."""
        return self.token()

    def _fetch(self, *, force: bool) -> str:
        """stable_token gives every caller the same token while it is valid, so workers that fetch
        at once do not harm each other; only `force` makes a new one."""
        asked = {
            "grant_type": "client_credential",
            "appid": self.appid,
            "secret": self.secret,
            "force_refresh": force,
        }
        with _errors(), self._line.at_most(CALL_SECONDS):
            answer = self._http.post(
                f"{self.API_BASE_URL}stable_token", json=asked, timeout=TIMEOUT
            )
            answer.raise_for_status()
            data = answer.json()
            if data.get("errcode"):
                raise NoTokenError(int(data["errcode"]), str(data.get("errmsg", "")))
            return self._keep(TOKEN, data["access_token"], data["expires_in"])

    def _may_force(self) -> bool:
        """Noted before it is done: its answer may be lost, and other workers ask at this moment."""
        now = self._clock()
        return store(self._engine, self.appid, FORCED, "", now + FORCE_PAUSE, over_by=now)

    def _stored(self, kind: str) -> str | None:
        return stored(self._engine, self.appid, kind, self._clock() + SPARE)

    def _keep(self, kind: str, value: object, seconds: object) -> str:
        until = self._clock() + timedelta(seconds=int(str(seconds)))
        store(self._engine, self.appid, kind, str(value), until)
        return str(value)


@contextmanager
def _errors() -> Iterator[None]:
    """Whatever goes wrong in a call, as one of our errors."""
    try:
        yield
    except WeChatClientException as error:
        if error.errcode is None:
            raise UnreachableError(str(error.response)) from error
        raise ApiError(error.errcode, str(error.errmsg)) from error
    except (requests.RequestException, ValueError, KeyError, AttributeError) as error:
        raise UnreachableError(type(error).__name__, left=has_left(error)) from error
