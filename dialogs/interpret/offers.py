"""An answer in so many words: as it was offered, or a figure and nothing else."""

import re
from datetime import date

from dialogs.language.options.option_table import option_words, tidy
from dialogs.language.text import clean
from dialogs.questions import Question
from dialogs.reading import Taken, read_text

ALONE = "a figure and nothing else"
_NUMBERS = re.compile(r"[\d\s,、.和第个选一二两三四五六七八九十项]+")
_FIGURES = re.compile(r"[\d零一二两三四五六七八九十百半年月日号个次、.]+")


def as_offered(question: Question, text: str, today: date, year: int | None) -> Taken | None:
    """As it was offered: 3; 第二个; 1 3 6; the words of an option and nothing else."""
    text, options = clean(text, keep_spaces=True), question.options
    word = option_words(options).exact(tidy(text)) if options else None
    answer = read_text(question, text, today, year) if word or _NUMBERS.fullmatch(text) else None
    return answer if isinstance(answer, Taken) else None


def figure_alone(question: Question, text: str, today: date, year: int | None) -> Taken | None:
    """42个月; 1990年5月; 两次: no person, no place, no other fact can be told beside it."""
    text = clean(text, keep_spaces=True)
    if question.kind is None or not _FIGURES.fullmatch(text):
        return None
    answer = read_text(question, text, today, year)
    return answer if isinstance(answer, Taken) else None
