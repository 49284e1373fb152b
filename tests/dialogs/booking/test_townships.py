"""How people name the townships."""

from collections import Counter

import pytest

from dialogs.booking.townships import find_townships, townships


def test_the_county_has_22_townships():
    kinds = Counter(one.kind for one in townships())
    assert kinds == {"街道": 7, "镇": 11, "乡": 4}
    assert len({one.id for one in townships()}) == 22


@pytest.mark.parametrize("one", townships(), ids=lambda one: one.id)
def test_every_township_by_its_names(one):
    for text in (one.name, one.title, f"我住{one.title}", f"{one.name}镇", f" {one.name} "):
        assert find_townships(text) == (one,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("上塘", ["东城", "南城", "北城"]),
        ("我在上塘镇", ["东城", "南城", "北城"]),
        ("上塘东城", ["东城"]),
        ("甌北鎮", ["瓯北"]),
        ("城", ["东城", "南城", "北城"]),
        ("桥", ["桥头", "桥下"]),
        ("若岩", ["大若岩"]),
        ("下", ["桥下", "溪下"]),
        ("乡", ["云岭", "茗岙", "溪下", "界坑"]),
        ("柳市", []),
        ("", []),
        ("  ", []),
        ("街道镇", []),
    ],
)
def test_other_ways_of_saying_it(text, names):
    assert [one.name for one in find_townships(text)] == names
