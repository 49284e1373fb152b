"""What differs by county stands in one file."""

import subprocess
import sys
from importlib.resources import files

import pytest
from pydantic import ValidationError

from dialogs.data import parse
from dialogs.language.lexicon import words
from dialogs.region import CountyError, Region, choose, folder, region
from dialogs.region.load import FILE

IMPORTS = """
import importlib, pkgutil
from dialogs.region import load

def refuse(county):
    raise AssertionError("the county was read before it was chosen")

load.choose = refuse
import bot.application, bot.worker, dialogs
for module in pkgutil.walk_packages(dialogs.__path__, "dialogs."):
    importlib.import_module(module.name)
for name in (*bot.application.REGISTRANTS, *bot.application.BLUEPRINTS):
    importlib.import_module(name)
"""


def test_places_stand_in_no_other_file():
    """So that another county has one file to write."""
    own = {name for one in region().townships for name in (one.id, one.title)}
    for path in files("dialogs").joinpath("booking").iterdir():
        if path.name.endswith((".yaml", ".py")):
            text = path.read_text("utf-8")
            code = text.split('"""')[::2]  # doctests may name places
            assert not [name for name in own if name in "".join(code)], path.name


def test_the_words_of_a_message_that_say_where():
    here, there = set(words("in_county")), set(words("beyond_county"))
    assert {"永嘉", "瓯北", "瓯北镇", "岩头", "上塘", "本县"} <= here
    assert {"杭州", "乐清"} <= there
    assert not here & there
    assert here | there < set(words("inside"))
    assert not set(words("inside")) & set(words("outside"))


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("former", {"上塘": ["nowhere"]}, "上塘: no township has the id nowhere"),
        ("townships", [{"id": "a", "name": "甲", "kind": "镇"}] * 2, "a stands twice"),
        ("telefone", {}, "Extra inputs"),
    ],
)
def test_a_slip_in_the_file_is_named(key, value, fault):
    text = (folder() / FILE).read_text("utf-8")
    with pytest.raises(ValidationError, match=fault):
        Region.model_validate({**parse(text), key: value})


def test_a_process_speaks_for_one_county() -> None:
    """Its words are kept, so a second county would be answered with those of the first."""
    region()
    choose("")  # the same again
    with pytest.raises(CountyError, match="speaks for"):
        choose("ruian")


def test_no_module_reads_the_county_when_it_is_imported() -> None:
    """The county is chosen after the imports; a word read before would be another county's."""
    run = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
