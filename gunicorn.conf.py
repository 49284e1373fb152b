"""gunicorn reads this by itself where it is started in this folder."""

from bot.gunicorn_conf import control_socket_disable, forwarder_headers, post_request

__all__ = ["control_socket_disable", "forwarder_headers", "post_request"]
