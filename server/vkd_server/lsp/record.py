"""What the server has done: how long each method took, and what went wrong. Never a word of the user's text."""

from collections import deque
from time import strftime

from vkd_server.features.explain.status import MethodTimes, Mishap

_TIMES_KEPT = 1000
"""Of each method so many times, the latest: what was slow a day ago is not what is slow."""

_MISHAPS_KEPT = 20


class Record:
    """One client's; methods are those that the server knows, so that there are not many."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = {}
        self._counts: dict[str, int] = {}
        self._mishaps: deque[Mishap] = deque(maxlen=_MISHAPS_KEPT)

    def took(self, method: str, seconds: float) -> None:
        """Notes that a message was answered, or taken in."""
        self._times.setdefault(method, deque(maxlen=_TIMES_KEPT)).append(seconds * 1000)
        self._counts[method] = self._counts.get(method, 0) + 1

    def failed(self, method: str, why: str) -> None:
        """Notes that something went wrong; `why` is a code, or the place of a bug in the server."""
        self._mishaps.append(Mishap(strftime("%H:%M:%S"), method, why))

    def times(self) -> list[MethodTimes]:
        """How long each method took, by name."""
        return [
            MethodTimes(method, self._counts[method], sorted(times)[len(times) // 2], max(times))
            for method, times in sorted(self._times.items())
        ]

    def mishaps(self) -> list[Mishap]:
        """What went wrong of late, the latest first."""
        return list(reversed(self._mishaps))
