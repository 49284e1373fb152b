"""What the service asks of api.weixin.qq.com and open.weixin.qq.com, answered for the test persons.

Notices appear in the person's chat; signing in to a page yields whose phone the browser holds.
"""

import hmac
import secrets
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from bot.service import the_service
from bot.simulator.phones import MINE, NOTICE, THEIRS
from bot.simulator.views import COOKIE, the_phones
from dialogs import data
from dialogs.phrases import say

CODE_SECONDS = 300
WINDOW = timedelta(hours=48)
MOST_WRITTEN = 5  # customer-service messages after one of the person's own
LABELS = Path(__file__).with_name("labels.yaml")

blueprint = Blueprint("stand_in", __name__, url_prefix="/simulator")


@blueprint.route("/api/cgi-bin/stable_token", methods=["POST"])
def token() -> Response:
    """Any token will do here."""
    return jsonify(access_token=secrets.token_hex(16), expires_in=7200)


@blueprint.get("/api/cgi-bin/ticket/getticket")
def ticket() -> Response:
    """The ticket pages sign with."""
    return jsonify(errcode=0, errmsg="ok", ticket=page_ticket(), expires_in=7200)


@blueprint.post("/api/cgi-bin/message/subscribe/bizsend")
def notify_who_agreed() -> Response:
    """A subscription notice."""
    return _notify(consented=True)


@blueprint.post("/api/cgi-bin/message/template/send")
def notify() -> Response:
    """A template message, which needs no consent."""
    return _notify(consented=False)


@blueprint.post("/api/cgi-bin/message/custom/send")
def write() -> Response:
    """A customer-service message: within two days of the person's last message, five of them."""
    message, now = request.get_json(force=True), the_service().clock()
    phone = the_phones().whose(message["touser"])
    if phone is None or not phone.following:
        return jsonify(errcode=43004, errmsg="require subscribe")
    chat = the_phones().chat(phone.id)
    last = max((entry.at for entry in chat if entry.kind == MINE), default=None)
    if last is None or now - last > WINDOW:
        return jsonify(errcode=45015, errmsg="response out of time limit")
    written = [entry for entry in chat if entry.body.get("written") and entry.at >= last]
    if len(written) >= MOST_WRITTEN:
        return jsonify(errcode=45047, errmsg="out of response count limit")
    body = {"text": message["text"]["content"], "written": True}
    the_phones().show(phone.id, THEIRS, body, now)
    return jsonify(errcode=0, errmsg="ok")


@blueprint.get("/api/cgi-bin/user/get")
def followers() -> Response:
    """Who follows, all on the first page."""
    everybody = [phone.openid for phone in the_phones().all() if phone.following]
    page = [] if request.args.get("next_openid") else everybody
    return jsonify(
        total=len(everybody), count=len(page), data={"openid": page}, next_openid="".join(page[-1:])
    )


@blueprint.post("/api/cgi-bin/user/info/batchget")
def asked_by_name() -> Response:
    """Whether these people follow."""
    asked = [one["openid"] for one in request.get_json(force=True)["user_list"]]
    phones = {openid: the_phones().whose(openid) for openid in asked}
    if None in phones.values():
        return jsonify(errcode=40003, errmsg="invalid openid")
    return jsonify(
        user_info_list=[
            {"openid": openid, "subscribe": int(phone is not None and phone.following)}
            for openid, phone in phones.items()
        ]
    )


def page_ticket() -> str:
    """The same in every process, and as long as the demonstration keeps its secrets."""
    secret = the_service().settings.secret_key.encode()
    return hmac.new(secret, b"page ticket", "sha256").hexdigest()


def _notify(consented: bool) -> Response:
    """A notice: shown as a card in the chat of whom it is for."""
    notice = request.get_json(force=True)
    phone = the_phones().whose(notice["touser"])
    if phone is None or not phone.following:
        return jsonify(errcode=43004, errmsg="require subscribe")
    if consented and not the_phones().may_send(phone.id, notice["template_id"]):
        return jsonify(errcode=43101, errmsg="user refuse to accept the msg")
    the_phones().show(phone.id, NOTICE, _card(notice), the_service().clock())
    return jsonify(errcode=0, errmsg="ok", msgid=secrets.randbelow(10**9))


@blueprint.get("/open/connect/oauth2/authorize")
def authorize() -> AnyResponse:
    """Signing in to a page: silently, with a code, as snsapi_base does."""
    target = request.args.get("redirect_uri", "")
    if not target.startswith(f"{the_service().settings.page_root}/"):
        abort(400)
    phone = the_phones().find(request.cookies.get(COOKIE, 0, type=int))
    if phone is None:
        return redirect("/simulator/")
    code = _codes().dumps(phone.openid)
    joint = "&" if "?" in target else "?"
    return redirect(f"{target}{joint}code={code}&state={request.args.get('state', '')}")


@blueprint.get("/api/sns/oauth2/access_token")
def exchange() -> Response:
    """Whose code it is."""
    try:
        openid = _codes().loads(request.args.get("code", ""), max_age=CODE_SECONDS)
    except BadSignature:
        return jsonify(errcode=40029, errmsg="invalid code")
    return jsonify(
        access_token=secrets.token_hex(16), expires_in=7200, openid=openid, scope="snsapi_base"
    )


@cache
def _labels() -> dict[str, str]:
    """What the demonstration's template prints before each field."""
    return data.read(LABELS, dict[str, str])


def _codes() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(the_service().settings.secret_key, "simulator-code")


def _card(notice: dict[str, Any]) -> dict[str, Any]:
    """What the chat shows of a notice."""
    fields = notice["data"].items()
    lines = [[_labels().get(name, ""), str(field["value"])] for name, field in fields]
    page = notice.get("page") or notice.get("url") or ""
    local = page.removeprefix(the_service().settings.page_root)
    return {"title": say("service/notice"), "lines": lines, "page": local}
