"""The packaged nginx in front of a service, as a process; and certificates for it."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.deploy import ROOT
from tests.bot.server import PATIENCE, free_port

SITE = ROOT / "etc/nginx/sites-available/xinshimin"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
NAME = "jf.example.cn"


@contextmanager
def nginx(
    to: int,
    folder: Path,
    *more: str,
    name: str = NAME,
    port: int = 0,
    plain: int = 0,
    monitor: int = 0,
    without: str = "",
) -> Iterator[str]:
    """nginx with the packaged site before the service at a port; its address. `more`: lines before
    the site; `without`: a line of it that is left out. It listens at `port` in the place of 443,
    at `plain` of 80, at `monitor` of 8000; at free ones by default."""
    if NGINX is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must start the packaged nginx: install nginx")
        pytest.skip("no nginx here: install the package nginx to try the packaged site")
    port = port or free_port()
    ports = (port, plain or free_port(), monitor or free_port())
    site = _site(ports, to, folder, name)
    assert without in site
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; master_process off; pid {folder}/pid; events {{}}\n"
        f"http {{ {places} scgi_temp_path {folder}/scgi; {' '.join(more)}\n"
        f"{site.replace(without, '')}}}"
    )
    command = [NGINX, "-e", str(folder / "nginx.log"), "-p", str(folder), "-c", str(file)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen(command)
    try:
        _wait_for(port)
        yield f"https://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _site(ports: tuple[int, int, int], to: int, folder: Path, name: str) -> str:
    """The packaged site at other ports and folders; everything else as it stands."""
    if not (folder / "pem").exists():
        certificate(folder, name)
    (folder / "site.conf").write_text(f"server_name {name};")
    (folder / "networks.conf").write_text("allow 10.20.0.0/16; deny all;")
    site, (port, plain, monitor) = SITE.read_text("utf-8"), ports
    for said, meant in (
        ("  listen [::]:443 ssl;\n", ""),
        ("  listen [::]:80;\n", ""),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("listen 127.0.0.1:8000", f"listen 127.0.0.1:{monitor}"),
        ("/etc/xinshimin/tls/fullchain.pem", f"{folder}/pem"),
        ("/etc/xinshimin/tls/privkey.pem", f"{folder}/key"),
        ("/etc/xinshimin/", f"{folder}/"),
        ("/var/log/xinshimin/", f"{folder}/nginx-"),
        ("127.0.0.1:8010", f"127.0.0.1:{to}"),
        ("unix:/run/xinshimin/callback.sock", f"127.0.0.1:{to}"),
        ("unix:/run/xinshimin/pages.sock", f"127.0.0.1:{to}"),
    ):
        assert said in site
        site = site.replace(said, meant)
    return site


def certificate(folder: Path, name: str = NAME, days: float = 30) -> Path:
    """For a name, signed by itself, good for so many days from now (over, where negative): the file
    `pem`, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=100))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file = folder / "pem"
    file.write_bytes(made.public_bytes(pem))
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key").write_bytes(key.private_bytes(pem, form, plain))
    return file


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with closing(socket.create_connection(("127.0.0.1", port), PATIENCE)):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nobody listens at {port}")
