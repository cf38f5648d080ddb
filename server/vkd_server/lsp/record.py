"""A record of how long each method took and which errors happened. It never holds a word of the user's text."""

from collections import deque
from time import strftime

from vkd_server.features.explain.status import MethodTimes, Mishap

_TIMES_KEPT = 1000
"""Of each method so many times, the latest: what was slow a day ago is not what is slow."""

_MISHAPS_KEPT = 20


class Record:
    """The record of one client. Only methods that the server knows are recorded, so that it stays small."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = {}
        self._counts: dict[str, int] = {}
        self._mishaps: deque[Mishap] = deque(maxlen=_MISHAPS_KEPT)

    def took(self, method: str, seconds: float) -> None:
        """Records how long a message took to be answered or handled."""
        self._times.setdefault(method, deque(maxlen=_TIMES_KEPT)).append(seconds * 1000)
        self._counts[method] = self._counts.get(method, 0) + 1

    def failed(self, method: str, why: str) -> None:
        """Records an error; `why` is a code, or the place of a bug in the server."""
        self._mishaps.append(Mishap(strftime("%H:%M:%S"), method, why))

    def times(self) -> list[MethodTimes]:
        """How often each method was called and how long it took, by name."""
        return [
            MethodTimes(method, self._counts[method], sorted(times)[len(times) // 2], max(times))
            for method, times in sorted(self._times.items())
        ]

    def mishaps(self) -> list[Mishap]:
        """The recent errors, the latest first."""
        return list(reversed(self._mishaps))
