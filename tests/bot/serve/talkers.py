"""People who talk over the callback, and how long they wait for each reply."""

import http.client
import itertools
import threading
import time
from contextlib import closing
from urllib.parse import urlencode

from tests.bot.wechat.platform import ACCOUNT, address, xml

PAUSE = 0.5  # seconds between a reply and the next message
GIVES_UP = 5.0  # so does WeChat
ANSWERS = "1,1,1990年5月,大专,三级,42个月,50个月,2,3年,都没有,志愿服务,4次,结果,大专有几分,材料"

_people = itertools.count(1)


def talking(port: int, token: str, people: int, seconds: float) -> list[float]:
    """So many people at once; the seconds each reply took, `GIVES_UP` where none came in time."""
    end = time.monotonic() + seconds
    waits: list[float] = []
    threads = [
        threading.Thread(target=_talk, args=(port, token, number * PAUSE / people, end, waits))
        for number in range(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(waits)


def _talk(port: int, token: str, later: float, end: float, waits: list[float]) -> None:
    time.sleep(later)
    while True:
        person = f"o{next(_people):027d}"
        for number, said in enumerate(("", *ANSWERS.split(","))):
            if time.monotonic() > end:
                return
            waits.append(_waited(port, token, person, number, said))
            time.sleep(PAUSE)


def _waited(port: int, token: str, person: str, number: int, said: str) -> float:
    fields = (
        {"MsgType": "text", "Content": said, "MsgId": time.time_ns()}
        if said
        else {"MsgType": "event", "Event": "subscribe", "EventKey": ""}
    )
    created = int(time.time())
    about = {"ToUserName": ACCOUNT, "FromUserName": person, "CreateTime": created}
    body = xml(**about, **fields).encode()
    query = urlencode(address(token, created, body))
    start = time.monotonic()
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=GIVES_UP)) as line:
            line.request("POST", f"/wechat?{query}", body)
            answer = line.getresponse()
            if answer.status == 200 and b"<Content>" in answer.read():
                return time.monotonic() - start
    except (OSError, http.client.HTTPException):
        pass
    return GIVES_UP
