"""Three versions of a text, put together line by line."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from vkd_catalog.importers.merging.outcome import SOURCE_NOW, Clash, Merged

Lines = tuple[str, ...]


class Stretch(NamedTuple):
    """Lines in their three versions; all three are alike where nobody changed them."""

    before: Lines
    mine: Lines
    theirs: Lines

    @property
    def is_clash(self) -> bool:
        """Whether both sides changed these lines, each in its way."""
        return self.mine not in (self.theirs, self.before) and self.theirs != self.before

    @property
    def kept(self) -> Lines:
        """The lines that stay; of what both changed, what people have."""
        return self.theirs if self.mine == self.before else self.mine


def merged_text(before: str | None, mine: str, theirs: str) -> Merged:
    """A text whose comments begin with `#`. Where both changed a line, the source's version follows as a comment."""
    return _merged(before, mine, theirs, f"# {SOURCE_NOW}")


def merged_prose(before: str | None, mine: str, theirs: str) -> Merged:
    """A text in Markdown. Where both changed a line, the source's version follows as a quotation."""
    return _merged(before, mine, theirs, f"> {SOURCE_NOW}")


def merged_rows(before: str | None, mine: str, theirs: str) -> Merged:
    """A file of mappings, which has no comments among its rows. Where both changed a row, both rows stand."""
    return _merged(before, mine, theirs, "")


def _merged(before: str | None, mine: str, theirs: str, mark: str) -> Merged:
    lines: list[str] = []
    clashes = []
    for stretch in stretches(None if before is None else before.splitlines(), mine.splitlines(), theirs.splitlines()):
        lines += stretch.kept
        if stretch.is_clash:
            place = f"line {len(lines)}"
            lines += [said for line in stretch.theirs if (said := f"{mark}{line}") not in lines]
            clashes.append(Clash(place, " ".join(stretch.mine), " ".join(stretch.theirs)))
    return Merged("".join(f"{line}\n" for line in lines), tuple(clashes))


def stretches(before: Sequence[str] | None, mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Stretch]:
    """The three versions cut where all of them are alike; with `before` None, what both sides share is what was."""
    known = _shared(mine, theirs) if before is None else before
    to_mine, to_theirs = _partners(known, mine), _partners(known, theirs)
    at = here = there = 0
    for row in (*sorted(to_mine.keys() & to_theirs.keys()), None):
        ends = (len(known), len(mine), len(theirs)) if row is None else (row, to_mine[row], to_theirs[row])
        stretch = Stretch(tuple(known[at : ends[0]]), tuple(mine[here : ends[1]]), tuple(theirs[there : ends[2]]))
        if any(stretch):
            yield stretch
        if row is not None:
            yield Stretch((known[row],), (known[row],), (known[row],))
            at, here, there = row + 1, to_mine[row] + 1, to_theirs[row] + 1


def _partners(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """For each line that both have, where it stands in the one and in the other."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return {a + i: b + i for a, b, size in matcher.get_matching_blocks() for i in range(size)}


def _shared(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return [mine[row] for row in sorted(_partners(mine, theirs))]
