"""What others see of PUBLIC_URL: name, certificate, proxy, callback."""

import secrets
import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlencode, urlsplit

from bot.doctor.verdict import Level, Subject, Verdict, ok, problem, unknown, warning
from bot.health import seen
from bot.settings import PREFIX, Settings
from bot.wechat import PATH as CALLBACK
from bot.wechat.signature import sign

SECONDS = 8.0
DAYS_TO_RENEW = 21  # a certificate is renewed by itself at thirty
STRANGER = "203.0.113.9"  # of the addresses that nobody has (RFC 5737)
LARGEST = 65_536  # bytes of an answer
URL = f"{PREFIX}PUBLIC_URL"
BEHIND_IT = ("proxy", "callback")


def reached(subject: Subject) -> Iterator[Verdict]:
    """The name, then the certificate, then what answers behind it; each takes the one before."""
    url = urlsplit(subject.settings.page_root)
    if not url.hostname:
        yield warning("name", f"{URL} is not set: replies carry no links to pages")
        return
    try:
        found = {info[4][0] for info in socket.getaddrinfo(url.hostname, url.port or 443)}
    except (OSError, UnicodeError) as error:
        advice = f"let it lead to this machine, or correct {URL}"
        yield problem("name", f"{url.hostname} leads nowhere ({error}): {advice}")
        return
    yield ok("name", f"{url.hostname} leads to {', '.join(map(str, sorted(found)))}")
    if url.scheme == "https":
        verdict = _certificate(url, subject.clock().timestamp())
        yield verdict
        if verdict.level is Level.PROBLEM:
            yield from (unknown(check, "the certificate comes first") for check in BEHIND_IT)
            return
    yield from _proxy(url, subject.settings, subject.clock().timestamp())


def _certificate(url: SplitResult, now: float) -> Verdict:
    """Whether a phone would trust it, and for how long."""
    context, host = ssl.create_default_context(), url.hostname or ""
    try:
        with (
            socket.create_connection((host, url.port or 443), SECONDS) as connection,
            context.wrap_socket(connection, server_hostname=host) as secured,
        ):
            ends = str((secured.getpeercert() or {})["notAfter"])
    except ssl.SSLCertVerificationError as error:
        why = f"phones refuse it: {error.verify_message}"
        return problem("certificate", f"{why}. Renew it, and give nginx the whole chain.")
    except OSError as error:  # ssl.SSLError among them
        return problem("certificate", f"no secured connection ({error}): does nginx run?")
    days = int((ssl.cert_time_to_seconds(ends) - now) // 86_400)
    if days < DAYS_TO_RENEW:
        advice = "renew it, and look why that does not happen by itself"
        return warning("certificate", f"it ends in {days} days: {advice}")
    return ok("certificate", f"it is trusted, for another {days} days")


def _proxy(url: SplitResult, settings: Settings, now: float) -> Iterator[Verdict]:
    """What the service says of a request of ours that came through everything before it."""
    forged = {"X-Forwarded-For": STRANGER, "X-Forwarded-Proto": "http", "X-Request-Start": "t=1"}
    try:
        status, body = _ask(url, "/healthz", seen.proof(settings.secret_key) | forged)
        faults = list(_faults(seen.read(body), url, settings)) if status == 200 else []
    except ValueError:
        yield problem("proxy", f"another service answers at {URL}, or one with another SECRET_KEY")
        return
    except (OSError, HTTPException) as error:
        yield problem("proxy", f"nothing answers at {URL} ({error}): do proxy and service run?")
        return
    if status != 200:
        yield problem("proxy", f"{URL}/healthz is answered with {status}: does the service run?")
        return
    yield from (problem("proxy", fault) for fault in faults)
    if not faults:
        yield ok("proxy", "it passes on who asks, how and since when")
    yield _callback(url, settings, now)


def _faults(told: seen.Seen, url: SplitResult, settings: Settings) -> Iterator[str]:
    advice = "take over the packaged nginx' proxy_set_header lines (xinshimin deploy)"
    if told.forwarded in ("", STRANGER):
        yield f"it adds nobody's address to X-Forwarded-For, and all visitors are one: {advice}"
    elif told.address == STRANGER:
        yield (
            f"an address that a visitor made up counts: {PREFIX}PROXIES is {settings.proxies}, "
            "more than there are"
        )
    if settings.proxies and told.scheme != url.scheme:
        yield f"pages believe to be reached over {told.scheme}: X-Forwarded-Proto; {advice}"
    if told.host != url.netloc:
        yield f"pages believe to be {told.host}, not {url.netloc}: Host; {advice}"
    if "t=1" in told.started.replace(" ", "").split(",")[: settings.proxies]:
        yield f"it passes on the X-Request-Start of visitors: {advice}"
    elif not told.started:
        yield f"it does not say since when a request waits: X-Request-Start; {advice}"


def _callback(url: SplitResult, settings: Settings, now: float) -> Verdict:
    """Whether WeChat's question at the entry of the server configuration would be answered."""
    stamp, nonce, echo = str(int(now)), secrets.token_hex(5), secrets.token_hex(8)
    signature = sign(settings.wechat_token, stamp, nonce)
    query = {"signature": signature, "timestamp": stamp, "nonce": nonce, "echostr": echo}
    try:
        status, body = _ask(url, f"{CALLBACK}?{urlencode(query)}", {})
    except (OSError, HTTPException) as error:
        return problem("callback", f"{URL}{CALLBACK} does not answer ({error})")
    if status == 403:
        advice = f"restart it after a change of {PREFIX}WECHAT_TOKEN, and set the clock"
        return problem("callback", f"the service refuses a signed question: {advice}")
    if (status, body) != (200, echo.encode()):
        return problem("callback", f"{URL}{CALLBACK} is answered with {status}, not by the service")
    return ok("callback", "a question signed with the token is answered")


def _ask(url: SplitResult, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Status and body. Raises OSError, HTTPException."""
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(LARGEST)
    finally:
        connection.close()
