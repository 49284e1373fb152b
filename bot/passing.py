"""How the callback tells the front that a message goes to the account's other service too, or only.

The callback has opened it and knows whose it is, but must not wait for anybody; the front has all
its bytes, and waits for many at once. So the callback answers what the person sees if there is no
other answer, and a header says what to do (as nginx has X-Accel-Redirect).
"""

from typing import NamedTuple

HEADER = "X-Pass-On"
ASK, TELL = "ask", "tell"  # its answer is the answer; its answer is of no interest
KEY = b"X-Pass-On-Key"  # by which the front hands a message to the pool
LINE = f"\r\n{HEADER}: ".encode()
END = b"\r\n"


class PassOn(NamedTuple):
    """`key` is the same for every delivery of the message."""

    how: str
    key: str

    def __str__(self) -> str:
        return f"{self.how} {self.key}"


def taken_out(answer: bytes) -> tuple[bytes, PassOn | None]:
    """An HTTP answer without the header, and what it said.

    >>> taken_out(b"HTTP/1.1 200 OK\\r\\nX-Pass-On: ask 7f\\r\\nA: b\\r\\n\\r\\nsuccess")
    (b'HTTP/1.1 200 OK\\r\\nA: b\\r\\n\\r\\nsuccess', PassOn(how='ask', key='7f'))
    """
    head, gap, body = answer.partition(END * 2)
    before, line, rest = head.partition(LINE)
    if not line:
        return answer, None
    told, end, after = rest.partition(END)
    how, _, key = told.decode("latin-1").partition(" ")
    return before + end + after + gap + body, PassOn(how, key)
