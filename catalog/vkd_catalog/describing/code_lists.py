"""Code lists as people write them into one cell: `1=Ja; 2=Nei`, `1: Ja, 2: Nei`, a line a value, JSON."""

import json
import re
from collections.abc import Mapping, Sequence

from vkd_catalog.describing.table import NO_VALUES
from vkd_catalog.importers.labels import read_label

_BETWEEN_VALUES = ("\n", "|", ";", ",")
_VALUE = re.compile(
    r"""\s*["']?([^\s=:"',;|]{1,20})["']?\s*(?:=>|=|:|\t|\s[-\u2013]\s)\s*["']?(.*?)["']?\s*""", re.DOTALL
)
_APART = re.compile(r"[\s,;|/]+(?:og|och|and)?\s*")
_SAYS_NOTHING = re.compile(
    r"(ikke |ikkje )?(uoppgitt|uoppgjeve|oppgitt|oppgjeve)|uoplyst|ikke oplyst"
    r"|(ingen |ej |inga )uppgift(er)?|uppgift saknas"
    r"|missing|mangler|manglar|saknas|not stated|no answer|not available|n/?a|ubesvart|ikke besvart|ej svar|inget svar",
    re.IGNORECASE,
)


def read_code_list(text: str) -> Mapping[str, str]:
    """The labels that a cell gives to values; none where it is no code list, as `0-120` is not."""
    plain = text.strip()
    if plain.startswith("{") and (read := _json(plain)):
        return read
    plain = plain.strip("{}[]")
    for between in _BETWEEN_VALUES:
        if between in plain and (found := _listed(plain.split(between), between)):
            return found
    together = read_label(plain).values
    return together or _listed([plain], ",")


def read_values(text: str) -> tuple[str, ...]:
    """Values that a cell lists without labels, or with labels that are left out: `9, 99` or `9=Uoppgitt`."""
    labelled = read_code_list(text)
    return tuple(labelled) if labelled else tuple(value for value in _APART.split(text.strip()) if value)


def says_nothing(label: str) -> bool:
    """Whether a value label says that there is no value."""
    return _SAYS_NOTHING.fullmatch(label.strip(" .()-")) is not None


def _json(text: str) -> Mapping[str, str]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return NO_VALUES
    return {str(value): str(label) for value, label in read.items()} if isinstance(read, dict) else NO_VALUES


def _listed(parts: Sequence[str], between: str) -> Mapping[str, str]:
    """The values in some parts; a part that begins no value goes on with the label before it."""
    found: dict[str, str] = {}
    last = ""
    for part in filter(str.strip, parts):
        if match := _VALUE.fullmatch(part):
            last = match[1]
            found[last] = match[2].strip()
        elif last:
            found[last] = f"{found[last]}{between}{part}".strip()
        else:
            return NO_VALUES
    return found
