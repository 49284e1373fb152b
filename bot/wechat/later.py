"""Events that the database could not take, kept on this machine until it can.

WeChat delivers an event three times within some fifteen seconds and never again, and who left
cannot ask for anything any more. So what needs no answer (a person left, withdrew the
authorization, agreed to notices) is written down beside, sealed, and done as soon as the database
is back. All else that could not be done is told to the person, who says it again.

One file an event, named by its receipt: a repeated delivery is the same file. Any process of this
machine does it; the receipt in the database keeps it from being done twice, by another machine too.
Where the disk takes no file either, the process that heard of it remembers it as long as it lives.
"""

import hmac
import json
import logging
import os
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from time import sleep
from typing import Any

from cryptography.fernet import InvalidToken

from bot import deadline, request_id
from bot.database import is_away
from bot.sealing import cipher
from bot.service import Service
from bot.settings import Settings
from bot.sound_files import state_folder
from bot.turns import receipt_for
from bot.wechat.chain import Answer, Call, Next
from bot.wechat.events import listener_for
from bot.wechat.message import LEAVING, message_from

FOLDER = "later"
PAUSE_SECONDS = 1.0
SECONDS = 4.0  # of one event
MOST_REMEMBERED = 10_000  # events; the oldest go first

log = logging.getLogger(__name__)


class Later:
    """The events kept for one service; `do` does one, as the callback would. A handler itself, of
    those that follow."""

    def __init__(self, service: Service, do: Callable[[Call], object]) -> None:
        self.service, self.do = service, do
        self.folder = folder_for(service.settings)
        self.seal = cipher(service.settings.secret_key, "later")
        self.remembered: deque[Call] = deque(maxlen=MOST_REMEMBERED)
        self._lock = Lock()
        self._worker: Thread | None = None
        self._asked = False

    def __call__(self, call: Call, following: Next) -> Answer:
        """Do it now; what cannot be done is kept where it needs no answer."""
        if not self._asked:  # what a process before this one has kept
            self._asked = True
            self.wake()
        try:
            return following(call)
        except Exception as error:
            event = call.message.event
            if not (event in LEAVING or listener_for(event)) or not is_away(
                self.service.engine, error
            ):
                raise
            log.warning("an event is kept for later: %s", str(error).partition("\n")[0])
            self._keep_or_remember(call)
            return None

    def _keep_or_remember(self, call: Call) -> None:
        try:
            self.keep(call)
        except OSError as error:
            log.error("an event is remembered until this process ends: %s", error.strerror)
            self.remembered.append(call)
            self.wake()

    def keep(self, call: Call) -> None:
        """Write an event down, and see to it that it is done.

        Raises:
            OSError: it cannot be written.
        """
        key = receipt_for(self.service, call.message.person, call.message.identity).key
        event = {"data": call.message.data, "address": call.address, "cause": request_id.current()}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f".{key}.{os.getpid()}"
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(self.seal.encrypt(json.dumps(event).encode()))
            file.flush()
            try:
                os.fsync(file.fileno())
            finally:  # unsure after a power cut only, and remembered as well
                part.rename(self.folder / key)
        self.wake()

    def wake(self) -> None:
        """Do what is kept, in a thread that ends with it."""
        with self._lock:
            if (self._kept() or self.remembered) and not (self._worker and self._worker.is_alive()):
                self._worker = Thread(target=self._work, name="later", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        while (kept := self._kept()) or self.remembered:
            if not (self._done_remembered() and all(self._done(file) for file in kept)):
                sleep(PAUSE_SECONDS)

    def _kept(self) -> list[Path]:
        return kept_in(self.folder)

    def _done_remembered(self) -> bool:
        """Do all that is remembered; False where the database is still away."""
        while self.remembered:
            call = self.remembered.popleft()
            try:
                with deadline.within(SECONDS):
                    self.do(call)
            except Exception as error:
                if is_away(self.service.engine, error):
                    self.remembered.appendleft(call)
                    return False
                log.exception("an event that was remembered could not be done")
        return True

    def _done(self, file: Path) -> bool:
        """Do one; False where the database or the disk is still away."""
        try:
            return self._done_and_gone(file)
        except FileNotFoundError:  # another process did it
            return True
        except OSError as error:
            log.error("an event that was kept waits for the disk: %s", error.strerror)
            return False

    def _done_and_gone(self, file: Path) -> bool:
        try:
            event = json.loads(self.seal.decrypt(file.read_bytes()))
        except InvalidToken:
            log.error("an event that was kept is unreadable: sealed with another key")
        else:
            with request_id.within(event.get("cause", request_id.NONE)):
                if not self._do(event):
                    return False
        file.unlink(missing_ok=True)
        return True

    def _do(self, event: dict[str, Any]) -> bool:
        """Do one as the callback would; False where the database is still away."""
        service = self.service
        try:
            call = Call(service, message_from(event["data"]), service.clock(), event["address"])
            with deadline.within(SECONDS):
                self.do(call)
        except Exception as error:
            if is_away(service.engine, error):
                return False
            log.exception("an event that was kept could not be done")
        else:
            log.info("an event that was kept is done")
        return True


def folder_for(settings: Settings) -> Path:
    """Where the events of this installation are kept: another one may run beside it. With another
    database, or another `SECRET_KEY`, it is another folder."""
    both = hmac.digest(settings.secret_key.encode(), settings.database_url.encode(), "sha256")
    return state_folder(settings) / FOLDER / both.hex()[:12]


def kept_in(folder: Path) -> list[Path]:
    """The events that are kept there, the oldest first; none as long as the disk does not say: what
    a process remembers must not wait for that."""
    try:
        found = [one for one in folder.iterdir() if not one.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=_written_at)


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
