"""Times of products that are no stretch of days, in words: series, and what is not stated."""

from vkd_catalog.languages import counted, say
from vkd_grammar.times import BEGINNING, END, NotStated, Series, Span, time_as_written


def in_words(time: Series | NotStated, language: str) -> str:
    """A series by its step, its first and last period and how many there are; or that no time is stated."""
    if isinstance(time, NotStated):
        return say("time.not-stated", language)
    each = say(f"time.each-{time.step}", language)
    ends = time.ends()
    if ends is None:
        return each
    first, last = (written(one, language) for one in ends)
    if time.is_open:
        which = "ever" if time.start == BEGINNING and time.end == END else "since" if time.end == END else "until"
        return say(f"time.series-{which}", language, each=each, first=first, last=last)
    return say("time.series", language, each=each, first=first, last=last, periods=periods(time, language))


def periods(series: Series, language: str) -> str:
    """How many periods a series has."""
    return counted("time.periods", series.count(), language)


def written(time: Span, language: str) -> str:
    """A time as it is written, quarters and weeks with the letters of the language."""
    return time_as_written(time).translate(str.maketrans("KU", say("time.letters", language)))
