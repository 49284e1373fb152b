"""The name, the certificate, the proxy and the callback, through the packaged nginx with TLS."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests

from bot.clock import now
from bot.doctor import address
from bot.doctor.verdict import Level, Subject, Verdict
from bot.health import seen
from bot.health.seen import Seen
from bot.settings import Settings
from tests.bot.deploy.proxy import certificate, nginx
from tests.bot.server import Server, free_port, serving
from tests.bot.setting_up import environment_of, migrated, settings_for

NAME = "localhost"
CONFIG = ("--config", "python:bot.gunicorn_conf", "--threads", "2")


@dataclass
class Site:
    """A service, and where its nginx would listen."""

    settings: Settings
    server: Server
    port: int
    folder: Path

    def looked_at(self, **changes: object) -> dict[str, Verdict]:
        """What the doctor says of it, by check."""
        settings = replace(self.settings, **changes)
        return {one.check: one for one in address.reached(Subject(settings, now))}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    settings = settings_for(folder, public_url=f"https://{NAME}:{port}", proxies=1)
    migrated(settings).dispose()
    environment = environment_of(settings) | {"XINSHIMIN_PROXIES": "1"}
    with serving("bot:create_app()", environment, folder / "log", *CONFIG, workers=1) as server:
        yield Site(settings, server, port, folder)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """For nginx, with a certificate that this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path, NAME)))
    return tmp_path


def test_all_is_right(site: Site, folder: Path) -> None:
    with nginx(site.server.port, folder, name=NAME, port=site.port):
        found = site.looked_at()
    assert {one.level for one in found.values()} == {Level.OK}, found
    assert set(found) == {"name", "certificate", "proxy", "callback"}
    assert found["certificate"].text == "it is trusted, for another 29 days"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", "adds nobody's address"),
        ("proxy_set_header X-Forwarded-Proto $scheme;", "reached over http: X-Forwarded-Proto"),
        ("proxy_set_header Host $http_host;", "not localhost:{port}: Host"),
        ('proxy_set_header X-Request-Start "t=${msec}";', "the X-Request-Start of visitors"),
    ],
)
def test_a_header_that_the_proxy_does_not_set(
    site: Site, folder: Path, line: str, said: str
) -> None:
    with nginx(site.server.port, folder, name=NAME, port=site.port, without=line):
        proxy = site.looked_at()["proxy"]
    assert proxy.level is Level.PROBLEM
    assert said.format(port=site.port) in proxy.text


@pytest.mark.parametrize(
    ("changes", "level", "said"),
    [
        ({"days": 5}, Level.WARNING, "it ends in 4 days"),
        ({"days": -1}, Level.PROBLEM, "certificate has expired"),
        ({"name": "other.example.cn"}, Level.PROBLEM, "Hostname mismatch"),
    ],
)
def test_a_certificate_that_is_not_right(
    site: Site, folder: Path, changes: dict[str, object], level: Level, said: str
) -> None:
    certificate(folder, **({"name": NAME} | changes))  # type: ignore[arg-type]
    with nginx(site.server.port, folder, name=NAME, port=site.port):
        found = site.looked_at()["certificate"]
    assert (found.level, said in found.text) == (level, True), found


def test_a_certificate_that_nobody_trusts(
    site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with nginx(site.server.port, folder, name=NAME, port=site.port):
        found = site.looked_at()
    assert "self-signed" in found["certificate"].text
    behind = {found.pop(check).level for check in ("proxy", "callback")}
    assert (behind, list(found)) == ({Level.UNKNOWN}, ["name", "certificate"])


def test_what_answers_is_not_the_service(site: Site, folder: Path) -> None:
    with nginx(site.server.port, folder, name=NAME, port=site.port):
        other = site.looked_at(secret_key="another secret, long enough and odd")
        token = site.looked_at(wechat_token="othertokenfortests")
    assert "another SECRET_KEY" in other["proxy"].text
    assert (token["proxy"].level, token["callback"].level) == (Level.OK, Level.PROBLEM)
    assert "refuses a signed question" in token["callback"].text


def test_nothing_is_behind_the_proxy(site: Site, folder: Path) -> None:
    with nginx(free_port(), folder, name=NAME, port=site.port):
        assert "answered with 502" in site.looked_at()["proxy"].text


def test_nobody_is_there(site: Site) -> None:
    assert "does nginx run?" in site.looked_at()["certificate"].text
    plain = site.looked_at(public_url=f"http://{NAME}:{site.port}")
    assert "do proxy and service run?" in plain["proxy"].text


def test_a_name_that_leads_nowhere(site: Site) -> None:
    [name] = site.looked_at(public_url=f"https://{'a' * 64}.invalid").values()
    assert (name.level, "leads nowhere" in name.text) == (Level.PROBLEM, True)
    [name] = site.looked_at(public_url="").values()
    assert name.level is Level.WARNING


def test_an_address_that_a_visitor_made_up(tmp_path: Path) -> None:
    """Two proxies are set, and there is one."""
    settings = settings_for(tmp_path, proxies=2)
    told = Seen(
        address=address.STRANGER,
        scheme="https",
        host="jf.example.cn",
        forwarded=f"{address.STRANGER}, 127.0.0.1",
        started="t=1764000000.000",
    )
    url = address.urlsplit(settings.public_url)
    [fault] = address._faults(told, url, settings)
    assert "XINSHIMIN_PROXIES is 2, more than there are" in fault
    assert not list(address._faults(told.model_copy(update={"address": "10.0.0.1"}), url, settings))


def test_only_the_doctor_is_told_what_the_service_sees(site: Site) -> None:

    at = f"{site.server.root}/healthz"
    assert requests.get(at, timeout=30).text == "ok\n"
    forged = seen.proof("another secret, long enough and odd")
    assert requests.get(at, headers=forged, timeout=30).text == "ok\n"
    proof = seen.proof(site.settings.secret_key)
    assert requests.get(at, headers=proof, timeout=30).json()["host"].startswith("127.0.0.1")
