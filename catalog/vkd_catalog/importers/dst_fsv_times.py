"""What time a Danish register's data sets speak of: the period in their name, or all the years that one file holds."""

import re
from collections.abc import Sequence

from vkd_catalog.importers.undescribed import NOT_STATED_TIME

_YEAR = re.compile(r"[0-9]{4}")
_COURSE, _EVENT = "Forløb", "Hændelse"


def times_of(reference_type: str, first_year: str, periods: Sequence[str]) -> Sequence[str]:
    """The time of each of a register's data sets, from the periods in their names (`2010`, `201012`, or empty).

    A file that holds the register's years from the first one on has those: where the register is of courses, which are
    one file that grows, or has a single data set. Courses and events hold on all those days, a status is one value a
    year. Where the register has a data set for its first year they are one file a period.
    """
    return [_time(reference_type, _years_before(reference_type, first_year, periods), period) for period in periods]


def _time(reference_type: str, first: str, period: str) -> str:
    if not period or not first:
        return period or NOT_STATED_TIME
    return f"{first}..{period}" if reference_type in (_COURSE, _EVENT) else f"{first}..{period}:A"


def _years_before(reference_type: str, first_year: str, periods: Sequence[str]) -> str:
    """The register's first year, where its data sets hold the years from then on; else empty."""
    years = [period[:4] for period in periods if period]
    one_file = reference_type == _COURSE or len(periods) == 1
    return first_year if one_file and years and _YEAR.fullmatch(first_year) and first_year < min(years) else ""
