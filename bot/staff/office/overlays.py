"""What in the rules the office may settle or correct, each as a file with blanks."""

from collections.abc import Callable, Mapping
from datetime import date
from html import unescape

from flask import get_template_attribute

from bot.staff.office.blanks import blanks_of
from bot.staff.office.forms import Form, Overlay
from bot.staff.office.waiting_rules import kind_of, shift_of
from bot.web.rulebook import chapter, rows_by_id
from bot.web.stored_words import words
from dialogs.phrases import points
from scoring import Ruleset


def overlay_of(form: Form, rules: Ruleset, today: date) -> Overlay | None:
    """The file for what a form names: `settle` the conflict `target` by a `reading`, `correct` the
    figure `target`, or bring the `row` `target`. None where there is no such thing."""
    what, target, reading = (form.get(name, "") for name in ("what", "target", "reading"))
    if what == "settle":
        return _settle(rules, target, reading, today)
    if what == "correct":
        return _correct(rules, target, reading, today)
    return _row(rules, target, today) if what == "row" else None


def figures_to_correct(rules: Ruleset, today: date) -> dict[str, str]:
    """Every figure of points in force, and what people call it; of one with readings each."""
    found: dict[str, str] = {}
    for path, figure in rules.figures(today).items():
        if figure.path != path or figure.unit in ("choices", "way"):
            continue
        for reading in figure.readings or (None,):
            key = f"{path}|{reading.reading}" if reading else path
            found[key] = _label(rules, path, today) + (f"（{reading.label}）" if reading else "")
    return found


def beginning(rules: Ruleset, name: str) -> str:
    """How a file begins that amends these rules, with what has no form."""
    return _macro("begun")(rules, name)


def _settle(rules: Ruleset, target: str, reading: str, today: date) -> Overlay | None:
    for one in rules.categories():
        for doubt in chapter(rules, one, today).doubts:
            for way in doubt.readings:
                if (f"{one.id}.{way.conflict}", way.reading) == (target, reading):
                    shift = shift_of(rules, one, way, today)
                    text = _macro("settle")(rules.id, one, way, shift)
                    caps = (
                        {}
                        if shift is None
                        else {
                            path: _said("now", label, cap=points(cap))
                            for path, (label, cap) in shift.caps.items()
                        }
                    )
                    what = _said("settled", f"{one.label}，{way.label}")
                    return _overlay(text, what, f"settle-{target}", caps)
    return None


def _correct(rules: Ruleset, target: str, reading: str, today: date) -> Overlay | None:
    figure = rules.figures(today).get(target)
    if figure is None or figure.unit == "choices":
        return None
    if reading not in ({one.reading for one in figure.readings} or {""}):
        return None
    text = _macro("correct")(rules.id, figure, reading)
    found = _overlay(
        text, _said("corrected", _label(rules, figure.path, today)), f"correct-{target}"
    )
    now = next((one for one in figure.readings if one.reading == reading), figure)
    return found._replace(unit=figure.unit, now=now)


def _row(rules: Ruleset, target: str, today: date) -> Overlay | None:
    row = rows_by_id(rules, today).get(target)
    owner = next((c for c in rules.categories() if any(i.id == target for i in c.items)), None)
    if row is None or owner is None or row.item.rule != "unpublished":
        return None
    kind = kind_of(rules, owner, row)
    if kind is None:
        return None
    text = _macro("row")(rules.id, owner, row, kind)
    return _overlay(text, _said("filled", f"{owner.label}，{row.item.label}"), f"row-{target}")


def _overlay(text: str, what: str, slug: str, figures: Mapping[str, str] | None = None) -> Overlay:
    blanks = blanks_of(text, figures or {}, words()["ways_to_add"])
    return Overlay(text, what, slug.replace(".", "-").replace("+", "-"), blanks)


def _macro(name: str) -> Callable[..., str]:
    found: Callable[..., str] = get_template_attribute("staff/_overlay.html", name)
    return lambda *given: unescape(str(found(*given)))


def _said(done: str, label: str, **more: str) -> str:
    return words()["office"][done].format(label=label, **more)


def _label(rules: Ruleset, path: str, today: date) -> str:
    """What a figure belongs to, and its name: 慈善捐款 最高."""
    names = words()["figures"] | {"rate": words()["office"]["rate"]}
    parts = {f"{part.id}.cap": part.label for part in rules.parts}
    place = next(one for one in rules.told(today).values() if one.path == path)
    owners = (one.label for one in (place.category, place.item) if one is not None)
    labels = "，".join(dict.fromkeys([parts[path]] if path in parts else owners))
    return f"{labels} {names.get(place.name, place.name)}".strip()
