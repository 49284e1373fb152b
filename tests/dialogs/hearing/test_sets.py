"""Whole messages and replies by people who had read neither the code nor its words.

Labelled before they were run. `exact`: every certain fact is heard, and no other. First runs, of
the room as it stood when the set came:

    first_messages   11 of 50 (the first sketch of the room)   first_answers   80 of 110
    second_messages  16 of 50                                  second_answers  86 of 110
    third_messages   10 of 50 (the room as it landed)          third_answers   77 of 110
    fourth_messages  24 of 50                                  fourth_answers  90 of 110
    fifth_messages   35 of 60                                  fifth_answers   100 of 110
    sixth_messages   35 of 60                                  sixth_answers   103 of 110
    seventh_messages 46 of 60                                  seventh_answers 101 of 110
    eighth_messages  81 of 150
    tenth_messages   55 of 80                                  tenth_answers   99 of 110
    eleventh_messages 52 of 80                                 eleventh_answers 104 of 110
    ninth_messages   63 of 80                                  ninth_answers   104 of 110
    twelfth_messages 58 of 80                                  twelfth_answers 107 of 110
    thirteenth_messages 66 of 80                               thirteenth_answers 105 of 110
    fourteenth_messages 23 of 40                           fourteenth_answers 44 of 60
    fifteenth_messages 33 of 60                            fifteenth_answers 30 of 46
    sixteenth_messages 36 of 60                            sixteenth_answers 26 of 46
    seventeenth_messages 45 of 60                          seventeenth_answers 46 of 60
    eighteenth_messages 33 of 60                           eighteenth_answers 46 of 60
    nineteenth_messages 60 of 70                           nineteenth_answers 75 of 90
    twentieth_messages 52 of 70                            twentieth_answers 82 of 90
    twentyfirst_messages 36 of 50                          twentyfirst_answers 45 of 60
    twentysecond_messages 36 of 50                         twentysecond_answers 49 of 60
    twentythird_messages 23 of 30                          twentythird_answers 28 of 40
    twentysixth_messages 34 of 50                          twentysixth_answers 47 of 60
    twentyfifth_messages 22 of 50                          twentyfifth_answers 49 of 60
    twentyfourth_messages 24 of 50                         twentyfourth_answers 43 of 60
    twentyseventh_messages 29 of 50                        twentyseventh_answers 46 of 60
    twentyeighth_messages 35 of 50                         twentyeighth_answers 48 of 60
    twentyninth_messages 38 of 50                          twentyninth_answers 50 of 60
    thirtieth_messages 79 of 120                           thirtieth_answers 91 of 120
    thirtyfirst_messages 71 of 120                         thirtyfirst_answers 96 of 120
    thirtysecond_messages 47 of 60                         thirtysecond_answers 58 of 70
    thirtythird_messages 47 of 60                          thirtythird_answers 57 of 70
    thirtyfourth_messages 44 of 60                         thirtyfourth_answers 47 of 70
    thirtyfifth_messages 46 of 60                          thirtyfifth_answers 53 of 70
    thirtysixth_messages 46 of 60                          thirtysixth_answers 54 of 70
    thirtyseventh_messages 50 of 60                        thirtyseventh_answers 62 of 70
    thirtyeighth_messages 53 of 60                         thirtyeighth_answers 53 of 70
    thirtyninth_messages 51 of 60                          thirtyninth_answers 63 of 70
    fortieth_messages 51 of 60                             fortieth_answers 57 of 70
    fortyfirst_messages 47 of 60                           fortyfirst_answers 60 of 70
    fortysecond_messages 51 of 60                          fortysecond_answers 64 of 70
    fortythird_messages 56 of 60                           fortythird_answers 64 of 70
    fortyfourth_messages 53 of 60                          fortyfourth_answers 62 of 70
    fortyfifth_messages 50 of 60                           fortyfifth_answers 58 of 70
    fortysixth_messages 43 of 60                           fortysixth_answers 57 of 70
    fortyseventh_messages 47 of 60                         fortyseventh_answers 57 of 70
    fortyeighth_messages 42 of 60                          fortyeighth_answers 63 of 70
    fortyninth_messages 46 of 60                           fortyninth_answers 55 of 70
    fiftieth_messages 50 of 60                             fiftieth_answers 60 of 70
    fiftyfirst_messages 46 of 60                           fiftyfirst_answers 57 of 70
    fiftysecond_messages 56 of 60                          fiftysecond_answers 64 of 70
    fiftythird_messages 56 of 60                           fiftythird_answers 68 of 70
    fiftyfourth_messages 54 of 60                          fiftyfourth_answers 66 of 70
    fiftyfifth_messages 56 of 60                           fiftyfifth_answers 66 of 70
    fiftysixth_messages 45 of 60           fiftysixth_answers 59 of 70
    fiftyseventh_messages 42 of 60         fiftyseventh_answers 65 of 70
    fiftyeighth_messages 43 of 60          fiftyeighth_answers 61 of 70
    fiftyninth_messages 43 of 60           fiftyninth_answers 67 of 70
    sixtieth_messages 46 of 60             sixtieth_answers 65 of 70
    sixtyfirst_messages 47 of 60           sixtyfirst_answers 68 of 70
    sixtysecond_messages 43 of 60          sixtysecond_answers 68 of 70
    sixtythird_messages 47 of 60           sixtythird_answers 64 of 70
    sixtyfourth_messages 50 of 60          sixtyfourth_answers 67 of 70
    sixtyfifth_messages 46 of 60           sixtyfifth_answers 66 of 70
    sixtysixth_messages 51 of 60           sixtysixth_answers 66 of 70
    sixtyseventh_messages 49 of 60         sixtyseventh_answers 63 of 70
    sixtyeighth_messages 40 of 60          sixtyeighth_answers 62 of 70
    sixtyninth_messages 50 of 60           sixtyninth_answers 65 of 70
    seventieth_messages 48 of 60           seventieth_answers 66 of 70
    seventyfirst_messages 51 of 60         seventyfirst_answers 65 of 70
    seventysecond_messages 54 of 60        seventysecond_answers 67 of 70
    played_messages 31 of 40 (like those of two players of whole talks, by one who knew the room)

The fifth was run with the eighth; then the sixth and the seventh, and the others one by one, in
this order. Each was learnt from afterwards, but for the thirty-sixth and the thirty-seventh, and of
the forty-fourth and the forty-fifth only what was wrong; what is held here is what is reached now.
A value that is asked back is a miss, though one tap away. Labels are kept as their writers left
them: those of the sixth, eighth and tenth leave out, here and there, that who rents owns no home,
and what a closed list denies (19 facts of one row of the eighth, 别的都么有). The writers of
the fifteenth to twentieth knew no more than fifteen of the facts:
whatever else is heard of their texts (a shop, a patent of another kind) counts here as not
told, and was left out when the first runs were counted. The twenty-first and the twenty-second
were written by who then learnt from them, before reading this room and the sets above; the
twenty-third by the same, after it. Those of the twenty-fourth to the twenty-ninth knew the facts
and nothing else, as did those of the thirty-second to the forty-third; who wrote the thirtieth
and the thirty-first learnt from them. The twenty-seventh names above its rows what its first run
missed. Labels of sets before the card of an operator was a value say nothing of it (one of the
sixth), and some leave out the fields that a named one shows to be none, which is no fault here
since the thirty-ninth. The writers of the fifty-sixth to the fifty-eighth and those of the
sixty-seventh and sixty-eighth labelled totals that a reader computes as certain, the others since
the fifty-ninth as to be offered. The sixty-seventh and the sixty-eighth were labelled, and run
first, for the first of December; what they count up to now stands here as of the day of the tests.
What twenty-one rows tell of a school that one attends was added to their labels when it came to
be heard.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from dialogs.data import parse
from dialogs.effects import implied
from dialogs.interpret import Heard, closes, hear
from dialogs.language.analysis import analyse
from dialogs.questions import questions
from dialogs.reading import Taken
from dialogs.utterance import Said

HERE = Path(__file__).parent
TODAY = date(2026, 11, 28)
GRANTED = {("rented", "owned_home")}
"""At the question of rented years nobody owns the home; the labels leave that out."""


class Held(NamedTuple):
    """At least so many rows exact; at most so many facts wrong, or recorded though not told."""

    exact: int
    wrong: int


SETS = {
    "first_messages": Held(exact=47, wrong=0),
    "first_answers": Held(exact=104, wrong=0),
    "second_messages": Held(exact=41, wrong=1),
    "second_answers": Held(exact=99, wrong=1),
    "third_messages": Held(exact=31, wrong=0),
    "third_answers": Held(exact=88, wrong=1),
    "fourth_messages": Held(exact=46, wrong=0),
    "fourth_answers": Held(exact=107, wrong=0),
    "fifth_messages": Held(exact=58, wrong=0),
    "fifth_answers": Held(exact=108, wrong=1),
    "sixth_messages": Held(exact=53, wrong=4),
    "sixth_answers": Held(exact=110, wrong=0),
    "seventh_messages": Held(exact=55, wrong=1),
    "seventh_answers": Held(exact=109, wrong=0),
    "eighth_messages": Held(exact=115, wrong=34),
    "ninth_messages": Held(exact=72, wrong=0),
    "ninth_answers": Held(exact=108, wrong=0),
    "tenth_messages": Held(exact=74, wrong=18),
    "tenth_answers": Held(exact=108, wrong=0),
    "eleventh_messages": Held(exact=73, wrong=1),
    "eleventh_answers": Held(exact=110, wrong=0),
    "twelfth_messages": Held(exact=69, wrong=1),
    "twelfth_answers": Held(exact=109, wrong=0),
    "thirteenth_messages": Held(exact=72, wrong=17),
    "thirteenth_answers": Held(exact=109, wrong=0),
    "fourteenth_messages": Held(exact=29, wrong=0),
    "fourteenth_answers": Held(exact=54, wrong=0),
    "fifteenth_messages": Held(exact=47, wrong=4),
    "fifteenth_answers": Held(exact=37, wrong=0),
    "sixteenth_messages": Held(exact=45, wrong=4),
    "sixteenth_answers": Held(exact=32, wrong=2),
    "seventeenth_messages": Held(exact=57, wrong=1),
    "seventeenth_answers": Held(exact=48, wrong=2),
    "eighteenth_messages": Held(exact=47, wrong=2),
    "eighteenth_answers": Held(exact=51, wrong=0),
    "nineteenth_messages": Held(exact=67, wrong=0),
    "nineteenth_answers": Held(exact=86, wrong=2),
    "twentieth_messages": Held(exact=62, wrong=2),
    "twentieth_answers": Held(exact=87, wrong=0),
    "twentyfirst_messages": Held(exact=48, wrong=0),
    "twentyfirst_answers": Held(exact=53, wrong=0),
    "twentythird_messages": Held(exact=26, wrong=1),
    "twentythird_answers": Held(exact=38, wrong=1),
    "twentysecond_messages": Held(exact=46, wrong=0),
    "twentysecond_answers": Held(exact=54, wrong=0),
    "twentyfourth_messages": Held(exact=39, wrong=2),
    "twentyfourth_answers": Held(exact=55, wrong=0),
    "twentyfifth_messages": Held(exact=39, wrong=0),
    "twentyfifth_answers": Held(exact=56, wrong=0),
    "twentysixth_messages": Held(exact=41, wrong=1),
    "twentysixth_answers": Held(exact=51, wrong=0),
    "twentyseventh_messages": Held(exact=42, wrong=5),
    "twentyseventh_answers": Held(exact=51, wrong=1),
    "twentyeighth_messages": Held(exact=40, wrong=3),
    "twentyeighth_answers": Held(exact=54, wrong=2),
    "twentyninth_messages": Held(exact=45, wrong=2),
    "twentyninth_answers": Held(exact=53, wrong=6),
    "thirtieth_messages": Held(exact=108, wrong=0),
    "thirtieth_answers": Held(exact=114, wrong=1),
    "thirtyfirst_messages": Held(exact=86, wrong=3),
    "thirtyfirst_answers": Held(exact=110, wrong=1),
    "thirtysecond_messages": Held(exact=53, wrong=0),
    "thirtysecond_answers": Held(exact=62, wrong=0),
    "thirtythird_messages": Held(exact=53, wrong=0),
    "thirtythird_answers": Held(exact=63, wrong=0),
    "thirtyfourth_messages": Held(exact=55, wrong=0),
    "thirtyfourth_answers": Held(exact=68, wrong=0),
    "thirtyfifth_messages": Held(exact=56, wrong=0),
    "thirtyfifth_answers": Held(exact=65, wrong=0),
    "thirtysixth_messages": Held(exact=52, wrong=0),
    "thirtysixth_answers": Held(exact=66, wrong=0),
    "thirtyseventh_messages": Held(exact=54, wrong=0),
    "thirtyseventh_answers": Held(exact=70, wrong=0),
    "thirtyeighth_messages": Held(exact=57, wrong=0),
    "thirtyeighth_answers": Held(exact=70, wrong=0),
    "thirtyninth_messages": Held(exact=59, wrong=0),
    "thirtyninth_answers": Held(exact=70, wrong=0),
    "fortieth_messages": Held(exact=57, wrong=0),
    "fortieth_answers": Held(exact=68, wrong=1),
    "fortyfirst_messages": Held(exact=56, wrong=0),
    "fortyfirst_answers": Held(exact=69, wrong=0),
    "fortysecond_messages": Held(exact=57, wrong=0),
    "fortysecond_answers": Held(exact=69, wrong=0),
    "fortythird_messages": Held(exact=60, wrong=0),
    "fortythird_answers": Held(exact=68, wrong=0),
    "fortyfourth_messages": Held(exact=56, wrong=0),
    "fortyfourth_answers": Held(exact=69, wrong=0),
    "fortyfifth_messages": Held(exact=57, wrong=0),
    "fortyfifth_answers": Held(exact=63, wrong=2),
    "fortysixth_messages": Held(exact=56, wrong=0),
    "fortysixth_answers": Held(exact=69, wrong=0),
    "fortyseventh_messages": Held(exact=57, wrong=2),
    "fortyseventh_answers": Held(exact=67, wrong=0),
    "fortyeighth_messages": Held(exact=59, wrong=0),
    "fortyeighth_answers": Held(exact=70, wrong=0),
    "fortyninth_messages": Held(exact=57, wrong=0),
    "fortyninth_answers": Held(exact=70, wrong=0),
    "fiftieth_messages": Held(exact=56, wrong=0),
    "fiftieth_answers": Held(exact=66, wrong=0),
    "fiftyfirst_messages": Held(exact=56, wrong=0),
    "fiftyfirst_answers": Held(exact=65, wrong=0),
    "fiftysecond_messages": Held(exact=58, wrong=0),
    "fiftysecond_answers": Held(exact=68, wrong=0),
    "fiftythird_messages": Held(exact=60, wrong=0),
    "fiftythird_answers": Held(exact=70, wrong=0),
    "area_homes": Held(exact=445, wrong=0),
    "played_again": Held(exact=43, wrong=0),
    "fiftyfourth_messages": Held(exact=59, wrong=0),
    "fiftyfourth_answers": Held(exact=68, wrong=0),
    "fiftyfifth_messages": Held(exact=59, wrong=0),
    "fiftyfifth_answers": Held(exact=69, wrong=0),
    "fiftysixth_messages": Held(exact=51, wrong=1),
    "fiftysixth_answers": Held(exact=61, wrong=0),
    "fiftyseventh_messages": Held(exact=51, wrong=0),
    "fiftyseventh_answers": Held(exact=67, wrong=0),
    "fiftyeighth_messages": Held(exact=50, wrong=0),
    "fiftyeighth_answers": Held(exact=67, wrong=0),
    "fiftyninth_messages": Held(exact=50, wrong=0),
    "fiftyninth_answers": Held(exact=69, wrong=0),
    "sixtieth_messages": Held(exact=52, wrong=2),
    "sixtieth_answers": Held(exact=66, wrong=1),
    "sixtyfirst_messages": Held(exact=51, wrong=2),
    "sixtyfirst_answers": Held(exact=68, wrong=1),
    "sixtysecond_messages": Held(exact=49, wrong=2),
    "sixtysecond_answers": Held(exact=68, wrong=0),
    "sixtythird_messages": Held(exact=52, wrong=0),
    "sixtythird_answers": Held(exact=64, wrong=1),
    "sixtyfourth_messages": Held(exact=55, wrong=0),
    "sixtyfourth_answers": Held(exact=69, wrong=0),
    "sixtyfifth_messages": Held(exact=52, wrong=0),
    "sixtyfifth_answers": Held(exact=67, wrong=0),
    "sixtysixth_messages": Held(exact=53, wrong=0),
    "sixtysixth_answers": Held(exact=67, wrong=0),
    "sixtyseventh_messages": Held(exact=53, wrong=1),
    "sixtyseventh_answers": Held(exact=65, wrong=0),
    "sixtyeighth_messages": Held(exact=47, wrong=0),
    "sixtyeighth_answers": Held(exact=64, wrong=0),
    "sixtyninth_messages": Held(exact=58, wrong=0),
    "sixtyninth_answers": Held(exact=66, wrong=0),
    "seventieth_messages": Held(exact=56, wrong=0),
    "seventieth_answers": Held(exact=68, wrong=1),
    "seventyfirst_messages": Held(exact=54, wrong=0),
    "seventyfirst_answers": Held(exact=67, wrong=1),
    "seventysecond_messages": Held(exact=56, wrong=0),
    "seventysecond_answers": Held(exact=70, wrong=0),
    "played_messages": Held(exact=37, wrong=0),
    "area_choices": Held(exact=468, wrong=0),
}


def heard_facts(row: dict[str, Any]) -> dict[str, object]:
    """What is recorded of a row; a list denied as a whole denies each of its lines."""
    asked = questions()[row["asked"]] if row.get("asked") else None
    heard: Heard = hear(asked, Said(row["text"]), TODAY)
    facts = dict(heard.facts)
    answer, closed = heard.answer, closes(analyse(row["text"], TODAY).message) is not None
    if asked and isinstance(answer, Taken) and not answer.more and (closed or not answer.ticked):
        facts = {**implied(asked, answer), **facts}
    facts.pop("age_told_on", None)
    return {
        fact: sorted(map(str, value)) if isinstance(value, list) else value
        for fact, value in facts.items()
        if (row.get("asked"), fact) not in GRANTED
    }


def faults(row: dict[str, Any]) -> tuple[int, int]:
    """How many facts are missed, and how many are wrong or were not told; that the other fields of
    the asked question are none may be left out (县级一个).
    """
    told, wanted, unsure = heard_facts(row), row.get("facts") or {}, row.get("confirm") or {}
    asked = row.get("asked")
    wanted = {f: v for f, v in wanted.items() if (asked, f) not in GRANTED}
    wanted = {f: v.isoformat() if isinstance(v, date) else v for f, v in wanted.items()}
    wanted = {f: sorted(v) if isinstance(v, list) else v for f, v in wanted.items()}
    born, label = str(told.get("birth_date")), str(wanted.get("birth_date"))
    if label == f"{born[:7]}-01":
        told = {**told, "birth_date": label}  # a label of a month leaves out the day
    fields = questions()[asked].fields if asked else ()
    told = {f: v for f, v in told.items() if v != 0 or f in wanted or f not in fields}
    missed = [fact for fact in wanted if fact not in told]
    wrong = [
        fact
        for fact, value in told.items()
        if value != wanted.get(fact, value) or (fact not in wanted and fact not in unsure)
    ]
    return len(missed), len(wrong)


OFFERED = {"twentyseventh_messages": 5, "twentyseventh_answers": 3}
"""How many values that are to be offered for a yes are offered, or recorded."""


@pytest.mark.parametrize("name", OFFERED)
def test_what_is_unsure_is_offered(name: str) -> None:
    rows = parse((HERE / f"{name}.yaml").read_text("utf-8"))
    values = [(row, f, v) for row in rows for f, v in (row.get("confirm") or {}).items() if v]
    offered = [_offers(row, fact, value[0]) for row, fact, value in values]
    assert sum(offered) >= OFFERED[name], (sum(offered), len(offered))


def _offers(row: dict[str, Any], fact: str, value: object) -> bool:
    asked = questions()[row["asked"]] if row.get("asked") else None
    heard = hear(asked, Said(row["text"]), TODAY)
    back = heard.confirm.get(fact)
    return heard.facts.get(fact) == value or (back is not None and value in back.choices)


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_heard_as_well_as_it_was(name: str) -> None:
    rows = parse((HERE / f"{name}.yaml").read_text("utf-8"))
    counted = [faults(row) for row in rows]
    exact = sum(not any(one) for one in counted)
    wrong = sum(one[1] for one in counted)
    assert (exact >= SETS[name].exact, wrong <= SETS[name].wrong) == (True, True), (exact, wrong)
