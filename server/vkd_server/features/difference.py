"""What changed in meaning between two states of a catalogue, as two revisions in git hold it.

What is compared are meanings: sentences as codes and days, conditions as what they say, concepts by what they are, and
the answers to the demands that are stored beside them. Reordering, synonyms, dittos, comments, another file and another
layout are no change. What a vocabulary that cannot be read leaves without a code is compared by its words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from vkd_catalog.held import HeldCatalogue

Kind = Literal["new", "gone", "renamed", "changed"]


class Stated(NamedTuple):
    """A key of technical data that says something else; None where a side does not state it."""

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
    """What happened to a concept that information sets or demands speak of.

    `columns` names what it says otherwise, as the vocabulary's columns are called; `sets` counts the information sets
    that use it, before or now.
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
    """An answer to a demand: its members, and what it was and is worth, empty where it is not one."""

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
        """What of it concerns some files, or the files in some folders; concepts are of no one file, and stay."""
        return self._replace(
            sets=tuple(one for one in self.sets if _is_below(one.path, paths)),
            demands=tuple(one for one in self.demands if _is_below(one.path, paths)),
        )


def difference(before: HeldCatalogue, now: HeldCatalogue, language: str) -> Difference:
    """What changed from one state to another, worded in a language."""
    from vkd_server.features.difference_concepts import changed_concepts, concept_changes, moved_codes
    from vkd_server.features.difference_demands import demand_changes
    from vkd_server.features.difference_sets import described, set_changes

    changed = changed_concepts(before.vocabularies, now.vocabularies)
    touched = frozenset(touched_files(before, now))
    had, have = described(before, touched), described(now, touched)
    moved = moved_codes(changed)
    sets = tuple(set_changes(before, now, had, have, moved, language))
    renamed = {one.was: one.identification for one in sets if one.kind == "renamed"}
    demands = demand_changes(before, now, touched, (had, have), renamed, moved)
    concepts, elsewhere = concept_changes(changed, (had, have), demands.asked, language)
    return Difference(sets, concepts, elsewhere, demands.changes)


def touched_files(before: HeldCatalogue, now: HeldCatalogue) -> Iterator[str]:
    """The product files that may mean something else: their text is another, or what words and aliases in it mean."""
    from vkd_server.features.difference_concepts import words_that_differ

    had, have = set(before.product_files), set(now.product_files)
    words = words_that_differ(before.vocabularies, now.vocabularies)
    one, other = before.configuration.archives, now.configuration.archives
    aliases = [f"{alias}:".encode() for alias in one.keys() | other.keys() if one.get(alias) != other.get(alias)]
    for path in sorted(had | have):
        same = path in had and path in have and before.contents[path] == now.contents[path]
        text = now.contents[path] if same else b""
        if not same or words.may_stand_in(text) or any(alias in text for alias in aliases):
            yield path


def _is_below(path: str, folders: Collection[str]) -> bool:
    """Whether a path is one of some others, or below one; the workspace's own folder, and those above it, hold all."""
    return any(
        path == folder or path.startswith(f"{folder}/") or {".", ".."}.issuperset(folder.split("/"))
        for folder in folders
    )
