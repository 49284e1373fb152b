"""What a county's file holds. A misspelt key or a former name of nowhere is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

Words = tuple[str, ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Contact(_Part):
    """Whom to call beside this assistant, shown with the year in which the number was printed."""

    phone: str
    published: int


class Township(_Part):
    """`id` is the name in pinyin, `name` the short name; `address` and `telephone` are its window's
    where they are published: the database follows them at each `db upgrade`."""

    id: str
    name: str
    kind: Literal["街道", "镇", "乡"]
    aliases: Words = ()
    address: str = ""
    telephone: str = ""

    @property
    def title(self) -> str:
        """The full name."""
        return self.name + self.kind


class Places(_Part):
    """The words by which a message says where something was done."""

    in_county: Words
    beyond_county: Words
    """In the province, but not in the county."""
    province: Words
    """The province itself, and the city: they may mean either."""


class China(_Part):
    """The provinces with their cities."""

    elsewhere: Words
    """Words for other provinces that name none."""
    provinces: Mapping[str, Words]
    towns: Words
    """Cities of the rank of a county, in the provinces that have counties of ours."""

    def outside(self, province: str) -> Words:
        """The words for wherever is not in this province."""
        others = ((name, *cities) for name, cities in self.provinces.items() if name != province)
        return (*self.elsewhere, *(place for one in others for place in one))


class Region(_Part):
    """One county."""

    name: str
    """As people say it: 永嘉."""
    title: str
    """In full: 永嘉县."""
    city: str
    """The city it belongs to, as people say it."""
    examples: Words
    """Names of townships that are shown where one is asked for."""
    account: str
    """What the account in WeChat is called."""
    ruleset: str
    """The id of the rules in force."""
    telephone: Contact
    townships: tuple[Township, ...]
    former: Mapping[str, tuple[str, ...]]
    """Names that people still use for what is now several townships, with their ids."""
    places: Places
    whose_points: str = ""
    """What is published of whose points count, if only of a neighbour; named and dated."""

    @property
    def township_names(self) -> Words:
        """How townships are called, former names at the end."""
        names = (name for one in self.townships for name in (one.name, *one.aliases))
        return (*names, *self.former)

    @property
    def former_townships(self) -> Mapping[str, tuple[Township, ...]]:
        """What a former name may mean."""
        by_id = {one.id: one for one in self.townships}
        return {name: tuple(by_id[id] for id in ids) for name, ids in self.former.items()}

    @property
    def words(self) -> Mapping[str, Words]:
        """The groups of words that `dialogs.language` reads places by."""
        here = (*self.places.in_county, *self.township_names)
        beyond = self.places.beyond_county
        return {
            "in_county": here,
            "beyond_county": beyond,
            "province": self.places.province,
            "inside": (*beyond, *here, *self.places.province),
        }

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        ids = Counter(one.id for one in self.townships)
        if twice := [id for id, times in ids.items() if times > 1]:
            raise ValueError(f"townships: {', '.join(twice)} stands twice; each id names one")
        if unknown := set(self.examples) - set(self.township_names):
            raise ValueError(f"examples: there is no township {min(unknown)}")
        for name, meant in self.former.items():
            if unknown := set(meant) - ids.keys():
                raise ValueError(f"former, {name}: no township has the id {min(unknown)}")
        return self
