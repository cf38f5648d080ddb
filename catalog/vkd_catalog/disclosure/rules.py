"""The rules of disclosure control that a `vkd.toml` states in `[disclosure]` (docs/language.md section 13)."""

from typing import NamedTuple


class Dominance(NamedTuple):
    """A sum or mean is withheld where the `n` largest contributions are more than `k` per cent of all."""

    n: int
    k: float


class Rules(NamedTuple):
    """The rules that are stated; None is a rule that is not, and nothing stands in for it.

    `threshold` and `log` are always stated: without them what is asked cannot be compared with what was answered.
    `winsorise` are the shares of the units, from 0 to 1, below and above which values are taken as the value there.
    `refuse_above` is the share of the cells that may be withheld. `log` is a path relative to the `vkd.toml`.
    """

    threshold: int
    log: str
    minimum_population: int | None = None
    zero_below: int | None = None
    round_to: int | None = None
    dominance: Dominance | None = None
    p_percent: float | None = None
    winsorise: tuple[float, float] | None = None
    refuse_above: float | None = None
