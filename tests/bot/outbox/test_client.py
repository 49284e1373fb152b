"""The platform's API with wechatpy's edges fixed, over real HTTP."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from bot.wechat import client as module
from bot.wechat.client import ApiError, Client, NoTokenError, UnreachableError
from bot.wechat.credentials import store, stored
from tests.bot.wechat.test_timed_call import HEAD, server

MESSAGE = {"touser": "anna", "template_id": "T", "client_msg_id": "1", "data": {}}
SEND = "message/subscribe/bizsend"


@pytest.fixture
def make(settings, engine, clock, weixin):
    weixin.agree("anna", "T")
    return lambda: Client(settings, engine, clock)


def test_all_clients_share_one_token(make, weixin):
    for _ in range(3):
        assert make().call(SEND, MESSAGE)["errcode"] == 0
    assert weixin.tokens_given == 1


def test_the_token_is_renewed_before_it_ends(make, weixin, clock):
    make().call(SEND, MESSAGE)
    clock.pass_(seconds=7200 - 301)
    make().call(SEND, MESSAGE)
    assert weixin.tokens_given == 1
    clock.pass_(seconds=2)
    make().call(SEND, MESSAGE)
    assert weixin.tokens_given == 2


def test_a_token_that_turned_invalid_is_renewed_once(make, weixin):
    make().call(SEND, MESSAGE)
    weixin.change_token()
    assert make().call(SEND, MESSAGE)["errcode"] == 0
    assert (weixin.tokens_given, weixin.forced, weixin.calls) == (2, 0, 3)


def test_a_token_that_stays_invalid_is_an_error_after_one_more_try(make, weixin):
    weixin.always_bad_token = True
    with pytest.raises(ApiError) as caught:
        make().call(SEND, MESSAGE)
    assert caught.value.code == 40001
    assert (weixin.calls, weixin.forced) == (2, 1)


def test_a_new_token_is_forced_at_most_every_eighty_minutes(make, weixin, clock):
    weixin.always_bad_token = True
    for _ in range(9):
        with pytest.raises(ApiError):
            make().call(SEND, MESSAGE)
        clock.pass_(minutes=10)
    assert weixin.forced == 2


def test_many_workers_force_one_new_token_together(make, weixin):
    """Each would make the others' invalid; the platform gives 20 a day."""
    weixin.always_bad_token = True
    together = Barrier(8)

    def call(client):
        together.wait()
        with pytest.raises(ApiError):
            client.call(SEND, MESSAGE)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(call, [make() for _ in range(8)]))
    assert weixin.forced == 1


def test_a_forced_token_whose_answer_is_lost_is_not_forced_again_at_once(make, weixin):
    weixin.always_bad_token = True
    make().token()

    def vanish():
        if weixin.tokens_given > 2:
            raise ConnectionError

    weixin.while_waiting = vanish
    for _ in range(3):
        with pytest.raises((ApiError, UnreachableError)):
            make().call(SEND, MESSAGE)
    assert weixin.tokens_given == 3 + 2
    assert weixin.forced <= 1


def test_two_workers_store_their_first_token_at_once(engine, clock):
    """Neither may fail, and one of them is kept: stable_token gave both the same."""
    together = Barrier(8)

    def keep(number):
        together.wait()
        store(engine, "wx", "token", f"token-{number}", clock() + timedelta(hours=2))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(8)))
    assert stored(engine, "wx", "token", clock()).startswith("token-")


def test_all_workers_share_one_ticket(make, weixin, clock):
    assert {make().ticket() for _ in range(3)} == {"ticket-1"}
    clock.pass_(seconds=7200 - 301)
    assert make().ticket() == "ticket-1"
    clock.pass_(seconds=2)
    assert make().ticket() == "ticket-2"


@pytest.mark.parametrize("code", [40001, 42001])
def test_a_ticket_asked_for_with_a_bad_token_is_asked_for_once_more(make, weixin, code):
    weixin.bad_token_error = code
    assert make().token() == "token-1"
    weixin.change_token()
    assert make().ticket() == "ticket-1"
    weixin.always_bad_token = True
    with pytest.raises(ApiError):
        make().call("ticket/getticket", type="jsapi")
    assert weixin.tickets_given == 1


def test_no_ticket_is_an_error_like_any_other(make, weixin):
    weixin.error = 45009
    with pytest.raises(ApiError, match="45009"):
        make().ticket()


def test_another_workers_new_token_is_used_instead_of_fetching(make, weixin):
    ours, theirs = make(), make()
    stale = ours.access_token
    weixin.change_token()
    theirs.call(SEND, MESSAGE)
    assert ours.access_token != stale
    assert weixin.tokens_given == 2


def test_a_wrong_secret_is_told_apart(make, weixin):
    weixin.secret = "another"
    with pytest.raises(NoTokenError) as caught:
        make().call(SEND, MESSAGE)
    assert caught.value.code == 40125


@pytest.mark.parametrize("status", [500, 502, 404])
def test_http_errors_leave_it_open_whether_it_was_sent(make, weixin, status):
    make().call(SEND, MESSAGE)
    weixin.status = status
    with pytest.raises(UnreachableError):
        make().call(SEND, MESSAGE)


def test_nobody_there(make, settings, weixin, monkeypatch, engine, clock):
    monkeypatch.setattr(module, "TIMEOUT", (0.2, 0.2))
    waiting = Client(settings, engine, clock)
    # The stand-in takes the connection and does not answer.
    with weixin.lock, pytest.raises(UnreachableError):
        waiting.call(SEND, MESSAGE)


def test_errors_carry_their_code(make, weixin):
    weixin.error = 45009
    with pytest.raises(ApiError, match="45009 told to"):
        make().call(SEND, MESSAGE)


@pytest.mark.parametrize("parts", [(b"HTTP/1.1 200 OK\r\nA: b",), (HEAD, b" ")])
def test_a_server_that_sends_a_byte_now_and_then_ends_in_time(
    settings, engine, clock, weixin, monkeypatch, parts
):
    """And the next call of the same client is as ever."""
    monkeypatch.setattr(module, "CALL_SECONDS", 0.5)
    weixin.agree("anna", "T")
    with server(*parts, drip=True) as address:
        client = Client(replace(settings, wechat_api=address), engine, clock)
        began = time.monotonic()
        with pytest.raises(UnreachableError):
            client.call(SEND, MESSAGE)
        assert 0.4 < time.monotonic() - began < 1.5
    client.API_BASE_URL = f"{weixin.address}/cgi-bin/"
    assert client.call(SEND, MESSAGE)["errcode"] == 0
