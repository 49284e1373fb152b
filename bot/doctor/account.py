"""What WeChat says: the time, the token and the list of addresses, the menu, the templates."""

import re
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import requests

from bot.doctor.verdict import Level, Subject, Verdict, ok, problem, unknown, warning
from bot.outbox.wording import CATEGORY, Notices, load_notices
from bot.settings import PREFIX
from bot.wechat.client import IP_NOT_LISTED, NO_RIGHT, TIMEOUT, ApiError, UnreachableError
from bot.wechat.menu import menu_json
from bot.wechat.message import OURS

SLOW, WRONG = 5.0, 60.0  # seconds between the clocks
NO_MENU = 46003
WRONG_ACCOUNT = frozenset({40013, 40125, 40164})
FIELD = re.compile(r"\{\{(\w+)\.DATA\}\}")
ADVICE = {
    40013: f"there is no such account: correct {PREFIX}WECHAT_APPID",
    40125: f"the secret is wrong: correct {PREFIX}WECHAT_SECRET, or reset it at WeChat",
    IP_NOT_LISTED: "add this machine's address to the IP list (设置与开发 > 基本配置 > IP白名单)",
    NO_RIGHT: "the account has no right to this: look under 接口权限",
}


def clock(subject: Subject) -> Iterator[Verdict]:
    """This machine's clock against WeChat's: messages of another time are refused."""
    try:
        answer = requests.head(subject.settings.wechat_api, timeout=TIMEOUT)
        theirs = parsedate_to_datetime(answer.headers["Date"])
    except (requests.RequestException, KeyError, ValueError) as error:
        yield unknown("clock", f"not compared with WeChat's ({type(error).__name__})")
        return
    apart = abs((subject.clock() - theirs).total_seconds())
    said = f"{apart:.0f} seconds from WeChat's"
    advice = "set it by the network (timedatectl set-ntp true)"
    if apart > WRONG:
        yield problem("clock", f"{said}, and messages are refused from "
                      f"{subject.settings.wechat_skew_seconds} on: {advice}")  # fmt: skip
    elif apart > SLOW:
        yield warning("clock", f"{said}: {advice}")
    else:
        yield ok("clock", said)


def reached(subject: Subject) -> Iterator[Verdict]:
    """The token, and with it the rest."""
    try:
        subject.client.token()
        menu = _menu(subject)
    except (ApiError, UnreachableError) as error:
        yield problem("token", f"WeChat gives none: {_said(error)}")
        yield from (unknown(check, "WeChat was not asked") for check in ("menu", "templates"))
        return
    yield ok("token", "WeChat gives one to this machine")
    yield menu
    yield _templates(subject)


def _menu(subject: Subject) -> Verdict:
    """Whether all our buttons are in the account's menu, among whatever others."""
    try:
        published = subject.client.call("menu/get").get("menu", {})
    except ApiError as error:
        if error.code in WRONG_ACCOUNT:
            raise
        if error.code != NO_MENU:
            return problem("menu", f"WeChat does not show it: {_said(error)}")
        published = {}
    if subject.settings.is_guest:
        return _merged_menu(published)
    has_earlier = subject.service.rules().predecessor is not None
    ours = menu_json(subject.settings.page_root, has_earlier)
    there = set(_targets([published]))
    missing = [name for target, name in _named([ours]) if target not in there]
    if missing:
        names = "、".join(missing)
        return warning("menu", f"it lacks {names}: run xinshimin wechat menu --publish")
    return ok("menu", "all buttons are there")


def _merged_menu(published: Any) -> Verdict:
    """The same in an account that has other buttons, of which ours takes no place."""
    if any(target.startswith(OURS) for target in _targets([published])):
        return ok("menu", "a button of ours is there")
    return warning("menu", "no button of ours is there: run xinshimin wechat menu --merge")


def _named(buttons: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """What each button leads to, and its name, at any depth."""
    for button in buttons:
        for below in ("button", "sub_button"):
            yield from _named(button.get(below) or ())
        if target := button.get("key") or button.get("url"):
            yield target, str(button.get("name", ""))


def _targets(buttons: Iterable[Any]) -> Iterator[str]:
    return (target for target, _ in _named(buttons))


def _templates(subject: Subject) -> Verdict:
    """Whether each template that notices use is the account's, with the fields they fill."""
    wording = load_notices(subject.settings.notices)
    if not wording.template_ids:
        return warning(
            "templates",
            f"no ids in the file {PREFIX}NOTICES: nobody is reminded. Write them there, see "
            "Appointments and notices in the guide",
        )
    try:
        there = _fields_there(subject, wording)
    except (ApiError, UnreachableError) as error:
        return Verdict("templates", Level.PROBLEM, f"WeChat does not show them: {_said(error)}")
    faults = list(_template_faults(wording, there))
    if faults:
        return problem("templates", f"{'; '.join(faults)}: correct {PREFIX}NOTICES")
    return ok("templates", f"{len(wording.template_ids)} are the account's, with their fields")


def _fields_there(subject: Subject, wording: Notices) -> dict[str, set[str]]:
    """The account's templates, by id, with their fields."""
    if wording.consent == CATEGORY:
        answer = subject.client.call("template/get_all_private_template")
        listed, key = answer.get("template_list", ()), "template_id"
    else:
        base = subject.settings.wechat_api.rstrip("/")
        answer = subject.client.call(f"{base}/wxaapi/newtmpl/gettemplate")
        listed, key = answer.get("data", ()), "priTmplId"
    return {one[key]: set(FIELD.findall(one.get("content", ""))) for one in listed}


def _template_faults(wording: Notices, there: dict[str, set[str]]) -> Iterator[str]:
    for name, template in wording.templates.items():
        if template.id not in wording.template_ids:
            continue
        if template.id not in there:
            yield f"{name}: the account has no template {template.id}"
        elif strange := sorted(set(template.fields) - there[template.id]):
            yield f"{name}: the template has no field {', '.join(strange)}"


def _said(error: ApiError | UnreachableError) -> str:
    advice = ADVICE.get(error.code, "") if isinstance(error, ApiError) else "is it reachable here?"
    return f"{error}{f'; {advice}' if advice else ''}"
