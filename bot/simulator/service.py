"""The demonstration: the whole service with a phone on screen, its data in one folder."""

import json
import logging
import secrets
from os import environ
from pathlib import Path

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from bot import create_app as create_service
from bot import logs
from bot.application import serve_alone
from bot.database import engine_for
from bot.settings import ANY, Settings
from bot.simulator import script, stand_in, views
from bot.simulator.phones import Phones
from bot.sqlite import library
from bot.turns import warm_up

PHONE = "/simulator/"
FOLDER, PORT = "XINSHIMIN_DEMO_FOLDER", "XINSHIMIN_DEMO_PORT"
SECRETS = {"wechat_token": 16, "wechat_secret": 16, "secret_key": 32}  # bytes, kept as hexadecimal
AES_KEY_LENGTH = 43
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def create_app() -> Flask:
    """For gunicorn, started by `xinshimin demo`."""
    folder, port = Path(environ[FOLDER]), int(environ[PORT])
    logs.start("WARNING")
    app = create_service(demo_settings(folder, port))
    if not library.is_sound():
        serve_alone(app.extensions["xinshimin"])
    return with_simulator(app, folder, port)


def with_simulator(app: Flask, folder: Path, port: int) -> Flask:
    """Add the phone and the stand-in for WeChat's own servers to an application."""
    app.config["CALLBACK"] = f"http://127.0.0.1:{port}/wechat"
    app.extensions["phones"] = Phones(engine_for(f"sqlite:///{folder / 'phones.db'}"))
    app.jinja_env.globals["phone_page"] = PHONE
    app.before_request(_phone_first)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(stand_in.blueprint)
    app.register_blueprint(script.blueprint)
    app.after_request(script.let_fetch)
    warm_up(app.extensions["xinshimin"])
    return app


def _phone_first() -> Response | None:
    """A person who types the bare address wants the phone; links still lead to the home page."""
    typed = request.headers.get("Sec-Fetch-Site") == "none"
    return redirect(PHONE) if typed and request.path == "/" else None


def demo_settings(folder: Path, port: int) -> Settings:
    """Settings of a demonstration in this folder, with secrets of its own, and with the office's
    rules where XINSHIMIN_RULES and XINSHIMIN_RULESET name them: so they can be tried before."""
    rules = environ.get("XINSHIMIN_RULES")
    root = f"http://127.0.0.1:{port}"
    kept = _secrets(folder / "secrets.json")
    return Settings(
        wechat_token=kept["wechat_token"],
        wechat_secret=kept["wechat_secret"],
        wechat_aes_key=kept["wechat_aes_key"],
        secret_key=kept["secret_key"],
        wechat_appid="wxdemo0000000000",
        wechat_mode=ANY,  # a phone can be switched to plain mode
        wechat_api=f"{root}/simulator/api",
        wechat_open=f"{root}/simulator/open",
        wechat_sdk=f"{root}/static/simulator-wechat.js",
        database_url=f"sqlite:///{folder / 'xinshimin.db'}",
        public_url=root,
        operator="演示服务中心",
        contact="0577-00000000（演示用的号码）",
        notices=Path(__file__).with_name("notices.yaml"),
        rules=Path(rules) if rules else None,
        ruleset=environ.get("XINSHIMIN_RULESET", ""),
        county=environ.get("XINSHIMIN_COUNTY", ""),
    )


def _secrets(file: Path) -> dict[str, str]:
    """Random and kept, so that a restarted demo knows its people again."""
    if not file.exists():
        made = {name: secrets.token_hex(size) for name, size in SECRETS.items()}
        made["wechat_aes_key"] = "".join(secrets.choice(LETTERS) for _ in range(AES_KEY_LENGTH))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(json.dumps(made, indent=1))
        logging.getLogger(__name__).info("new secrets in %s", file)
    kept: dict[str, str] = json.loads(file.read_text())
    return kept
