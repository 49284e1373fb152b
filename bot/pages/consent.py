"""`/appointments/notices`: WeChat's own dialogue, in which people agree to notices.

WeChat's script draws the button, shows the sheet, and tells the platform, which tells us
(`bot.outbox.events`). What the script reports to this page only decides which sentence is shown.
The page reads the ticket a worker fetched and never waits for the platform.
"""

import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.database import reading
from bot.outbox import consent
from bot.outbox.wording import LONG_TERM, load_notices
from bot.pages.blueprint import blueprint
from bot.pages.oauth import person, personal
from bot.service import Service, the_service
from bot.wechat.credentials import TICKET, stored
from bot.wechat.signature import sign_page

# What WeChat's script needs, and no more: itself; the style of the button, which is set into a
# shadow tree; its report on loading (an image); the frames by which it calls the app. Read off
# jweixin-1.6.0.js and saved pages, not tried on the live servers.
POLICY = (
    "default-src 'none'; script-src 'self' {sdk}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: https://open.weixin.qq.com; frame-src weixin: weixinping:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a page shows WeChat's script to be let in."""

    appid: str
    timestamp: str
    nonce: str
    signature: str


@blueprint.get("/appointments/notices")
@personal
def notice_consent() -> ResponseReturnValue:
    """The button, and what it is for."""
    service, me = the_service(), person() or ""
    templates = consent.asked(service.settings)
    if not templates:
        return redirect(url_for("pages.my_appointment"))
    with reading(service.engine) as connection:
        is_open = consent.is_open(connection, me, service.settings)
        left = [consent.left(connection, me, template) for template in templates]
    sdk = urlsplit(service.settings.wechat_sdk)
    page = render_template(
        "pages/consent.html",
        templates=templates,
        lasting=load_notices(service.settings.notices).consent == LONG_TERM,
        is_open=is_open,
        left=min((one for one in left if one is not None), default=0),
        signed=_signed(service),
        sdk=sdk.geturl(),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = POLICY.format(sdk=f"{sdk.scheme}://{sdk.netloc}")
    return response


def _signed(service: Service) -> Signed | None:
    """For the present address as the browser shows it; None while there is no ticket."""
    appid, now = service.settings.wechat_appid, service.clock()
    ticket = stored(service.engine, appid, TICKET, now)
    if ticket is None:
        return None
    query = request.query_string.decode("latin-1")
    url = service.settings.page_root + request.path + (f"?{query}" if query else "")
    timestamp, nonce = str(int(now.timestamp())), secrets.token_hex(8)
    return Signed(appid, timestamp, nonce, sign_page(ticket, nonce, timestamp, url))
