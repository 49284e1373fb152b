"""What pydantic finds wrong with a file, in the words of a colleague."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from scoring.errors import Fault
from scoring.rulefile.checks.report import Steps, one_of
from scoring.rulefile.kinds import KINDS
from scoring.rulefile.yaml_source import (
    LocatedDict,
    LocatedList,
    full_width,
    not_half_width,
    place_of,
)

_PLAIN: Mapping[str, tuple[str, str]] = {
    "date_type": ("this is not a date", "write a date like 2027-01-01, without quotation marks"),
    "decimal_type": ("this is not a number", "write a plain number like 0.25"),
    "decimal_parsing": ("this is not a number", "write a plain number like 0.25"),
    "int_type": ("this is not a whole number", "write a whole number"),
    "int_parsing": ("this is not a whole number", "write a whole number"),
    "string_type": (
        "this is not text",
        "write text; put it in quotation marks if YAML takes it for something else",
    ),
    "tuple_type": ("this is not a list", "write a list like [labour_contract, business_owner]"),
    "dict_type": ("this is not a group of keys", "write keys and values, indented under it"),
    "model_type": (
        "this is not a group of keys",
        "write keys and values, like {value: 5, unit: points}",
    ),
    "bool_parsing": ("this is neither true nor false", "write true or false"),
    "too_short": ("the list is empty", "name at least one"),
    "greater_than_equal": ("the number is too small", "write {ge} or more"),
    "less_than_equal": ("the number is too large", "write {le} or less"),
}

_TYPED = {"extra_forbidden", *_PLAIN} - {"string_type"}
"""What a full-width sign may have made of a key, a number, a day or a group."""


def faults_of(error: ValidationError, model: type[BaseModel], written: Any) -> list[Fault]:
    """One fault for each thing that does not have the shape of a rules file."""
    found = error.errors(include_url=False)
    there = [one for one in found if one["type"] == "missing" or _stands_there(written, one["loc"])]
    return [_fault(one, model, written) for one in there or found]


def _stands_there(written: Any, steps: Steps) -> bool:
    """Whether the thing is written there, not taken from around, where it is at fault already."""
    here = written
    for step in steps[:-1]:
        if isinstance(here, LocatedDict) and step in here:
            here = here[str(step)]
        elif isinstance(here, LocatedList) and isinstance(step, int):
            here = here[step]
    return not isinstance(here, LocatedDict) or steps[-1] not in here or steps[-1] in here.lines


def _fault(one: Any, model: type[BaseModel], written: Any) -> Fault:
    steps: Steps = one["loc"]
    file, line = place_of(written, steps)
    key = _named(written, steps)
    last = str(steps[-1]) if steps else ""
    kind, context = one["type"], one.get("ctx", {})
    typed = last if kind == "extra_forbidden" else one["input"]
    if kind in _TYPED and isinstance(typed, str) and (wrong := full_width(typed)):
        return Fault(file, line, key, *not_half_width(*wrong))
    if kind == "missing":
        return Fault(file, line, key, f"`{last}` is missing", f"add `{last}:` here")
    if kind == "extra_forbidden":
        return Fault(
            file,
            line,
            key,
            f"the key `{last}` is unknown",
            one_of(last, _keys(model, written, steps)),
        )
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        rule = str(context.get("tag", ""))
        what = f"there is no kind of rule `{rule}`" if rule else "the row says no kind of rule"
        return Fault(file, line, f"{key}.rule", what, "set `rule:`; " + one_of(rule, KINDS))
    if kind == "literal_error":
        what = f"{one['input']!r} is not known here"
        return Fault(file, line, key, what, f"write one of: {context['expected']}")
    if kind == "value_error":
        return Fault(file, line, key, str(context["error"]), "see which of them is mistyped")
    what, fix = _PLAIN.get(kind, (str(one["msg"]), "see scoring/README.md for how this is written"))
    return Fault(file, line, key, f"{what}: {one['input']!r}"[:160], _limits(fix, context))


def _limits(fix: str, context: Mapping[str, Any]) -> str:
    for name in ("ge", "le"):
        fix = fix.replace(f"{{{name}}}", str(context.get(name, 0)))
    return fix


def _named(written: Any, steps: Steps) -> str:
    """The steps as people name the place: ids instead of positions, no tags."""
    here, names = written, []
    for step in steps:
        if isinstance(here, LocatedDict):
            if step not in here and step != steps[-1]:
                continue
            names.append(str(step))
            here = here.get(str(step))
        elif isinstance(here, LocatedList) and isinstance(step, int) and step < len(here):
            here = here[step]
            id = here.get("id") if isinstance(here, dict) else None
            names[-1:] = [str(id) if id else f"{names[-1]}[{step + 1}]"]
    return ".".join(names) or "file"


def _keys(model: type[BaseModel], written: Any, steps: Steps) -> list[str]:
    """The keys that may stand where an unknown one does."""
    parent = steps[:-1]
    kind = next((KINDS[str(s)] for s in reversed(parent) if s in KINDS), None)
    at = _model_at(model, parent) if kind is None or parent[-1] not in KINDS else kind
    return [field.alias or name for name, field in at.model_fields.items()] if at else []


def _model_at(model: type[BaseModel], steps: Steps) -> type[BaseModel] | None:
    """The model of the thing that `steps` lead to, as far as annotations tell."""
    here: Any = model
    for step in steps:
        if isinstance(step, int):
            continue
        if step in KINDS:
            here = KINDS[str(step)]
            continue
        fields = getattr(here, "model_fields", {})
        named = {field.alias or name: field for name, field in fields.items()}
        if step in named:
            here = _model_in(named[str(step)].annotation)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _model_in(annotation: Any) -> Any:
    """The model inside an annotation such as `tuple[Part, ...]` or `Number | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
