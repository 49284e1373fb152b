"""Addresses nobody would type: they are refused or answered calmly, also after signing in."""

from urllib.parse import unquote

from flask import Flask

from tests.bot.pages.wechat import SignIn, state_of
from tests.bot.web import Browser

ODD = ["%0d%0aSet-Cookie:%20a=b", "%0a", "%09", "%00", "%25", "%2500", "%3f", "%23", "%2e%2e"]
ODD += ["%e4%b8%ad", "%ff", "a%20b", "%5c", "%22%3e", "a;b", "%2f%2fevil.example", "%c2%85", "%7f"]
QUERIES = ["?x=%0d%0aA:b", "?x=%00", "?x=%25", "?x=%e4%b8%ad&y=%23", "?x=%ff"]


def paths(app: Flask, values: list[str]) -> list[str]:
    """Every page with a part that can be chosen, for each of the values."""
    return [
        rule.rule.replace(f"<{name}>", value)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and len(rule.arguments) == 1
        for name in rule.arguments
        for value in values
        if f"<{name}>" in rule.rule
    ]


def test_whatever_is_asked_for_a_sign_in_leads_there_or_nowhere(app: Flask, wechat: SignIn) -> None:
    found = 0
    asked = [path for path in paths(app, ODD) if path.startswith(("/appointments", "/sheet"))]
    for path in [*asked, *(f"/appointments{query}" for query in QUERIES)]:
        browser = Browser(app)
        answer = browser.get(path)
        assert answer.status_code in (200, 302, 308, 400, 404), path
        if answer.status_code == 308:  # two slashes become one
            assert answer.headers["Location"].count("//") == 0
        if answer.status_code != 302:
            continue
        found += 1
        wechat.answers["code"] = {"openid": "oMe"}
        back = browser.get(f"/oauth?code=code&state={state_of(answer)}")
        assert back.status_code == 302, path
        assert unquote(back.headers["Location"]) == unquote(path)
        assert browser.get(back.headers["Location"]).status_code in (200, 400, 404), path
    assert found > 10
