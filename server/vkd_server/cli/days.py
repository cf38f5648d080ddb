"""The day that what is written says it was made on."""

import os
from datetime import UTC, date, datetime


def today() -> date:
    """The day, or the one that SOURCE_DATE_EPOCH names, so that what is written can be made again byte for byte."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    then = datetime.fromtimestamp(int(said), UTC) if said.isascii() and said.isdigit() and len(said) < 12 else None
    return (then or datetime.now(UTC)).date()
