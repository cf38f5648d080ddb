"""Times in words: `19701101` as 1 November 1970 is written in statistics, 1970-11-01."""

from vkd_catalog.coding import Time
from vkd_grammar.times import BEGINNING, END, Mask
from vkd_server.features.phrases import TIMES_OF


def time_in_words(time: Time, language: str) -> str:
    """A time specification as a person would say it."""
    if isinstance(time, Mask):
        return TIMES_OF["mask"].in_language(language).format(time.digits)
    if time.start == BEGINNING and time.end == END:
        which = "ever"
    elif time.start == BEGINNING:
        which = "until"
    elif time.end == END:
        which = "since"
    else:
        which = "point" if time.is_point else "period"
    return TIMES_OF[which].in_language(language).format(day_in_words(time.start), day_in_words(time.end))


def day_in_words(day: int) -> str:
    """An eight-digit day as ISO 8601 writes it."""
    text = f"{day:08d}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
