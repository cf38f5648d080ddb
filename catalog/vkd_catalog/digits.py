"""Many digits together, as numbers have that identify people: a text without them need not be searched for any."""

import re

_TEN = re.compile(r"[0-9](?:[ \u00a0\u202f+-]?[0-9]){9}")


def has_ten_digits(text: str) -> bool:
    """Whether ten digits stand together in a text, with a blank or a sign at most between each two."""
    return _TEN.search(text) is not None
