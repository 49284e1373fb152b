"""Several counties under one command: a service for each, with its own account, keys and database.

A process speaks for one county, so each has processes of its own: what one account is told, or what
goes wrong there, reaches no other. A folder has one file for each county, `NAME.env`:

    PORT=8001
    XINSHIMIN_COUNTY=/etc/xinshimin/dongxian
    XINSHIMIN_WECHAT_APPID=wx…
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import settings_file
from bot.serve.parts import PYTHON, Part
from bot.settings import PREFIX, SettingsError

PORT = "PORT"
ITS_OWN = (PORT, f"{PREFIX}WECHAT_APPID", f"{PREFIX}DATABASE_URL", f"{PREFIX}COUNTY")
"""What no two counties may share, and each must say."""


class CountiesError(Exception):
    """The files of the folder cannot be used; the text names file and line."""


def parts_for(folder: Path, around: Mapping[str, str], *options: str) -> tuple[Part, ...]:
    """A service for each file of the folder; `around`: the environment, of which settings are not
    handed on; `options`: of `xinshimin serve`.

    Raises:
        CountiesError: there is no file, one cannot be read, or two share what they must not.
    """
    told = {file: _read(file) for file in sorted(folder.glob("*.env"))}
    if not told:
        raise CountiesError(f"{folder}: there is no file in it that ends in .env")
    problems = list(_problems(told))
    if problems:
        raise CountiesError("\n".join(problems))
    shared = {name: text for name, text in around.items() if not name.startswith(PREFIX)}
    return tuple(
        Part(
            file.stem,
            (PYTHON, "-m", "bot.cli", "serve", "--port", own[PORT], *options),
            environment={**shared, **own},
        )
        for file, own in told.items()
    )


def _read(file: Path) -> dict[str, str]:
    try:
        return settings_file.read(file, besides=(PORT,))
    except SettingsError as error:
        raise CountiesError(str(error)) from error


def _problems(told: Mapping[Path, Mapping[str, str]]) -> Iterator[str]:
    for name in ITS_OWN:
        first: dict[str, Path] = {}
        for file, own in told.items():
            if not own.get(name):
                yield f"{file.name}: {name} is missing; each county says its own"
            elif own[name] in first:
                yield f"{file.name}: {name} is that of {first[own[name]].name}; use another one"
            else:
                first[own[name]] = file
        if name == PORT:
            for value, file in first.items():
                if not value.isdecimal() or not 0 < int(value) < 65536:
                    yield f"{file.name}: {PORT} is {value!r}; it must be from 1 to 65535"
