"""The changes that `vkd diff` finds between two states of a workspace, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

Moved = Mapping[str, Mapping[str, str]]
"""By vocabulary, the codes of concepts that have moved, each with the code it has now."""

Used = frozenset[tuple[str, str]]
"""Concepts that something speaks of: vocabulary and code."""

Kind = Literal["new", "gone", "renamed", "changed"]


class Stated(NamedTuple):
    """A key of technical data whose value changed, before and now; None where a side does not state it."""

    key: str
    before: str | None
    now: str | None


class Said(NamedTuple):
    """A sentence: the codes of its object type, name and characteristic, and its words in the catalogue's language.

    A code is empty where the field has none.
    """

    codes: tuple[str, str, str]
    text: str


class SetChange(NamedTuple):
    """What happened to an information set. `was` is what it was called before; `line` is its header's, from 1.

    Where it is gone, its place is the one it had.
    """

    kind: Kind
    identification: str
    was: str
    path: str
    line: int
    sentences: int
    gained: tuple[Said, ...]
    lost: tuple[Said, ...]
    stated: tuple[Stated, ...]


class ConceptChange(NamedTuple):
    """What happened to a concept that information sets or demands use.

    `columns` names the vocabulary's columns that changed; `sets` counts the information sets that use it, before or
    now.
    """

    kind: Literal["new", "gone", "moved", "relabelled", "changed"]
    vocabulary: str
    code: str
    was: str
    label: str
    label_was: str
    columns: tuple[str, ...]
    sets: int


class AnswerChange(NamedTuple):
    """An answer to a demand: its members, and its worth before and now; empty where it is not an answer."""

    members: tuple[str, ...]
    before: str
    now: str


class DemandChange(NamedTuple):
    """What happened to a stored demand. `status` and `answers` are before and now, None where it was not run.

    `asks` says that it asks for something else than it did. `gained`, `lost` and `otherwise` are answers; where there
    are too many to compare one by one, they are the products that are members of any. `stated` are the conditions of
    products it is answered by, before and now. `accepted` says whether the answers kept as accepted hold now; None
    where none are kept.
    """

    kind: Literal["new", "gone", "changed"]
    id: str
    path: str
    line: int
    profile: bool
    asks: bool
    status: tuple[str | None, str | None]
    answers: tuple[int | None, int | None]
    gained: tuple[AnswerChange, ...]
    lost: tuple[AnswerChange, ...]
    otherwise: tuple[AnswerChange, ...]
    stated: tuple[tuple[str, tuple[Stated, ...]], ...]
    accepted: bool | None


class Difference(NamedTuple):
    """All that changed; `elsewhere` counts changes of concepts that no information set and no demand speaks of."""

    sets: tuple[SetChange, ...]
    concepts: tuple[ConceptChange, ...]
    elsewhere: int
    demands: tuple[DemandChange, ...]

    def __bool__(self) -> bool:
        return bool(self.sets or self.concepts or self.demands)

    def below(self, paths: Collection[str]) -> Difference:
        """The part of the difference that concerns some files, or the files in some folders; concepts belong to no one
        file and all stay."""
        return self._replace(
            sets=tuple(one for one in self.sets if _is_below(one.path, paths)),
            demands=tuple(one for one in self.demands if _is_below(one.path, paths)),
        )


def _is_below(path: str, folders: Collection[str]) -> bool:
    """Whether a path is one of some folders and files, or below one. The workspace's own folder and those above it hold
    everything."""
    return any(
        path == folder or path.startswith(f"{folder}/") or {".", ".."}.issuperset(folder.split("/"))
        for folder in folders
    )
