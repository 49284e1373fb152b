"""Puts the application together."""

from importlib import import_module
from pathlib import Path

from flask import Flask

import templates
from bot.clock import Clock, now
from bot.database import engine_for
from bot.service import Service
from bot.settings import Settings

# Each has an attribute `blueprint`.
BLUEPRINTS: tuple[str, ...] = ()


def assemble(settings: Settings | None, clock: Clock | None) -> Flask:
    """See `bot.create_app`."""
    settings = settings or Settings.from_environment()
    app = Flask(
        "bot",
        template_folder=str(Path(templates.__file__).parent),
        static_folder=str(Path(__file__).parent / "static"),
    )
    app.secret_key = settings.secret_key
    app.config.update(
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.extensions["xinshimin"] = Service(settings, engine_for(settings.database_url), clock or now)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(name).blueprint)
    return app
