"""One installation of the service, from which processes are forked."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from flask import Flask
from sqlalchemy import event

from bot import create_app, database, in_time
from bot.database import looking
from bot.sealing.keyring import Keyring
from bot.service import Service
from bot.sound_files import state_folder
from bot.turns import warm_up
from bot.wechat.later import FOLDER
from bot.worker import Worker
from tests.bot.crash.double import Double
from tests.bot.crash.points import FAIL_ON, Points
from tests.bot.outbox.conftest import TEMPLATE, consenting
from tests.bot.outbox.platform import Platform as Api
from tests.bot.setting_up import NOW, settings_for
from tests.bot.web import Watch
from tests.bot.wechat.platform import ACCOUNT, Platform, xml

IN_TIME = 15.0  # seconds for a request: how busy this machine is makes no difference


@dataclass(frozen=True)
class Answer:
    """What came over the line as a whole: a page's status and where it leads, or a reply."""

    status: int
    said: str


class Installation:
    """The application on one database, its clock, its platform, and how to write to it."""

    def __init__(self, url: str, folder: Path) -> None:
        in_time.SECONDS = IN_TIME
        self.watch, self.double, self.points = Watch(), Double(), Points(folder)
        self.template, self.folder = TEMPLATE, folder
        self.settings = settings_for(
            folder,
            database_url=url,
            wechat_api=self.double.address,
            wechat_secret=self.double.platform.secret,
            wechat_mode="safe",
            state=folder,
        )
        self.app = self.again()
        self.service: Service = self.app.extensions["xinshimin"]
        self.engine = self.service.engine
        self.keys = Keyring.of(self.settings)
        self.later = state_folder(self.settings) / FOLDER
        self.platform = Platform(self.app.test_client(), self.settings, int(NOW.timestamp()))
        if self.engine.dialect.name == "postgresql":
            event.listen(self.engine, "connect", self._note_server)
        warm_up(self.service)

    def again(self) -> Flask:
        """The application, put together."""
        return create_app(self.settings, self.watch)

    def message(self, person: str, text: str) -> bytes:
        """The delivery of a message."""
        return self._delivery(self.platform.text(person, text))

    def event(self, person: str, name: str) -> bytes:
        """The delivery of an event."""
        fields = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": self.platform.now}
        return self._delivery(xml(**fields, MsgType="event", Event=name))

    def connect(self) -> None:
        """Be a process that has answered before: it has a connection."""
        with looking(self.engine) as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchall()

    def disconnect(self) -> None:
        """Have no connection a forked process could share."""
        self.engine.dispose()
        self.points.served_by(0)

    def give_up_soon(self, mode: int) -> None:
        """Where nothing works any more, this process waits for it in vain: not long, then."""
        if mode == FAIL_ON:
            in_time.SECONDS = database.PATIENT_SECONDS = 1

    def work(self, job: str, notices: str) -> None:
        """One job, once, as the worker does it."""
        settings = consenting(self.settings, self.folder.parent, notices or "category")
        worker = Worker(settings, self.engine, self.watch)
        next(one for one in worker.jobs if one.name == job).work()

    def at(self, later: timedelta) -> None:
        """Set the clocks."""
        self.watch.now = NOW + later
        self.double.platform.clock = self.watch

    def heard(self, answer: bytes) -> Answer | None:
        """The answer in these bytes; None where they are not whole."""
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
        if len(body) != int(fields.get("content-length", -1)):
            return None
        status = int(lines[0].split()[1])
        if fields["content-type"].startswith("application/xml"):
            return Answer(status, self._opened(body))
        is_page = fields["content-type"].startswith("text/html")
        said = "" if is_page and status < 400 else _clear(fields, body)
        return Answer(status, fields.get("location", said))

    def reset(self) -> None:
        """The platform knows nobody."""
        self.double.platform = Api(clock=self.watch)

    def _delivery(self, body: str) -> bytes:
        query = self.platform.query(body.encode())
        content, signed = self.platform.sealed(body, nonce=query["nonce"])
        query |= {"encrypt_type": "aes", "msg_signature": signed}
        return request(f"/wechat?{urlencode(query)}", content, {"Host": "a"})

    def _opened(self, body: bytes) -> str:
        text = {child.tag: child.text or "" for child in ElementTree.fromstring(body)}
        frame = (text["MsgSignature"], text["TimeStamp"], text["Nonce"])
        inner = self.platform.cipher.decrypt_message(body, *frame)
        return ElementTree.fromstring(inner).findtext("Content") or ""

    def _note_server(self, connection: Any, _record: object) -> None:
        self.points.served_by(connection.info.backend_pid)


def _clear(fields: Mapping[str, str], body: bytes) -> str:
    return (gzip.decompress(body) if "content-encoding" in fields else body).decode()


def request(path: str, body: bytes, head: Mapping[str, Any]) -> bytes:
    """A POST as it goes over the line."""
    head = {**head, "Content-Length": len(body)}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
