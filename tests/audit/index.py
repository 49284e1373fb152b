"""The package index that pip itself is set to, asked for the dates of releases."""

from datetime import datetime
from typing import NamedTuple

from packaging.utils import InvalidSdistFilename, InvalidWheelFilename
from packaging.utils import parse_sdist_filename as of_sdist
from packaging.utils import parse_wheel_filename as of_wheel
from packaging.version import InvalidVersion, Version
from pip._internal.commands import create_command
from pip._internal.exceptions import PipError

JSON = "application/vnd.pypi.simple.v1+json"  # the Simple API's; any index may offer it
SECONDS = 15


class IndexAwayError(Exception):
    """The index cannot be reached, or does not answer in JSON."""


class Release(NamedTuple):
    """A version, and when its first file was uploaded."""

    version: Version
    at: datetime


class Index:
    """Asked by pip's own session, for its proxy, certificates and passwords are set there. That is
    pip's inside, which only its pin in requirements-audit.txt makes safe to use."""

    def __init__(self) -> None:
        command = create_command("download")
        options, _ = command.parse_args([])
        self._address = options.index_url.rstrip("/")
        self._session = command._build_session(options, retries=1, timeout=SECONDS)

    def releases(self, name: str) -> list[Release]:
        """The dated versions of a package, oldest version first, without those taken back; empty
        where the index has none. Raises IndexAwayError."""
        try:
            answer = self._session.get(f"{self._address}/{name}/", headers={"Accept": JSON})
            if answer.status_code == 404:
                return []
            answer.raise_for_status()
            files = answer.json()["files"]
        except (OSError, PipError, ValueError, KeyError) as error:
            raise IndexAwayError(type(error).__name__) from error
        first: dict[Version, datetime] = {}
        for file in files:
            version, at = _version(file["filename"]), file.get("upload-time")
            if version and at and not file.get("yanked"):
                moment = datetime.fromisoformat(at)
                first[version] = min(moment, first.get(version, moment))
        return [Release(*one) for one in sorted(first.items())]


def _version(file: str) -> Version | None:
    try:
        return of_wheel(file)[1] if file.endswith(".whl") else of_sdist(file)[1]
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return None  # an egg or an installer of long ago
