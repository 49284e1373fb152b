"""What stands before the service, started as the guide says: gunicorn, and nginx in front of it."""

import logging
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
import requests
from flask import Flask

import bot
from bot import logs, migrations
from bot.database import engine_for
from bot.web import tokens
from tests.bot.deploy.proxy import nginx
from tests.bot.server import PATIENCE, Server, free_port, serving
from tests.bot.setting_up import NOW, environment_of, service_for, settings_for
from tests.bot.wechat.platform import ACCOUNT, address, xml

GUIDE = (Path(bot.__file__).parent / "README.md").read_text("utf-8")
SECRET = "GEHEIM"  # in every query, token and referrer below
FORMAT = (  # gunicorn's own, and all else that can name an address
    '%(h)s "%(r)s" %(s)s "%(f)s" "%(a)s" %(U)s %(q)s %({referer}i)s %({raw_uri}e)s '
    "%({query_string}e)s %({http_referer}e)s %({path_info}e)s"
)
TOKEN = f"gAAAAAB{SECRET}"
PASSES_ON = "    proxy_next_upstream error timeout non_idempotent;\n"


@dataclass
class Front:
    """gunicorn with an access log, and a folder for all logs."""

    server: Server
    folder: Path
    token: str

    def logged(self) -> str:
        """Everything any of them wrote."""
        return "\n".join(file.read_text() for file in sorted(self.folder.glob("*.log")))

    def visit(self, root: str) -> list[int]:
        """What a citizen's phone, the platform and others open."""
        signed = address(self.token, int(time.time()), b"x") | {"echostr": SECRET}
        referrer = {"Referer": f"{root}/sheet/{SECRET}?{SECRET}"}
        asked = [
            (f"/sheet/{SECRET}", {}),
            (f"//sheet//{SECRET}", {}),
            (f"/%73heet/{TOKEN}", {}),
            (f"/sheet/{SECRET}/{SECRET}", {"x": SECRET}),
            ("/oauth", {"code": SECRET, "state": SECRET}),
            ("/wechat", signed | {"nonce": SECRET}),
            ("/wechat", signed),
            ("/static/site.css", {"v": SECRET}),
            ("/nowhere", {"x": SECRET}),
        ]
        return [
            requests.get(
                root + path,
                query,
                headers=referrer,
                verify=False,
                allow_redirects=False,
                timeout=30,
            ).status_code
            for path, query in asked
        ]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    settings = replace(settings_for(folder), log_level="DEBUG")
    migrations.upgrade(engine_for(settings.database_url))
    config = re.search(r"gunicorn (--config \S+)", GUIDE)
    assert config
    options = [*config[1].split(), "--access-logfile", str(folder / "access.log"), "--timeout", "2"]
    options += ["--access-logformat", FORMAT]
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": ""}
    environment = environment_of(settings) | home
    log = folder / "server.log"
    with serving("bot:create_app()", environment, log, *options, workers=1) as server:
        yield Front(server, folder, settings.wechat_token)


def test_gunicorn_opens_no_control_socket(front: Front) -> None:
    assert "Control socket" not in front.logged()
    assert not list(front.folder.rglob("*.ctl"))


def test_whoever_leaves_the_connection_open_holds_no_worker(front: Front) -> None:
    """gunicorn would wait two seconds for each; the answer arrives whole all the same."""
    began = time.monotonic()
    with ExitStack() as stack:
        for _ in range(5):
            address = ("127.0.0.1", front.server.port)
            connection = stack.enter_context(socket.create_connection(address, PATIENCE))
            connection.sendall(b"GET /static/site.css HTTP/1.1\r\nHost: a\r\n\r\n")
            answer = b"".join(iter(partial(connection.recv, 1000), b""))
            head, _, body = answer.partition(b"\r\n\r\n")
            assert f"Content-Length: {len(body)}\r\n".encode() in head
    assert time.monotonic() - began < 2


def test_no_log_of_gunicorn_learns_a_query_or_a_token(front: Front) -> None:
    assert front.visit(front.server.root) == [302, 308, 302, 404, 403, 403, 200, 200, 404]
    logged = front.logged()
    assert '"GET /sheet/- HTTP/1.1" 302' in logged
    assert '"GET /wechat?- HTTP/1.1" 200' in logged
    assert SECRET not in logged


def test_an_error_of_ours_does_not_repeat_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = service_for(settings_for(tmp_path))
    logs.start("DEBUG")
    monkeypatch.setitem(app.view_functions, "pages.sheet", lambda token: 1 / 0)
    assert app.test_client().get(f"/sheet/{SECRET}?{SECRET}").status_code == 500
    assert "Exception on /sheet/- [GET]" in caplog.text
    assert SECRET not in caplog.text
    logging.getLogger("gunicorn.error").error("Invalid request: %s", f"/x?{SECRET}")
    assert SECRET not in caplog.text


def test_a_token_is_known_by_its_place_and_its_shape(tmp_path: Path) -> None:
    app: Flask = service_for(settings_for(tmp_path))
    holding = [rule.rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]
    assert holding
    for path in holding:
        assert logs.SECRETS.sub("", path.replace("<token>", SECRET)).count(SECRET) == 0
    for at in (int(NOW.timestamp()), 2**31, 2**33):
        made = tokens.make("x", "sheet", "o1", at)
        assert logs.SECRETS.sub("", made) == ""


def test_the_guides_nginx_logs_no_query_and_no_token_also_without_the_service(
    front: Front,
) -> None:
    with nginx(front.server.port, front.folder) as root:
        assert 200 in front.visit(root)
        gone = replace(front, server=Server(free_port(), front.server.process))
    with nginx(gone.server.port, gone.folder) as root:
        assert set(gone.visit(root)) == {502}
    written = (front.folder / "nginx-access.log").read_text()
    assert '"GET /wechat" 200' in written
    assert '"GET /sheet/-" 502' in written
    assert SECRET not in front.logged()


@pytest.mark.parametrize("more", ["", "underscores_in_headers on;"])
def test_the_console_is_reached_from_the_offices_networks_only(front: Front, more: str) -> None:
    paths = ["/staff/sign-in", "//staff/sign-in", "/%73taff/sign-in", "/x/../staff/sign-in"]
    with nginx(front.server.port, front.folder, more) as root:
        for path in paths:
            assert _status(root, path) == 403, path
        assert _status(root, "/x/staff/sign-in", "SCRIPT_NAME: /x") in (400, 404)
        assert _status(root, "/x", "PATH_INFO: /staff/sign-in") == 404
        assert _status(root, "/metrics") == 404
        assert _status(root, "/rules", "X-Forwarded-Prefix: /staff") == 200


@pytest.mark.parametrize(("path", "size"), [("/wechat", 65_537), ("/estimate", 262_145)])
def test_what_is_too_large_ends_at_the_proxy(front: Front, path: str, size: int) -> None:
    with nginx(front.server.port, front.folder) as root:
        answer = requests.post(root + path, b"x" * size, verify=False, timeout=30)
        assert (answer.status_code, "nginx" in answer.text) == (413, True)
        assert requests.post(root + path, b"x", verify=False, timeout=30).status_code != 413


@pytest.mark.parametrize(("without", "passed"), [("", True), (PASSES_ON, False)])
def test_what_a_machine_took_and_did_not_answer_another_one_is_asked(
    front: Front, tmp_path: Path, without: str, passed: bool
) -> None:
    """As when all its processes are killed."""
    with closing(socket.create_server(("127.0.0.1", 0))) as dying:
        Thread(target=_take_and_die, args=[dying], daemon=True).start()
        machine = f"server 127.0.0.1:{dying.getsockname()[1]} max_fails=0;"
        (tmp_path / "machines.conf").write_text(machine)
        with nginx(front.server.port, tmp_path, without=without) as root:
            answers = [_delivered(front, root, number) for number in range(4)]
        dying.shutdown(socket.SHUT_RDWR)
    assert (answers == [200] * 4) == passed


def _delivered(front: Front, root: str, number: int) -> int:
    """The status of the answer to a message."""
    about = {"ToUserName": ACCOUNT, "FromUserName": "oFront", "CreateTime": 1}
    body = xml(**about, MsgType="text", Content="1", MsgId=number).encode()
    query = address(front.token, int(time.time()), body)
    asked = requests.post(f"{root}/wechat", body, params=query, verify=False, timeout=30)
    return asked.status_code


def _take_and_die(listener: socket.socket) -> None:
    """Take requests, and close the connection without a word, until the listener is closed."""
    with suppress(OSError):
        while True:
            line, _ = listener.accept()
            with line:
                line.recv(65_536)


def test_plain_http_leads_to_https(front: Front) -> None:
    plain = free_port()
    with nginx(front.server.port, front.folder, plain=plain):
        at = f"http://127.0.0.1:{plain}/rules?x=1"
        answer = requests.get(at, timeout=30, allow_redirects=False)
    assert answer.headers["Location"] == "https://jf.example.cn/rules?x=1"


def test_a_monitor_of_the_machine_is_told_more(front: Front) -> None:
    monitor = free_port()
    with nginx(front.server.port, front.folder, monitor=monitor) as root:
        at = f"http://127.0.0.1:{monitor}"
        assert "xinshimin_ready 1.0" in requests.get(f"{at}/metrics", timeout=30).text
        assert "warning: " in requests.get(f"{at}/readyz", timeout=30).text
        assert requests.get(f"{at}/rules", timeout=30).status_code == 404
        assert requests.get(f"{root}/readyz", verify=False, timeout=30).text == "ready\n"


def test_a_request_that_takes_too_long_is_not_repeated_in_the_log(front: Front) -> None:
    """The worker is ended in the middle of it, and gunicorn says in the middle of what."""
    head = f"POST /wechat?signature={SECRET} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
    with closing(socket.create_connection(("127.0.0.1", front.server.port))) as connection:
        connection.sendall(head.encode())
        connection.settimeout(PATIENCE)
        connection.recv(1)
    end = time.monotonic() + PATIENCE
    while "Error handling request" not in front.logged() and time.monotonic() < end:
        time.sleep(0.05)
    assert "Error handling request POST /wechat?-" in front.logged()
    assert SECRET not in front.logged()


def _status(root: str, path: str, header: str = "A: b") -> int:
    """Asked as it stands: requests would tidy the path up."""
    host, _, port = root.removeprefix("https://").partition(":")
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with context.wrap_socket(socket.create_connection((host, int(port)))) as connection:
        head = (
            f"GET {path} HTTP/1.1\r\nHost: jf.example.cn\r\n{header}\r\nConnection: close\r\n\r\n"
        )
        connection.sendall(head.encode())
        return int(connection.recv(12).split()[1])
