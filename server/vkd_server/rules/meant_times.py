"""What somebody may have meant by a text that is no time: other orders, separators and letters like digits."""

import re
from collections.abc import Iterator

from vkd_grammar.times import Period, read_time

_LIKE_DIGITS = str.maketrans("OoIl", "0011")
_DAY_FIRST = re.compile(r"(\d{1,2})\D?(\d{1,2})\D?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")
_YEARS = re.compile(r"(\d\d)(\d\d)\s*[-–—]\s*(?:\1)?(\d\d)")
_DECADE = re.compile(r"(\d{3})0\W*(?:tallet|talet|årene|erne|s)", re.IGNORECASE)
_ADVERSE = re.compile(r"([KQUWHM]\d{1,2})\W*(\d{4})", re.IGNORECASE)


def meant_times(text: str) -> list[str]:
    """The times a text may have been meant as, the likeliest first, each written as it must be."""
    return [*dict.fromkeys(time for time in _meant(text) if isinstance(read_time(time), Period))]


def _meant(text: str) -> Iterator[str]:
    """What a text may have been meant as, right or wrong, the likeliest first."""
    if ".." in text:
        left, right = text.split("..", 1)
        yield from (f"{a}..{b}" for a in (left, *_meant_by_side(left)) for b in (right, *_meant_by_side(right)))
    elif match := _YEARS.fullmatch(text):
        yield f"{match[1]}{match[2]}..{match[1]}{match[3]}"
    elif match := _DECADE.fullmatch(text):
        yield f"{match[1]}0..{match[1]}9"
    yield from _meant_by_side(text)


def _meant_by_side(text: str) -> Iterator[str]:
    text = text.strip()
    if 0 < len(text) <= 40:
        yield text.translate(_LIKE_DIGITS)
        yield re.sub(r"[\s.:-]+", "", text)
        if match := _ADVERSE.fullmatch(text):
            yield match[2] + match[1]
        if match := _DAY_FIRST.fullmatch(text):
            yield f"{match[3]}{match[2]:>02}{match[1]:>02}"
        if match := _YEAR_FIRST.fullmatch(text):
            yield f"{match[1]}{match[2]:>02}{match[3]:>02}"
            yield f"{match[1]}{match[3]:>02}{match[2]:>02}"
            yield from (f"{match[1]}{match[2]:>02}{day}" for day in (30, 29, 28) if int(match[3]) > day)
