"""The least a WeChat service can do: check the signature, read the message, say it back. Stateless,
made of wechatpy and Flask alone; the yardstick of `tests.bench.turns`."""

from os import environ

from flask import Flask, Response, abort, request
from wechatpy import parse_message
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.replies import TextReply
from wechatpy.utils import check_signature


def create_app() -> Flask:
    """For gunicorn."""
    app = Flask(__name__)
    token = environ["XINSHIMIN_WECHAT_TOKEN"]

    @app.post("/wechat")
    def receive() -> Response:
        query = request.args
        try:
            check_signature(token, query["signature"], query["timestamp"], query["nonce"])
        except InvalidSignatureException:
            abort(403)
        message = parse_message(request.get_data())
        reply = TextReply(message=message, content=getattr(message, "content", message.type))
        return Response(reply.render(), mimetype="application/xml")

    return app
