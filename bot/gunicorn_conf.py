"""For gunicorn: `gunicorn --config python:bot.gunicorn_conf 'bot:create_app()'`. What may differ
between two installations (workers, bind, logs) stays on the command line."""

from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

from bot.gunicorn_log import Log

# Otherwise any process of this account could stop and resize the server through a socket.
control_socket_disable = True
# Otherwise a header named SCRIPT_NAME, which some proxies pass on, moves the path of a request from
# under the proxy's rules. `bot.outermost` refuses such a request, this never lets it arise.
forwarder_headers = ""
logger_class = Log


def post_request(_worker: Any, request: Any, environ: dict[str, Any], response: Any) -> None:
    """The answer is written. Now gunicorn would wait, for two seconds at most, until the other end
    closes too, and a worker answers nobody meanwhile: as long as the way there and back, or as it
    pleases anyone who asked. That wait is for requests of which something is still on its way."""
    connection = environ.get("gunicorn.socket")
    is_whole = getattr(request.body.reader, "length", None) == 0
    if connection is not None and response is not None and response.should_close() and is_whole:
        with suppress(OSError):  # the other end is gone
            connection.shutdown(SHUT_RDWR)
