"""How time and memory are taken."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def timed(work: Callable[_P, _T], *values: _P.args, **named: _P.kwargs) -> tuple[float, _T]:
    """Milliseconds of a processor that a call took, and what it gave."""
    began = time.process_time()
    given = work(*values, **named)
    return (time.process_time() - began) * 1000, given


def peak_megabytes() -> float:
    """The most memory that this process has held."""
    fields = Path("/proc/self/status").read_text().split()
    return int(fields[fields.index("VmHWM:") + 1]) / 1024


def percentile(times: Iterable[float], percent: int) -> float:
    """What so many in a hundred stay within, by nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
