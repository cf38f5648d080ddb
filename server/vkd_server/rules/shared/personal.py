"""What looks like a personal identity number: Norwegian or Swedish, with a date that exists and a checksum that holds.

Norwegian: eleven digits, day, month, year, three more, and two check digits modulo 11; in a D-number the day is 40
higher. Swedish: ten or twelve digits, year, month, day, three more, and a check digit after Luhn; in a coordination
number the day is 60 higher.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from vkd_catalog.digits import has_ten_digits

MASK = "•••"
"""What stands for such a number wherever a message would name it."""

_CANDIDATE = re.compile(
    r"(?<![0-9])(?:[0-9]{6}[ \u00a0\u202f+-]?[0-9]{4,5}|[0-9]{8}[ \u00a0\u202f+-]?[0-9]{4})(?![0-9])"
)
_FIRST_CHECK = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_CHECK = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PersonalNumber(NamedTuple):
    """The place of such a number in a text, and the country whose scheme it follows; not the number itself."""

    start: int
    end: int
    country: Literal["no", "se"]


def may_hold_one(text: str) -> bool:
    """Whether a text may hold such a number. It is quick, and False for most texts, which need not be searched."""
    return has_ten_digits(text)


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Every such number in a text, in its order."""
    for match in _CANDIDATE.finditer(text):
        digits = [ord(character) - 48 for character in match[0] if "0" <= character <= "9"]
        if len(digits) == 11 and _is_norwegian(digits):
            yield PersonalNumber(match.start(), match.end(), "no")
        elif len(digits) in (10, 12) and _is_swedish(digits):
            yield PersonalNumber(match.start(), match.end(), "se")


def masked(text: str) -> str:
    """A text in which every personal identity number is hidden."""
    for number in reversed(tuple(personal_numbers(text))):
        text = text[: number.start] + MASK + text[number.end :]
    return text


def _is_norwegian(digits: list[int]) -> bool:
    day, month = 10 * digits[0] + digits[1], 10 * digits[2] + digits[3]
    return (
        _is_day(day - 40 if day > 40 else day, month)
        and _weighted(digits[:10], _FIRST_CHECK) % 11 == 0
        and _weighted(digits, _SECOND_CHECK) % 11 == 0
    )


def _is_swedish(digits: list[int]) -> bool:
    if len(digits) == 12:
        if not 18 <= 10 * digits[0] + digits[1] <= 20:
            return False
        digits = digits[2:]
    month, day = 10 * digits[2] + digits[3], 10 * digits[4] + digits[5]
    doubled = (digit * (2 - place % 2) for place, digit in enumerate(digits))
    return _is_day(day - 60 if day > 60 else day, month) and sum(n // 10 + n % 10 for n in doubled) % 10 == 0


def _is_day(day: int, month: int) -> bool:
    """Whether a day exists in some year; the two digits of a year do not say in which century it lies."""
    return 1 <= month <= 12 and 1 <= day <= _MONTHS[month - 1]


def _weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
