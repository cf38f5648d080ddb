"""Coverage as pictures (SVG) that need nothing from elsewhere: a badge, and a plot over revisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from vkd_catalog.coverage import MEASURES, Coverage
from vkd_catalog.languages import say
from vkd_server.features.coverage.rendering import Moment, measure_name, percent

_LETTER = 6.6
"""About the width of a letter of the badge, in pixels."""

_COLOURS = ("#1b5e83", "#b3541e", "#3f7d3a", "#7a4a93", "#8a6d1a", "#b0314f")
"""A colour a measure; their lines differ in their dashes too."""

_DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2")
_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 172, 44, 52


def badge(coverage: Coverage, language: str) -> str:
    """A badge that says how complete a catalogue is: the mean of its shares."""
    label, said = say("coverage.badge", language), percent(coverage.all.mean, language)
    left, right = (round(len(text) * _LETTER + 14) for text in (label, said))
    colour = _colour(coverage.all.mean)
    title = escape(f"{label}: {said}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<rect width="{left + right}" height="20" rx="3" fill="#444"/>'
        f'<path fill="{colour}" d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1 -3 3H{left}z"/>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2}" y="14">{escape(said)}</text></g></svg>\n'
    )


def plot(moments: Sequence[Moment], title: str, language: str) -> str:
    """The shares of a catalogue over revisions, one line a measure, the oldest to the left."""
    lines = "".join(_lines(moments, language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" role="img" aria-label="{escape(title)}" font-family="Georgia,serif" font-size="13">'
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#fffdf8"/>'
        f'<text x="{_LEFT}" y="24" font-size="16">{escape(title)}</text>'
        f"{''.join(_axes(moments))}{lines}</svg>\n"
    )


def _axes(moments: Sequence[Moment]) -> Iterator[str]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        yield f'<path d="M{_LEFT} {y}H{_WIDTH - _RIGHT}" stroke="#ccc5b5"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#555">{share:.0%}</text>'
    last = len(moments) - 1
    for at in sorted({0, last // 2, last}):
        anchor = "start" if at == 0 and last else "end" if at == last and last else "middle"
        said = escape(moments[at].day or moments[at].named)
        y = _HEIGHT - _BOTTOM + 22
        yield f'<text x="{_x(at, last)}" y="{y}" text-anchor="{anchor}" fill="#555">{said}</text>'


def _lines(moments: Sequence[Moment], language: str) -> Iterator[str]:
    last = len(moments) - 1
    taken: list[float] = []
    ends = [(moments[-1].coverage.all.of(one).value, at) for at, one in enumerate(MEASURES)]
    for end, at in sorted(ends, key=lambda one: -(one[0] or 0)):
        measure, colour, dash = MEASURES[at], _COLOURS[at], _DASHES[at]
        there = [
            (number, share)
            for number, one in enumerate(moments)
            if (share := one.coverage.all.of(measure).value) is not None
        ]
        points = " ".join(f"{_x(number, last)},{_y(share)}" for number, share in there)
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        for number, share in there if len(there) < 40 else ():
            yield f'<circle cx="{_x(number, last)}" cy="{_y(share)}" r="2.5" fill="{colour}"/>'
        y = _free(_y(end or 0.0), taken)
        said = escape(f"{measure_name(measure, language)} {percent(end, language)}")
        yield f'<text x="{_WIDTH - _RIGHT + 10}" y="{y + 4}" fill="{colour}">{said}</text>'


def _free(y: float, taken: list[float]) -> float:
    """The nearest place at or below one where no other label stands."""
    while any(abs(y - other) < 16 for other in taken):
        y += 4
    taken.append(y)
    return y


def _x(at: int, last: int) -> float:
    width = _WIDTH - _LEFT - _RIGHT
    return round(_LEFT + (width * at / last if last else width), 1)


def _y(share: float) -> float:
    return round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share), 1)


def _colour(share: float | None) -> str:
    if share is None:
        return "#777"
    return "#2e7d32" if share >= 0.8 else "#9a6b00" if share >= 0.5 else "#b3261e"
