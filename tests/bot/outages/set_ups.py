"""The ways to run the service that the guide knows, each at a port.

With OUTAGES_BEFORE=…/bin/python, of another installation, its program runs instead, on a database
of its own making: so the same crowd compares two versions.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.bot.serve.running import serve
from tests.bot.server import PATIENCE, free_port, serving, until_ready

BEFORE = os.environ.get("OUTAGES_BEFORE", "")
NAMES = "from bot.settings import Settings; print(*Settings.__dataclass_fields__)"
ELSEWHERE = {"PYTHONSAFEPATH": "1"}  # nothing is imported from this folder
GUNICORN, NGINX, SERVE = "gunicorn", "nginx", "serve"
CONFIG = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_rlimit_nofile 16000;
events {{ worker_connections 8000; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      proxy_pass http://127.0.0.1:{to};
      proxy_set_header X-Request-Start "t=${{msec}}";
      proxy_connect_timeout 4s;
      proxy_read_timeout 10s;
    }}
  }}
}}
"""


@contextmanager
def running(set_up: str, environment: Mapping[str, str], folder: Path) -> Iterator[int]:
    """The service, ready, at this port of the machine: gunicorn alone, `serve` alone, or what the
    guide puts behind nginx. Its log is `server.log` in the folder."""
    log = folder / "server.log"
    given = dict(environment) | {"XINSHIMIN_PROXIES": str(int(set_up == NGINX))}
    if BEFORE and set_up == SERVE:
        pytest.skip("it had no serve")
    python, where = sys.executable, None
    if BEFORE:
        given, python, where = of_before(given), BEFORE, folder
    config = ("--config", "python:bot.gunicorn_conf")
    with ExitStack() as stack:
        if BEFORE or set_up == GUNICORN:
            made = serving("bot:create_app()", given, log, *config, python=python, folder=where)
        else:
            made = serve(given, log)
        port = stack.enter_context(made).port
        yield stack.enter_context(behind_nginx(port, folder)) if set_up == NGINX else port


def upgrade_before(environment: Mapping[str, str]) -> None:
    """Make its database."""
    command = [str(Path(BEFORE).with_name("xinshimin")), "db", "upgrade"]
    subprocess.run(command, env=dict(os.environ) | of_before(environment), check=True)


def of_before(environment: Mapping[str, str]) -> dict[str, str]:
    """Without the settings that it does not know."""
    asked = [BEFORE, "-c", NAMES]
    done = subprocess.run(asked, env=dict(os.environ) | ELSEWHERE, capture_output=True, check=True)
    known = {f"XINSHIMIN_{name.upper()}" for name in done.stdout.decode().split()}
    foreign = {name for name in environment if not name.startswith("XINSHIMIN_")}
    return {name: environment[name] for name in environment if name in known | foreign} | ELSEWHERE


@contextmanager
def behind_nginx(to: int, folder: Path) -> Iterator[int]:
    """The port of an nginx in front, as in the guide."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        pytest.skip("no nginx here")
    port, config = free_port(), folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, to=to))
    process = subprocess.Popen([nginx, "-c", str(config), "-p", str(folder)])
    try:
        until_ready(f"http://127.0.0.1:{port}/healthz", process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)
