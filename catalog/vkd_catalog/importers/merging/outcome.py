"""What comes of putting two versions together: the text, and what both of them changed."""

from typing import NamedTuple


class Clash(NamedTuple):
    """Something that people and the source changed, each in its way: its place in the file, and both versions.

    A version that is empty says that it was taken away there.
    """

    place: str
    mine: str
    theirs: str


class Merged(NamedTuple):
    """The text that stands after a run, and what in it both changed."""

    text: str
    clashes: tuple[Clash, ...] = ()


SOURCE_NOW = "source now: "
"""What opens a comment line that holds the source's version of something people have changed as well."""
