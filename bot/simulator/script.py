"""The server's side of the stand-in for WeChat's script (static/simulator-wechat.js): who may use
it, the sheet it shows, and what was tapped there. The demonstration has one template.

The real script speaks to the app, not over the network; so only here pages may fetch.
"""

from hmac import compare_digest
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request
from wechatpy.client.api import WeChatJSAPI

from bot.outbox.consent import PAGE
from bot.outbox.wording import LONG_TERM, load_notices
from bot.service import the_service
from bot.simulator import acts
from bot.simulator.phones import Phone
from bot.simulator.stand_in import page_ticket
from bot.simulator.views import COOKIE, deliver, the_phones
from dialogs.phrases import say

ACCEPT, REJECT = "accept", "reject"

blueprint = Blueprint("script", __name__, url_prefix="/simulator/script")


@blueprint.post("/config")
def config() -> Response:
    """Whether the page's signature is good, checked by wechatpy: not by what made it."""
    asked = _asked("timestamp", "nonceStr", "signature", "path")
    url = the_service().settings.page_root + asked["path"]
    sign = WeChatJSAPI().get_jsapi_signature
    signature: str = sign(asked["nonceStr"], page_ticket(), asked["timestamp"], url)
    return jsonify(ok=compare_digest(signature, asked["signature"]))


@blueprint.get("/sheet")
def sheet() -> str:
    """What slides up from below."""
    return render_template("pages/simulator_sheet.html", notice=say("service/notice"))


@blueprint.post("/answer")
def answer() -> Response:
    """The sheet was answered: the platform remembers it, and tells the service."""
    asked, phone = _asked("template", "status"), _phone()
    if asked["status"] == ACCEPT:
        lasting = load_notices(the_service().settings.notices).consent == LONG_TERM
        the_phones().agree(phone.id, asked["template"], lasting)
    else:
        the_phones().refuse(phone.id, asked["template"])
    status = ACCEPT if asked["status"] == ACCEPT else REJECT
    deliver(phone, acts.answered(asked["template"], status))
    return jsonify(status=status)


def let_fetch(response: Response) -> Response:
    """Let the page that holds the stand-in's script fetch."""
    policy = response.headers.get("Content-Security-Policy")
    if policy and request.path == PAGE:
        response.headers["Content-Security-Policy"] = f"{policy}; connect-src 'self'"
    return response


def _asked(*names: str) -> dict[str, str]:
    """The texts of these names. Only JSON, which no page of another site can send unasked."""
    sent: Any = request.get_json()
    if not isinstance(sent, dict):
        abort(400)
    return {name: str(sent.get(name, ""))[:500] for name in names}


def _phone() -> Phone:
    """The phone this browser holds."""
    return the_phones().find(request.cookies.get(COOKIE, 0, type=int)) or abort(404)
