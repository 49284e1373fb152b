"""How much of a text a small phone shows at once: 360 × 640 px, in the platform's usual letters."""

from unicodedata import east_asian_width

WIDTH = 14
"""Chinese characters in a line of a bubble."""
LINES = 16
"""Lines of text above the choices and the link to the page."""


def fits_screen(text: str) -> bool:
    """Whether the text can be seen without scrolling.

    >>> fits_screen("字" * WIDTH * LINES), fits_screen("字" * WIDTH * LINES + "多")
    (True, False)
    """
    return sum(-(-_halves(line) // (2 * WIDTH)) for line in text.split("\n")) <= LINES


def _halves(line: str) -> int:
    """The width of a line in half characters; an empty one still takes its height."""
    return max(1, sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line))
