"""A service for tests: settings, a migrated database of its own, a fixed clock."""

from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import URL, Engine

from bot import create_app, migrations
from bot.clock import ZONE, Clock
from bot.database import engine_for
from bot.keys import known_keys
from bot.sealing.keyring import Key, Keyring, engine_of, equipped
from bot.settings import Settings
from dialogs.region import folder

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
DATA_KEY = "a data key for tests: long and odd too"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PREVIOUS_AES_KEY = "GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba"


def settings_for(folder: Path, **changes: Any) -> Settings:
    """Complete settings with the database in `folder`."""
    values: dict[str, Any] = {
        "wechat_token": "tokenfortests123",
        "wechat_appid": "wx0123456789abcdef",
        "wechat_secret": "0123456789abcdef0123456789abcdef",
        "wechat_api": "http://127.0.0.1:9",  # nothing answers there
        "wechat_mode": "any",  # tests speak in each mode; production defaults to safe
        "wechat_aes_key": AES_KEY,
        "wechat_aes_key_previous": PREVIOUS_AES_KEY,
        "operator": "测试服务中心",
        "contact": "0577-00000000",
        "secret_key": "a secret for tests, long enough and odd",
        "data_key": DATA_KEY,
        "database_url": f"sqlite:///{folder / 'service.db'}",
        "public_url": "https://jf.example.cn",
    }
    return Settings(**values | changes)


def engine_at(url: str) -> Engine:
    """An engine on this database with the keys of `settings_for`."""
    return engine_of(settings_for(Path("unused"), database_url=url))


def migrated(settings: Settings, now: datetime = NOW) -> Engine:
    """An engine on a database of the newest version, in which the settings' key is in force."""
    engine = engine_of(settings)
    if file := _new_file(engine.url):
        file.write_bytes(_newest(folder(), Keyring.of(settings).current, now))
    else:
        migrations.upgrade(engine)
        known_keys.demand(engine, now)
    return engine


def _new_file(url: URL) -> Path | None:
    """The SQLite file that is to be made; None where there is one, or another kind of database."""
    on_disk = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    file = Path(url.database or "")
    return file if on_disk and not file.exists() else None


@cache
def _newest(county: Path, key: Key | None, now: datetime) -> bytes:
    """A SQLite file of the newest version, for a county and a key that is in force since then:
    going through all versions takes longer than most tests."""
    del county
    with TemporaryDirectory() as place:
        file = Path(place) / "newest.db"
        engine = equipped(engine_for(f"sqlite:///{file}"), Keyring(key, {}))
        migrations.upgrade(engine)
        known_keys.demand(engine, now)
        engine.dispose()  # the last connection writes the log back into the file
        return file.read_bytes()


def service_for(settings: Settings, now: datetime = NOW, clock: Clock | None = None) -> Flask:
    """The application, at `now` or by a clock, on a database of the newest version."""
    migrated(settings, now)
    return create_app(settings, clock or (lambda: now))


def environment_of(settings: Settings) -> dict[str, str]:
    """The same settings as environment variables."""
    names = ("wechat_token", "wechat_appid", "wechat_secret", "wechat_aes_key", "secret_key")
    names += ("data_key", "wechat_aes_key_previous", "wechat_mode", "database_url", "public_url")
    names += ("operator", "contact", "wechat_api")
    return {f"XINSHIMIN_{name.upper()}": getattr(settings, name) for name in names}
