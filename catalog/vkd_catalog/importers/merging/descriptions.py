"""Three versions of a file of descriptions, put together description by description, key by key, sentence by sentence.

A description that one side alone changed stays as that side wrote it, to the last blank. One that both changed is
written anew, with dittos and aligned columns.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.importers.layout import laid_out
from vkd_catalog.importers.merging.keyed import Part, numbered, parts
from vkd_catalog.importers.merging.lines import stretches
from vkd_catalog.importers.merging.outcome import SOURCE_NOW, Clash, Merged
from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.sentences import said_by_each
from vkd_grammar.syntax import Comment, Description
from vkd_grammar.words import fold

_Terms = tuple[str, ...]


class _Line(NamedTuple):
    """A sentence without its number and operator, and with no ditto; `comments` stand directly above it."""

    terms: _Terms
    comments: tuple[str, ...]


class _Told(NamedTuple):
    """A description in its parts: doc comment, the header's first fields, technical data, sentences, last comments."""

    doc: tuple[str, ...]
    header: str
    entries: Mapping[str, str]
    sentences: Sequence[_Line]
    below: tuple[str, ...]


def merged_descriptions(before: str | None, mine: str, theirs: str) -> Merged:
    """A file of descriptions. Where both sides changed something, the source's version follows as a comment."""
    parser = Parser()
    old = None if before is None else _pieces(before, parser)
    texts: list[str] = []
    clashes: list[Clash] = []
    for piece in parts(old, _pieces(mine, parser), _pieces(theirs, parser)):
        text, found = _piece(piece, parser) if piece.kept == "both" else (piece.value, ())
        texts += [text] if text else []
        clashes += found
    return Merged("\n\n".join(text.strip("\r\n") for text in texts) + "\n", tuple(clashes))


def _pieces(text: str, parser: Parser) -> Mapping[tuple[str, int], str]:
    """The descriptions of a file by their identification, and what stands above the first by an empty one."""
    document = read_document(text, parser)
    found = []
    for index, description in enumerate(document.descriptions):
        lines = "".join(document.piece_lines(index)).strip("\r\n")
        found.append((fold(description.header.identification) if description.header else "", lines))
    return numbered(found)


def _piece(piece: Part[tuple[str, int], str], parser: Parser) -> tuple[str, Sequence[Clash]]:
    """What stands of a description, or of the lines above the first, that both sides changed."""
    before, mine, theirs = (None if text is None else _told(text, parser) for text in piece[1:4])
    place = piece.key[0] or "head"
    if mine and theirs:
        return _together(place, before, mine, theirs)
    said = _commented((piece.theirs or "").splitlines())
    return "\n".join(filter(None, (piece.mine, *said))), [Clash(place, piece.mine or "", piece.theirs or "")]


def _told(text: str, parser: Parser) -> _Told | None:
    """A product description in its parts; None where something in it cannot be read, and of a demand."""
    [description, *others] = read_document(text, parser).descriptions
    header = description.header
    if others or any(problem.code != "VKD003" for problem in description.problems):
        return None
    if header is None:
        return _Told(tuple(text.splitlines()), "", {}, (), ())
    if description.kind != "product":
        return None
    entries = {entry.key.text: entry.value.text for entry in header.entries if entry.value}
    last = description.sentences[-1].row if description.sentences else header.row
    return _Told(
        _texts(description.comments, -1, header.row),
        " / ".join(field.text for field in header.fields[:3]),
        entries,
        tuple(_lines(description)),
        _texts(description.comments, last, description.rows),
    )


def _lines(description: Description) -> Iterator[_Line]:
    above = description.header.row if description.header else -1
    for sentence, terms in said_by_each(description.sentences, lambda _, field: field.text, ""):
        yield _Line(terms, _texts(description.comments, above, sentence.row))
        above = sentence.row


def _texts(comments: Iterable[Comment], above: int, below: int) -> tuple[str, ...]:
    return tuple(f"# {comment.text}".rstrip() for comment in comments if above < comment.row < below)


def _together(place: str, before: _Told | None, mine: _Told, theirs: _Told) -> tuple[str, Sequence[Clash]]:
    clashes: list[Clash] = []
    doc = list(_comments(place, before and before.doc, mine.doc, theirs.doc, clashes))
    entries = {}
    for entry in parts(before and before.entries, mine.entries, theirs.entries):
        if entry.value is not None:
            entries[entry.key] = entry.value
        if entry.kept == "both":
            doc += _commented([f"{entry.key}={entry.theirs or ''}"], doc)
            clashes.append(Clash(f"{place} {entry.key}", entry.mine or "", entry.theirs or ""))
    rows: list[str | _Terms] = []
    alike = _as_many([told for told in (before, mine, theirs) if told])
    keyed = [_keyed(told, alike) if told else None for told in (before, mine, theirs)]
    for line in map(_settled, parts(keyed[0], keyed[1] or {}, keyed[2] or {})):
        if line.value is not None:
            rows += (*line.value.comments, line.value.terms)
        if line.kept == "both":
            said = "" if line.theirs is None else " / ".join(line.theirs.terms)
            rows += _commented([said or f"{' / '.join(line.mine.terms)}: no longer there" if line.mine else said])
            clashes.append(Clash(place, "" if line.mine is None else " / ".join(line.mine.terms), said))
    rows += _comments(place, before and before.below, mine.below, theirs.below, clashes)
    header = mine.header or theirs.header
    return "\n".join((*doc, *laid_out(header, [[pair] for pair in entries.items()], rows))), clashes


def _settled(line: Part[tuple[_Terms, int], _Line]) -> Part[tuple[_Terms, int], _Line]:
    """A sentence of which one side changed what it says and the other the comments above it: both are taken."""
    was, mine, theirs = line[1:4]
    if line.kept != "both" or not (was and mine and theirs):
        return line
    if mine.terms == was.terms and theirs.comments == was.comments:
        return line._replace(mine=mine._replace(terms=theirs.terms), kept="mine")
    if theirs.terms == was.terms and mine.comments == was.comments:
        return line._replace(mine=mine._replace(comments=theirs.comments), kept="mine")
    return line


def _as_many(versions: Iterable[_Told]) -> Collection[_Terms]:
    """The object type, name and characteristic of which no version has several sentences, or all have as many."""
    counts = [Counter(map(_about, told.sentences)) for told in versions]
    numbers = {about: {count[about] for count in counts} for about in {about for count in counts for about in count}}
    return {about for about, found in numbers.items() if len(found) == 1 or max(found) == 1}


def _keyed(told: _Told, alike: Collection[_Terms]) -> Mapping[tuple[_Terms, int], _Line]:
    """The sentences by what they are about, so that a time that changed is found; where one version has more of them
    than another, by their time as well."""
    pairs = ((_about(line), line) for line in told.sentences)
    return numbered((about if about in alike else (*about, fold(line.terms[3])), line) for about, line in pairs)


def _about(line: _Line) -> _Terms:
    return tuple(map(fold, line.terms[:3]))


def _comments(
    place: str,
    before: Sequence[str] | None,
    mine: Sequence[str],
    theirs: Sequence[str],
    clashes: list[Clash],
) -> Iterator[str]:
    for stretch in stretches(before, mine, theirs):
        yield from stretch.kept
        if stretch.is_clash:
            yield from _commented([line.removeprefix("# ") for line in stretch.theirs], mine)
            clashes.append(Clash(place, " ".join(stretch.mine), " ".join(stretch.theirs)))


def _commented(lines: Iterable[str], there: Sequence[str] = ()) -> list[str]:
    """Lines of the source as comments, but for those that stand there already."""
    said = [f"# {SOURCE_NOW}{line.removeprefix('# ')}" for line in lines if line.strip()]
    return [line for line in said if line not in there]
