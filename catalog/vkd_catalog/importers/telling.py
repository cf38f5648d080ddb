"""Which language a source is in that does not say: what its columns and variables are called tells."""

import re
from collections.abc import Iterable

_TELLING: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (language, re.compile(rf"\b({words})\b", re.IGNORECASE))
    for language, words in (
        ("en", "year|month|quarter|week|contents|sex|observations|name|description|unit|values|question"),
        ("nn", "eining|verdiar|skildring|nemning"),
        ("nb", "statistikkvariabel|måned|uke|kjønn|beskrivelse|variabelnavn|enhet|verdier|ledetekst|datasett|spørsmål"),
        ("da", "indhold|køn|uge|tid|enhed|værdier|betegnelse|datasæt|spørgsmål"),
        ("sv", "tabellinnehåll|månad|vecka|kön|år|kvartal|benämning|beskrivning|värden|enhet|fråga|variabelnamn"),
    )
)


def language_of(names: Iterable[str]) -> str:
    """The language in which most of some names are, of five; English where none is told."""
    said = list(names)
    counts = {language: sum(bool(telling.search(name)) for name in said) for language, telling in _TELLING}
    return max(counts, key=counts.__getitem__)
