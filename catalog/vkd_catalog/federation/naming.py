"""What concepts and information sets of another catalogue are called: its name, a colon, and their name there."""

import os
from collections.abc import Collection
from pathlib import Path

from vkd_catalog.vocabulary.concept import MARK, Concept, qualified


def parted(text: str, names: Collection[str]) -> tuple[str, str]:
    """The catalogue that a code or identification is of, and what it is called there.

    The first is empty where it is of none of those with `names`, and so the workspace's own.
    """
    name, mark, rest = text.partition(MARK)
    return (name, rest) if mark and name in names else ("", text)


def folder_between(root: Path, other: Path) -> str:
    """The way from one catalogue's folder to another's, in full where there is none, as between two drives."""
    try:
        return os.path.relpath(other, root).replace(os.sep, "/")
    except ValueError:
        return other.as_posix()


def path_in(folder: str, path: str) -> str:
    """The path of another catalogue's file, relative to the workspace's root."""
    return os.path.normpath(f"{folder}/{path}").replace(os.sep, "/")


def qualified_concept(concept: Concept, name: str, folder: str) -> Concept:
    """A concept of another catalogue as it stands here: all that it names is of that catalogue too."""

    def own(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(qualified(name, code) for code in codes)

    return concept._replace(
        code=qualified(name, concept.code),
        see_also=own(concept.see_also),
        object_types=own(concept.object_types),
        classifications=own(concept.classifications),
        derived_from=tuple(
            tuple(
                source._replace(code=qualified(name, source.code), product=qualified(name, source.product))
                for source in together
            )
            for together in concept.derived_from
        ),
        of=qualified(name, concept.of),
        source=path_in(folder, concept.source),
    )
