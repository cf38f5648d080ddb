"""Whether a local address leads anywhere."""

import os
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

_WILDCARDS = frozenset("*?[{")
_DIGIT = "[0-9]"
_PERIODS = {
    "year": (_DIGIT * 4,),
    "half": ("[12]",),
    "quarter": ("[1-4]",),
    "month": (_DIGIT * 2, _DIGIT),
    "week": (_DIGIT * 2, _DIGIT),
}
"""How each part of a period that an address may leave open is written in the names of files."""

_OPEN = re.compile(rf"\{{({'|'.join(_PERIODS)})\}}")


def path_exists(path: str) -> bool:
    """Whether there is a file or folder at an absolute path, or any that it leads to with its wildcards and the periods
    that it leaves open filled in: `*`, `{year}`, `{half}`, `{quarter}`, `{month}`, `{week}`."""
    try:
        if os.path.exists(path):
            return True
        if _WILDCARDS.isdisjoint(path):
            return False
        base = Path(path).parent
        while not os.path.isdir(base) and base != base.parent:
            base = base.parent
    except (OSError, ValueError):
        return False
    from vkd_catalog.folders import matches

    # What is there is called so, whatever signs its name holds; the rest is what stands for several names.
    rest = os.path.relpath(path, base)
    return any(matches(base, pattern, or_folder=True) for pattern in _filled_in(rest))


def _filled_in(pattern: str) -> Iterator[str]:
    """A pattern with the parts of a period that it leaves open in every way that they may be written."""
    names = tuple(dict.fromkeys(_OPEN.findall(pattern)))
    for way in product(*(_PERIODS[name] for name in names)):
        filled = pattern
        for name, written in zip(names, way, strict=True):
            filled = filled.replace(f"{{{name}}}", written)
        yield filled
