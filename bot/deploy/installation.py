"""The files of one installation, which `xinshimin init` writes: its settings with the secrets, and
what nginx includes."""

import re
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot import settings_file
from bot.deploy.questions import NETWORKS
from bot.settings import PREFIX

SETTINGS, SITE, OFFICE = "settings.env", "site.conf", "networks.conf"
ALPHANUMERIC = string.ascii_letters + string.digits
AES_KEY_LENGTH = 43  # of WeChat's EncodingAESKey
ALLOWED = re.compile(r"^allow (\S+);$", re.MULTILINE)
HEAD = """Settings of the service; `xinshimin init` asks for them again, all are in bot/README.md.
DATA_KEY opens what is known of people, BACKUP_KEY the backups: keep a copy of both elsewhere."""


@dataclass(frozen=True)
class Installation:
    """The folder of one."""

    folder: Path

    @property
    def settings(self) -> Path:
        """Its file of settings."""
        return self.folder / SETTINGS

    def known(self) -> dict[str, str]:
        """What was answered, set and made before; {} for a new one. Raises SettingsError."""
        if not self.settings.exists():
            return {}
        office = self.folder / OFFICE
        allowed = ALLOWED.findall(office.read_text("utf-8")) if office.exists() else []
        return settings_file.read(self.settings) | {NETWORKS: " ".join(allowed)}

    def keep(self, values: Mapping[str, str], now: datetime) -> Path | None:
        """Write its files; where the one was put that had been there. Raises OSError."""
        aside = None
        if self.settings.exists():
            aside = self.settings.with_name(f"{SETTINGS}.replaced-{now:%Y%m%d-%H%M%S}")
            self.settings.rename(aside)
        settings = {name: value for name, value in values.items() if name != NETWORKS and value}
        settings_file.write(self.settings, settings, HEAD)
        host = urlsplit(values[f"{PREFIX}PUBLIC_URL"]).hostname
        (self.folder / SITE).write_text(f"server_name {host};\n", "utf-8")
        allow = [f"allow {network};\n" for network in values[NETWORKS].split()]
        (self.folder / OFFICE).write_text("".join([*allow, "deny all;\n"]), "utf-8")
        return aside


def made() -> dict[str, str]:
    """Secrets, made anew, and what follows from the guide's nginx."""
    values = {
        "WECHAT_TOKEN": secrets.token_hex(16),
        "WECHAT_AES_KEY": "".join(secrets.choice(ALPHANUMERIC) for _ in range(AES_KEY_LENGTH)),
        "SECRET_KEY": secrets.token_hex(32),
        "DATA_KEY": secrets.token_hex(32),
        "BACKUP_KEY": secrets.token_hex(32),
        "PROXIES": "1",
    }
    return {PREFIX + name: value for name, value in values.items()}
