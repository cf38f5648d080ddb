"""A sentence that comes near a line without matching it."""

from typing import Literal, NamedTuple


class Miss(NamedTuple):
    """A sentence that would match if it were not broader, of another time or name, or a flow over too long a time."""

    product: int
    line: int
    kind: Literal[
        "broader-object-type", "broader-name", "broader-characteristic", "flow-too-long", "other-time", "other-name"
    ]
