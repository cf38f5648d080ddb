"""The rules of disclosure control that a `vkd.toml` states in `[disclosure]` (docs/language.md section 12).

There are no defaults: a rule that is not stated does not hold, and without a threshold and a log nothing is given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Literal, NamedTuple

Kind = Literal["whole", "multiple", "dominance", "percent", "ends", "share", "text"]


class Dominance(NamedTuple):
    """A sum or mean is withheld where its `n` largest contributions are more than `k` per cent of it."""

    n: int
    k: float


class Rules(NamedTuple):
    """The rules that are stated; None is one that is not.

    `winsorise` are the shares of the units, from 0 to 1, below and above which a value is taken as the value there.
    `refuse_above` is the share of the cells that may be withheld. `log` is a path relative to the `vkd.toml`.
    """

    minimum_population: int | None = None
    threshold: int | None = None
    zero_below: int | None = None
    round_to: int | None = None
    dominance: Dominance | None = None
    p_percent: float | None = None
    winsorise: tuple[float, float] | None = None
    refuse_above: float | None = None
    log: str | None = None

    @property
    def smallest_group(self) -> int:
        """The number of units that a group has at least which may be told of: the threshold; where none is stated,
        the number from which counts are not 0."""
        return self.zero_below or 0 if self.threshold is None else self.threshold

    @property
    def largest_needed(self) -> int:
        """How many of the largest contributions must be known of each cell."""
        return max(self.dominance.n if self.dominance else 0, 2 if self.p_percent else 0)


KINDS: Mapping[str, Kind] = {
    "minimum-population": "whole",
    "threshold": "whole",
    "zero-below": "whole",
    "round-to": "multiple",
    "dominance": "dominance",
    "p-percent": "percent",
    "winsorise": "ends",
    "refuse-above": "share",
    "log": "text",
}
"""What each key of the section holds."""


RECOMMENDED: Mapping[str, str] = {
    "minimum-population": "1000",
    "threshold": "5",
    "zero-below": "8",
    "round-to": "5",
    "dominance": "[2, 85]",
    "p-percent": "10",
    "winsorise": "[1, 99]",
    "refuse-above": "0.5",
    "log": '"disclosure.jsonl"',
}
"""What docs/disclosure.md recommends, as it is written in a `vkd.toml`."""


class UnfitValue(Exception):
    """Raised for a key whose value is not of its kind, or is no number that it can have."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def rules_in(section: Mapping[str, object]) -> Rules:
    """The rules that a section states, whose keys are known. Raises UnfitValue."""
    return Rules(**{key.replace("-", "_"): rule_of(key, value) for key, value in section.items()})  # type: ignore[arg-type]


def stated_in(rules: Rules) -> dict[str, object]:
    """The section that states some rules: of each key, what a file holds."""
    values = ((key, getattr(rules, key.replace("-", "_"))) for key in KINDS)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values if value is not None}


def rule_of(key: str, value: object) -> object:
    """What the value of a key says, as it stands in `Rules`. Raises UnfitValue."""
    read = _READ[KINDS[key]](value)
    if read is None:
        raise UnfitValue(key)
    return read


def lacking(stated: Collection[str]) -> tuple[str, ...]:
    """The keys that must be stated before anything can be given, and are not among those that are."""
    has_smallest = "threshold" in stated or "zero-below" in stated
    return (*(() if has_smallest else ("threshold",)), *(() if "log" in stated else ("log",)))


def _number(value: object) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53 else None


def _multiple(value: object) -> int | None:
    return _whole(value) or None


def _share(value: object) -> float | None:
    number = _number(value)
    return number if number is not None and 0 <= number <= 1 else None


def _percent(value: object) -> float | None:
    number = _number(value)
    # Below one it was meant as a share, and would be next to no rule.
    return number if number is not None and 1 <= number <= 100 else None


def _dominance(value: object) -> Dominance | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    n, k = _whole(value[0]), _percent(value[1])
    return Dominance(n, k) if n is not None and 0 < n <= _MOST_LARGEST and k is not None else None


def _ends(value: object) -> tuple[float, float] | None:
    """The shares at which values are cut: given for both ends, [1, 99] or [0.01, 0.99], or for each, 1 or 0.01."""
    one = _number(value)
    given = value if one is None else [one, (1 if one < 1 else 100) - one]
    if not isinstance(given, list) or len(given) != 2:
        return None
    low, high = map(_number, given)
    if low is None or high is None or not 0 <= low < high <= 100:
        return None
    return (low, high) if high <= 1 else (low / 100, high / 100)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value and "\0" not in value else None


_MOST_LARGEST = 10
"""So many of the largest contributions are known of a cell."""

_READ: Mapping[Kind, Callable[[object], object]] = {
    "whole": _whole,
    "multiple": _multiple,
    "dominance": _dominance,
    "percent": _percent,
    "ends": _ends,
    "share": _share,
    "text": _text,
}
