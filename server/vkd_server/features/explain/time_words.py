"""Times in words: `19701101` as 1 November 1970 is written in statistics, 1970-11-01."""

from vkd_catalog.languages import say
from vkd_catalog.time_words import in_words
from vkd_grammar.times import BEGINNING, END, Mask, NotStated, Series, Time


def time_in_words(time: Time, language: str) -> str:
    """A time specification as a person would say it."""
    if isinstance(time, Mask):
        return say("time.mask", language, days=time.digits)
    if isinstance(time, Series | NotStated):
        return in_words(time, language)
    if time.start == BEGINNING and time.end == END:
        which = "ever"
    elif time.start == BEGINNING:
        which = "until"
    elif time.end == END:
        which = "since"
    else:
        which = "point" if time.is_point else "period"
    return say(f"time.{which}", language, start=day_in_words(time.start), end=day_in_words(time.end))


def day_in_words(day: int) -> str:
    """An eight-digit day as ISO 8601 writes it."""
    text = f"{day:08d}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
