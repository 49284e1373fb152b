"""Puts the application together."""

import gc
import logging
import os
import sys
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

import templates
from bot import CANNOT_LOAD, first_use, logs
from bot.callback import Callback
from bot.clock import Clock, now
from bot.cookies import cookie_name, over_https
from bot.county import contact
from bot.crowd import Crowd
from bot.in_time import InTime
from bot.loading import uncollected
from bot.measured import Measured
from bot.outbox import consent
from bot.outbox.ways_out import sound_notices
from bot.outbox.wording import SMS, load_notices
from bot.outermost import Outermost
from bot.sealing.keyring import engine_of
from bot.service import Service
from bot.settings import BEHIND_FRONT, PREFIX, Settings, SettingsError
from bot.sound_files import SoundFiles
from bot.sqlite import library
from bot.sqlite.library import ADVICE, fault
from bot.sqlite.occupancy import OccupiedError, occupy
from bot.turns import warm_up
from dialogs.law import law
from dialogs.phrases import environment
from dialogs.region import CountyError, choose, region
from dialogs.region.admissions import AdmissionsError
from scoring import RulesetError

# Each has an attribute `blueprint`.
BLUEPRINTS = (
    "bot.api.views",
    "bot.health.views",
    "bot.pages",
    "bot.staff.console",
)
# Each registers something when it is imported: who keeps data about people, who fulfils requests,
# who hears events.
REGISTRANTS = (
    "bot.retention",
    "bot.booking.fulfilment",
    "bot.booking.privacy",
    "bot.outbox.events",
    "bot.staff.privacy",
)

ASKING = {consent.PAGE: consent.is_open}
LARGEST_FORM = 262_144  # bytes; the largest, a worksheet, has some twenty thousand

log = logging.getLogger(__name__)


class StartError(Exception):
    """It cannot start; the text says why, and what to do. `again`: others of the same server have
    started and serve, so this one may try again and must not end them."""

    def __init__(self, text: str, again: bool) -> None:
        super().__init__(text)
        self.again = again


def assemble(settings: Settings | None, clock: Clock | None) -> Flask:
    """See `bot.create_app`.

    Raises:
        StartError: see there.
    """
    if settings is not None:
        choose(settings.county)
        return _application(Service(settings, engine_of(settings), clock or now, asking=ASKING))
    copies = None
    try:
        settings = Settings.from_environment()
        choose(settings.county)
        engine = engine_of(settings)
        copies = SoundFiles.here(settings)
        service = Service(settings, engine, clock or now, copies=copies, asking=ASKING)
        return _application(_checked(service))
    except (SettingsError, CountyError) as error:
        others_serve = bool(copies and copies.exist) and not isinstance(error, OccupiedError)
        raise StartError(str(error), again=others_serve) from error


def _checked(service: Service) -> Service:
    """The service, able to answer: what it needs was looked at and loaded.

    Raises:
        SettingsError: it is not.
    """
    logs.start(service.settings.log_level, service.settings.log_format)
    if service.settings.forward and BEHIND_FRONT not in os.environ:
        raise SettingsError(
            f"{PREFIX}FORWARD needs `xinshimin serve`: a process that answers messages cannot wait "
            "for the account's other service."
        )
    for warning in service.settings.warnings():
        log.warning(warning)
    service = _with_notices(service)
    _demand_database(service)
    _demand_rules(service)
    with suppress(OSError):  # which the log has told of already: no connection could be made
        occupy(service.engine)
    if not service.faults:
        service.keep_copies()
    if service.engine.dialect.name == "sqlite" and not library.is_sound():
        serve_alone(service)
    return service


def serve_alone(service: Service) -> None:
    """With a faulty library no second process may write: this one does the worker's jobs too, and
    ends where gunicorn, after `--preload`, would fork others from it."""
    from bot.worker import (
        work_inside,
    )  # loads WeChat's client, which no other process that serves needs

    log.warning("%s: this process serves alone, with the worker's jobs. %s.", fault(), ADVICE)
    os.register_at_fork(before=_refuse_to_fork)
    work_inside(service.settings, service.engine, service.clock)


def _refuse_to_fork() -> None:
    print(f"{fault()}: start gunicorn without --preload. {ADVICE}.", file=sys.stderr, flush=True)
    os._exit(CANNOT_LOAD)


def _application(service: Service) -> Flask:
    app = Flask(
        "bot",
        template_folder=str(Path(templates.__file__).parent),
        static_folder=str(Path(__file__).parent / "static"),
    )
    app.session_interface = CookieSession()
    app.secret_key = service.settings.secret_key
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
    )
    # Without it every visitor seems to come from the proxy, and one person's slips at the sign-in
    # would close the console to all.
    proxies = service.settings.proxies
    pages = Measured(ProxyFix(Crowd(app.wsgi_app), proxies, proxies, 0))
    inside = InTime(Callback(service, pages), proxies)
    app.wsgi_app = Outermost(inside, service.settings.is_https, proxies)  # type: ignore[method-assign]
    app.extensions["xinshimin"] = service
    told = {"keep_days": service.settings.keep_days, "operator": service.settings.operator}
    told |= {"blank_days": service.settings.blank_days}
    told |= (can := _sends(service.settings))
    environment().globals.update(told)  # as the welcome says
    environment().globals["contact"] = contact(service.settings)  # the number that the chat names
    app.jinja_env.globals.update(county=region(), law=law(), **can)
    for name in REGISTRANTS:
        import_module(name)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(name).blueprint)
    return app


def _sends(settings: Settings) -> dict[str, bool]:
    """What words may promise: whether it `reminds`, which takes a template, and whether it `texts`,
    which takes a gateway and that the office wants SMS at all."""
    wording = load_notices(settings.notices)
    texts = wording.sms.is_sent and SMS in wording.ways
    return {"reminds": bool(wording.template_ids), "texts": texts}


class CookieSession(SecureCookieSessionInterface):
    """Flask's session, in a cookie that is named and sent as `bot.cookies` says."""

    def get_cookie_name(self, app: Flask) -> str:
        return cookie_name(super().get_cookie_name(app))

    def get_cookie_secure(self, app: Flask) -> bool:
        return over_https()


def _with_notices(service: Service) -> Service:
    """A fault in the office's file of notices ends a first start, and no page later."""
    try:
        sound_notices(service.settings)
    except SettingsError as error:
        copy = service.copies.notices if service.copies else None
        if copy is None:
            raise
        service.go_on_with("notices", f"the notices go on as they last were sound: {error}")
        return replace(service, settings=replace(service.settings, notices=copy))
    return service


def _demand_rules(service: Service) -> None:
    """Stop at rules that are not sound; those that are, are loaded before the first message. So it
    is with what the office publishes."""
    try:
        with uncollected():
            warm_up(service)
            gc.collect()
            gc.freeze()  # it lives as long as the process: walking it would take from a turn's time
    except RulesetError as error:
        raise SettingsError(f"The service does not start, for the rules:\n{error}") from error
    except AdmissionsError as error:
        raise SettingsError(f"The service does not start: {error}") from error


def _demand_database(service: Service) -> None:
    """Stop at a database of another version, or sealed with other keys. One that does not answer is
    looked at before its first use: it may come back, and the platform waits better for a late
    service than for none."""
    engine = service.engine
    try:
        first_use.look(engine, service.clock)
    except SQLAlchemyError:
        log.exception("the database does not answer")
        first_use.postpone(engine, service.settings, service.clock)
    finally:
        engine.dispose()  # no connection may be carried into a forked worker
