"""Where a county's rules come from and how they were made: `background.yaml` of its folder."""

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict, model_validator

from dialogs import data
from dialogs.region.load import folder
from scoring.rulefile.values import SourceRef, Status

FILE = "background.yaml"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Statement(_Model):
    """A sentence, its source, and how sure it is."""

    text: str
    source: SourceRef
    status: Status = "stated"


class Section(_Model):
    """Statements about one thing."""

    heading: str
    statements: tuple[Statement, ...]


class Background(_Model):
    """All of it; `documents`: the titles of what the statements cite."""

    documents: Mapping[str, str] = {}
    sections: tuple[Section, ...] = ()

    @model_validator(mode="after")
    def _cites_known_documents(self) -> "Background":
        cited = {one.source.document for part in self.sections for one in part.statements}
        if unknown := cited - self.documents.keys():
            raise ValueError(f"no such document: {', '.join(sorted(unknown))}")
        return self


@cache
def background() -> Background:
    """The county's background; empty where its folder has none."""
    file = folder() / FILE
    return data.read(file, Background) if file.is_file() else Background()
