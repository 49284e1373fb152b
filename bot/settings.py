"""Settings of the service: environment variables with the prefix `XINSHIMIN_`.

A field of `Settings` is a setting; its name in capitals, prefixed, is its variable. Whatever is
missing or weak is reported by name, all at once, before the service answers its first message.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from os import environ
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scoring.counties import rule_folders

PREFIX = "XINSHIMIN_"
SHORTEST_SECRET_KEY = 32
FEWEST_DISTINCT_CHARACTERS = 6
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,32}")
APPID = re.compile(r"[A-Za-z0-9_]{4,64}")
AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
VISIBLE = re.compile(r"[!-~]+")
SAFE, ANY = "safe", "any"  # encrypted callbacks only, or those in the clear too
DATA_KEY_MISSING = (
    f"{PREFIX}DATA_KEY is missing: it seals what is known of people. Make one with: "
    "python3 -c 'import secrets; print(secrets.token_hex(32))' and keep it apart from backups; "
    "what it sealed is lost with it."
)
OFF = "off"  # WECHAT_OPEN: an empty variable means the default
# What `xinshimin serve` and the demonstration hand to their own processes.
BEHIND_FRONT = f"{PREFIX}BEHIND_FRONT"
OTHER_NAMES = (f"{PREFIX}DEMO_FOLDER", f"{PREFIX}DEMO_PORT", BEHIND_FRONT)
OURS, THEIRS = "ours", "theirs"  # WELCOME: who greets a new follower of a shared account
CHOICES = {  # settings that are one of a few words
    "wechat_mode": (SAFE, ANY),
    "welcome": (OURS, THEIRS),
    "log_level": ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
    "log_format": ("text", "json"),  # see `bot.logs`
}
ALMOST_A_NAME = 0.9  # how alike a variable is to a setting, if only the prefix has a slip


class SettingsError(Exception):
    """One or more settings are missing, weak or wrong; the message names each one."""


def _number(default: int, least: int, most: int, *, off: int | None = None) -> int:
    """A setting that is a whole number within limits; `off` is allowed besides. A slip in one of
    them (a zero too few) must not delete people's data, or let old messages in."""
    made: int = field(default=default, metadata={"least": least, "most": most, "off": off})
    return made


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that differs between two installations."""

    wechat_token: str = ""
    wechat_appid: str = ""
    wechat_secret: str = ""
    wechat_aes_key: str = ""
    wechat_aes_key_previous: str = ""
    wechat_api: str = "https://api.weixin.qq.com"
    wechat_mode: str = SAFE
    wechat_skew_seconds: int = _number(600, 60, 3600)  # between a message's time and our clock
    database_url: str = "sqlite:///var/xinshimin.db"
    secret_key: str = ""
    data_key: str = ""  # seals what is known of people; see `bot.sealing`
    data_key_previous: str = ""  # still opens; several with commas
    backup_key: str = ""  # opens backups that were made with it; see `bot.backup.sealed_file`
    backup_key_previous: str = ""  # still opens; several with commas
    # So often a backup is due, where there is a key; 0: nobody is warned.
    backup_hours: int = _number(26, 1, 8784, off=0)
    public_url: str = ""
    rules: Path | None = None  # the office's own folder of overlays
    state: Path | None = None  # where processes of one machine leave something for each other
    notices: Path | None = None  # the office's own file over bot/outbox/notices.yaml
    sms_secret: str = ""  # of the SMS gateway that file names
    county: str = ""  # a packaged county's name, or the folder of one; see scoring/README.md
    ruleset: str = ""  # the county's own
    keep_days: int = _number(180, 30, 3650)  # a conversation unused for so long is deleted
    # Names and phones of an appointment go so long after it, audit included.
    blank_days: int = _number(90, 7, 3650)
    # At most so many of a hundred records about people go in one sweep; see `bot.sweep_limit`.
    delete_percent: int = _number(25, 1, 100)
    operator: str = ""  # who runs the account and is responsible for personal data
    icp: str = ""  # the number under which the site is filed (ICP备案), shown on every page
    contact: str = ""  # how to reach them about personal data: telephone, address or mail
    hotline: str = ""  # the centre for new residents; the county's own
    # The year that number was printed; 0 hides the year.
    hotline_year: int = _number(2022, 2000, 2099, off=0)
    # Where a page asks who the person is (OAuth). "" where the account may not ask, see `OFF`.
    wechat_open: str = "https://open.weixin.qq.com"
    wechat_sdk: str = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"  # WeChat's script for pages
    wechat_verify: str = ""  # XXX of MP_verify_XXX.txt; several with commas
    # Reverse proxies in front, each of which adds to X-Forwarded-For.
    proxies: int = _number(0, 0, 10)
    log_level: str = "INFO"
    # An account that has another service, or keywords of its own: see `bot.guest`.
    forward: str = ""  # the address at which the account was served before
    autoreply: Path | None = None  # its keywords, where there was no such address
    welcome: str = OURS
    log_format: str = "text"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = environ) -> Self:
        """Read and check all settings.

        Raises:
            SettingsError: something is missing, weak or unreadable.
        """
        values: dict[str, Any] = {}
        problems = list(_misspelt(environment, [PREFIX + one.name.upper() for one in fields(cls)]))
        for one in fields(cls):
            raw = environment.get(PREFIX + one.name.upper(), "").strip()
            if not raw:
                continue
            if (one.name, raw) == ("wechat_open", OFF):
                raw = ""
            try:
                values[one.name] = _converted(one.type, raw)
            except ValueError as error:
                problems.append(f"{PREFIX}{one.name.upper()} {error}")
        made = cls(**values)
        problems.extend(made.problems())
        if problems:
            raise SettingsError("The service does not start:\n- " + "\n- ".join(problems))
        return made

    def problems(self) -> Iterator[str]:
        """Say, for each setting that would make the service unsafe or useless, what is wrong."""
        yield from _token_problems(self.wechat_token)
        yield from _appid_problems(self.wechat_appid)
        if not self.wechat_secret:
            yield f"{PREFIX}WECHAT_SECRET is missing: copy the AppSecret of the account."
        for name in ("wechat_aes_key", "wechat_aes_key_previous"):
            yield from _aes_key_problems(PREFIX + name.upper(), getattr(self, name))
        yield from _secret_key_problems("SECRET_KEY", self.secret_key)
        yield from self.data_key_problems()
        yield from self.backup_key_problems()
        for name, allowed in CHOICES.items():
            if (chosen := getattr(self, name)) not in allowed:
                yield f"{PREFIX}{name.upper()} is {chosen!r}; it must be one of {allowed}."
        if self.wechat_mode == SAFE and not self.wechat_aes_key:
            yield (
                f"{PREFIX}WECHAT_AES_KEY is missing: choose safe mode (安全模式) in WeChat's "
                "server configuration and copy its EncodingAESKey. Only for a test account, which "
                f"has no such key, set {PREFIX}WECHAT_MODE=any."
            )
        if self.wechat_mode == SAFE:
            yield from self._unnamed()
        if self.public_url and not self.public_url.startswith(("https://", "http://")):
            yield f"{PREFIX}PUBLIC_URL must start with https://, for example https://jf.example.cn."
        for name in ("wechat_api", "wechat_open", "wechat_sdk"):
            address = getattr(self, name)
            if address and not address.startswith(("https://", "http://")):
                yield f"{PREFIX}{name.upper()} must start with https://."
        yield from self._guest_problems()
        yield from self._numbers_out_of_bounds()

    def data_key_problems(self) -> Iterator[str]:
        """The same, of the keys that seal what is known of people."""
        if self.data_key:
            yield from _secret_key_problems("DATA_KEY", self.data_key)
        elif self.wechat_mode == SAFE:
            yield DATA_KEY_MISSING
        if "," in self.data_key:
            yield f"{PREFIX}DATA_KEY has a comma, which separates earlier keys: choose another."
        if self.data_key and self.data_key == self.secret_key:
            yield f"{PREFIX}DATA_KEY must not be {PREFIX}SECRET_KEY: anyone who has one had both."
        for key in self.data_keys[1:]:
            yield from _secret_key_problems("DATA_KEY_PREVIOUS", key)
        if self.data_key in self.data_keys[1:]:
            yield f"{PREFIX}DATA_KEY_PREVIOUS has the key of {PREFIX}DATA_KEY again: remove it."

    def backup_key_problems(self) -> Iterator[str]:
        """The same, of the keys that open backups."""
        if self.backup_key:
            yield from _secret_key_problems("BACKUP_KEY", self.backup_key)
        for key in _listed(self.backup_key_previous):
            yield from _secret_key_problems("BACKUP_KEY_PREVIOUS", key)
        if "," in self.backup_key:
            yield f"{PREFIX}BACKUP_KEY has a comma, which separates earlier keys: choose another."
        if self.backup_key and self.backup_key in (self.data_key, self.secret_key):
            yield (
                f"{PREFIX}BACKUP_KEY must be a key of its own: who opens backups would also read "
                "what lies sealed in them."
            )

    def _guest_problems(self) -> Iterator[str]:
        if self.forward:
            yield from _address_problems(self.forward)
            if self.forward.partition("?")[0].rstrip("/") == f"{self.page_root}/wechat":
                yield f"{PREFIX}FORWARD is this service's own address: messages would go round."
            if self.autoreply:
                yield (
                    f"{PREFIX}FORWARD and {PREFIX}AUTOREPLY exclude each other: an account with a "
                    "service has no automatic replies that could be taken over."
                )

    def _unnamed(self) -> Iterator[str]:
        """The law demands that people can read who is responsible for their data, and how to reach
        them."""
        if not self.operator:
            yield (
                f"{PREFIX}OPERATOR is missing: the name of the office or company that runs the "
                "account and is responsible for personal data; people read it before they agree."
            )
        if not self.contact:
            yield (
                f"{PREFIX}CONTACT is missing: a telephone, an address or a mailbox where people "
                "reach the person responsible for personal data; it stands on the privacy page."
            )

    def _numbers_out_of_bounds(self) -> Iterator[str]:
        for one in fields(self):
            if one.metadata:
                number = getattr(self, one.name)
                least, most, off = (one.metadata[name] for name in ("least", "most", "off"))
                if number != off and not least <= number <= most:
                    besides = "" if off is None else f", or {off}"
                    allowed = f"from {least} to {most}{besides}"
                    yield f"{PREFIX}{one.name.upper()} is {number}; it must be {allowed}."

    def warnings(self) -> Iterator[str]:
        """Say what is allowed and yet unwise in production."""
        if self.wechat_mode != SAFE:
            yield (
                f"{PREFIX}WECHAT_MODE is {self.wechat_mode!r}, for test accounts only: messages in "
                "the clear are taken too, and anyone who learns an old callback address may forge "
                f"one. Choose safe mode at WeChat and set {PREFIX}WECHAT_MODE=safe."
            )
            yield from self._unnamed()
        if not self.data_key:
            yield (
                f"{PREFIX}DATA_KEY is not set: what is known of people is sealed with a key made "
                f"from {PREFIX}SECRET_KEY, and is lost when that changes."
            )
        if not self.is_https:
            yield (
                f"{PREFIX}PUBLIC_URL does not begin with https://: replies carry no links or "
                "unsafe ones, and a browser may show its cookies to others on the way."
            )
        elif not self.proxies:
            yield (
                f"{PREFIX}PROXIES is 0 while PUBLIC_URL begins with https://: behind a reverse "
                "proxy all visitors then count as one address, and the slips of one at the "
                f"sign-in close it to all; set {PREFIX}PROXIES to the number of proxies in front."
            )

    @property
    def is_guest(self) -> bool:
        """Whether the account answers in other ways too."""
        return bool(self.forward or self.autoreply)

    @property
    def is_https(self) -> bool:
        """Whether people reach the pages over https."""
        return self.public_url.startswith("https://")

    @property
    def aes_keys(self) -> tuple[bytes, ...]:
        """The keys of safe mode, the current one first; empty where none is set."""
        keys = (self.wechat_aes_key, self.wechat_aes_key_previous)
        return tuple(base64.b64decode(f"{key}=") for key in keys if key)

    @property
    def data_keys(self) -> tuple[str, ...]:
        """The keys that open what is sealed, the current one first; "" where that one is not set
        and earlier ones are."""
        return (self.data_key, *_listed(self.data_key_previous))

    @property
    def backup_keys(self) -> tuple[str, ...]:
        """The keys that open backups, the current one first; empty where none is set."""
        return (*_listed(self.backup_key), *_listed(self.backup_key_previous))

    @property
    def signs_in(self) -> bool:
        """Whether pages can learn who looks, from WeChat."""
        return bool(self.wechat_open and self.wechat_appid)

    @property
    def rule_folders(self) -> tuple[Path, ...]:
        """Where rules are read from besides the package: the county's folder, the office's own."""
        return rule_folders(self.county, self.rules)

    @property
    def origin(self) -> str:
        """Scheme and host of the service's pages; "" if unknown."""
        return "/".join(self.public_url.split("/")[:3])

    @property
    def page_root(self) -> str:
        """The address of the service's pages, without the slash at its end; "" if unknown."""
        return self.public_url.rstrip("/")


def _listed(text: str) -> list[str]:
    """What stands between commas."""
    return [one.strip() for one in text.split(",") if one.strip()]


def _converted(kind: object, raw: str) -> object:
    """A variable's text as the field's type. Raises ValueError with the end of a sentence."""
    if kind is int:
        try:
            return int(raw)
        except ValueError:
            raise ValueError(f"is {raw!r}; it must be a whole number.") from None
    if kind is bool:
        if raw.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise ValueError(f"is {raw!r}; it must be yes or no.")
        return raw.lower() in {"1", "true", "yes"}
    return raw if kind is str else Path(raw)


def _misspelt(environment: Mapping[str, str], names: list[str]) -> Iterator[str]:
    """Variables that were meant for us and are none of our settings. They would be ignored in
    silence, and the service would run with the default that its operator meant to change."""
    for given in sorted(set(environment) - {*names, *OTHER_NAMES}):
        almost = get_close_matches(given.upper(), names, n=1, cutoff=ALMOST_A_NAME)
        if almost or given.upper().startswith(PREFIX):
            rest = given.upper().removeprefix(PREFIX)  # the prefix makes all of them alike
            alike = get_close_matches(rest, [name.removeprefix(PREFIX) for name in names], n=1)
            likely = almost or [PREFIX + name for name in alike]
            advice = f"did you mean {likely[0]}?" if likely else "remove it."
            yield f"{given} is not a setting: {advice}"


def _address_problems(address: str) -> Iterator[str]:
    """Why messages cannot be passed on to it. It is not repeated: it may hold a secret."""
    name, example = f"{PREFIX}FORWARD", "https://old.example.cn/wechat.php"
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not VISIBLE.fullmatch(address):
        yield f"{name} must be an address like {example}, in letters, digits and signs of ASCII."
    elif parts.username is not None or parts.fragment:
        yield f"{name} must be an address without a name before the host and without #."


def _token_problems(token: str) -> Iterator[str]:
    name = f"{PREFIX}WECHAT_TOKEN"
    if not token:
        yield f"{name} is missing: choose 8 to 32 letters or digits and enter the same in WeChat."
    elif not TOKEN.fullmatch(token):
        yield f"{name} must be 8 to 32 letters or digits; anyone who guesses it can pose as WeChat."
    elif len(set(token)) < FEWEST_DISTINCT_CHARACTERS:
        yield f"{name} is too easy to guess: use at least 6 different characters."


def _appid_problems(appid: str) -> Iterator[str]:
    name = f"{PREFIX}WECHAT_APPID"
    if not appid:
        yield f"{name} is missing: copy the AppID of the account."
    elif not APPID.fullmatch(appid):
        yield f"{name} is {appid!r}, which is no AppID (they look like wx0123456789abcdef)."


def _aes_key_problems(name: str, key: str) -> Iterator[str]:
    if not key:
        return
    try:
        usable = AES_KEY.fullmatch(key) and len(base64.b64decode(f"{key}=")) == 32  # AES-256
    except binascii.Error:
        usable = False
    if not usable:
        yield f"{name} must be the 43 letters and digits shown as EncodingAESKey in WeChat."
    elif len(set(key)) < FEWEST_DISTINCT_CHARACTERS:
        yield f"{name} is too easy to guess: let WeChat make a random one."


def _secret_key_problems(setting: str, key: str) -> Iterator[str]:
    name = f"{PREFIX}{setting}"
    advice = "make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    if not key:
        yield f"{name} is missing: {advice}"
    elif len(key) < SHORTEST_SECRET_KEY:
        yield f"{name} has {len(key)} characters; it needs at least 32: {advice}"
    elif len(set(key)) < FEWEST_DISTINCT_CHARACTERS:
        yield f"{name} is too easy to guess: {advice}"
