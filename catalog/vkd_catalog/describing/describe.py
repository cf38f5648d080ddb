"""Data files and codebooks made into drafts: product descriptions, rows for the vocabularies, and what is not known.

Files that are alike but for the period become one product with a series where their columns agree, else the editions of
a collection. Nothing is written here; `writing` does that.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.addresses import is_open
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.describing.address import address_of
from vkd_catalog.describing.codebook import Codebook
from vkd_catalog.describing.concepts import Row, Rows, can_be_word
from vkd_catalog.describing.drafting import (
    Draft,
    Said,
    columns_value,
    field_of,
    file_text,
    is_writable,
    pair_for,
    unknown_in,
)
from vkd_catalog.describing.editions import agree, together
from vkd_catalog.describing.matching import Match, Matcher, near_taken
from vkd_catalog.describing.new_words import NewWords
from vkd_catalog.describing.periods import series
from vkd_catalog.describing.request import Request
from vkd_catalog.describing.setting import (
    Name,
    ObjectType,
    TimeSaid,
    name_for,
    object_type_for,
    plural_object_types,
    time_column,
    times_in,
)
from vkd_catalog.describing.sources import Edition, Read, sets_of_codebooks, with_codebooks
from vkd_catalog.describing.table import Column, Note, Table, UnreadableError
from vkd_catalog.describing.texts import cell, plain, shortened
from vkd_catalog.importers.words import technical
from vkd_catalog.languages import counted, say
from vkd_catalog.suggest import loose
from vkd_catalog.technical import unescape_value
from vkd_catalog.vocabulary import Concept
from vkd_grammar.document import read_document
from vkd_grammar.escapes import escape
from vkd_grammar.parser import Parser
from vkd_grammar.technical import columns_of, key_named
from vkd_grammar.times import BadTime, Mask, read_time
from vkd_grammar.words import DONT_CARE, fold

_SEVERAL_MARKS = re.compile(r"[-_. ]{2,}")
"""What is left around a period in a name."""


class WrongCallError(Exception):
    """Raised where what a call names is not there: one line that says what."""


class Described(NamedTuple):
    """One product, or the editions of a collection: what it is called, the files, the text of its product file, what
    was found out of each column and what could not be said."""

    called: str
    files: tuple[Path, ...]
    text: str
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...]


class Outcome(NamedTuple):
    """What became of all files: drafts, rows for the vocabularies, the codebooks that were used, what was not read."""

    described: tuple[Described, ...]
    rows: Rows
    codebooks: tuple[Codebook, ...]
    unread: tuple[UnreadableError, ...]


class Surroundings(NamedTuple):
    """What a draft is written into. `earlier` is the text of the file that an earlier run wrote of a product, empty
    where none did; `is_taken` says whether an identification is that of a product in another file than that of the
    product named second; `hide` masks what no description may say."""

    earlier: Callable[[str], str] = lambda _: ""
    is_taken: Callable[[str, str], bool] = lambda _, __: False
    hide: Callable[[str], str] = lambda text: text


def describe(request: Request, read: Read, catalogue: Catalogue, around: Surroundings) -> Outcome:
    """Drafts descriptions of what was read in the words of a catalogue. Raises WrongCallError."""
    drafting = _Drafting(request, catalogue, read.codebooks, around)
    described_ = tuple(drafting.described(group) for group in read.groups or sets_of_codebooks(read.codebooks))
    return Outcome(described_, drafting.rows, read.codebooks, read.unread)


def chosen_in(text: str) -> Mapping[str, str]:
    """The words that somebody has chosen for unknown columns in a drafted file, by the column's loose name."""
    every = (unknown for line in text.splitlines() if (unknown := unknown_in(line)))
    return {loose(one.column): one.chosen for one in every if one.chosen}


def paired_in(text: str) -> Mapping[str, str]:
    """The words that descriptions state for columns in the key `columns`, by the column's loose name."""
    descriptions = read_document(text, Parser()).descriptions
    headers = (description.header for description in descriptions if description.header)
    entries = (entry for header in headers for entry in header.entries if entry.value)
    values = [entry.value.text for entry in entries if entry.value and _is_columns(entry.key.text)]
    pairs = (pair for value in values for pair in columns_of(unescape_value(value)) or ())
    return {loose(column): word for column, word in pairs}


def _is_columns(text: str) -> bool:
    key = key_named(text)
    return key is not None and key.name == "columns"


class _Drafting:
    """Drafts group after group in the words of one catalogue, and keeps the words that are new."""

    def __init__(
        self,
        request: Request,
        catalogue: Catalogue,
        codebooks: Sequence[Codebook],
        around: Surroundings,
    ) -> None:
        self._request = request
        self._catalogue = catalogue
        self._vocabularies = catalogue.own_vocabularies
        self._language = catalogue.language
        self._codebooks = codebooks
        self._earlier, self._is_taken, self._hide = around
        self._called: set[str] = set()
        self._paired: Mapping[str, str] = {}
        self._words = NewWords(request.own, self._vocabularies, self._language)
        suggester = catalogue.suggester("characteristics", own=True)
        self._matcher = Matcher(self._vocabularies, suggester, self._meant, self._words.made)

    @property
    def rows(self) -> Rows:
        """The rows for the vocabularies that the drafts so far need."""
        return Rows(self._words.characteristics, self._words.names)

    def described(self, group: Sequence[Edition]) -> Described:
        """One product of a group of files, or the editions of a collection."""
        notes = [self._note(edition.table, note) for edition in group for note in edition.table.notes]
        tables = [with_codebooks(edition.table, self._codebooks) for edition in group]
        group = [edition._replace(table=table) for edition, table in zip(group, tables, strict=True)]
        stem = self._stem(group)
        called = self._free(stem)
        earlier = self._earlier(called)
        chosen = {**chosen_in(earlier), **self._request.words}
        self._paired = paired_in(earlier)
        parts = [group] if agree(group) else [[one] for one in group]
        setting = self._setting(group, stem, chosen)
        drafts = []
        for part in parts:
            identification = (
                called if len(parts) == 1 else self._free(plain(self._hide(part[0].table.path.stem)), called)
            )
            collection = called if len(parts) > 1 else ""
            drafts.append(self._draft(part, identification, collection, chosen, setting, notes))
        head = self._head(group)
        return Described(
            called,
            tuple(edition.table.path for edition in group),
            file_text(head, drafts, self._language),
            tuple(drafts),
            tuple(notes),
        )

    def _note(self, table: Table, note: Note) -> str:
        told = say(f"describe.note-{note.key}", self._language, **note.facts)
        return self._hide(f"{shortened(table.path.name)}: {plain(told)}")

    def _meant(self, text: str, limit: int) -> Iterable[tuple[str, Concept]]:
        found = self._catalogue.lookup.meant(text, "characteristic", limit)
        return [(word, concept) for word, concept in found if ":" not in concept.code]

    def _stem(self, group: Sequence[Edition]) -> str:
        """What a set is called after its files: their name without the period."""
        stem = group[0].table.path.stem
        period = group[0].period
        if period and len(group) > 1:
            stem = period.pattern
            for place in ("{year}", "{half}", "{quarter}", "{month}", "*"):
                stem = stem.replace(place, "", 1)
            stem = _SEVERAL_MARKS.sub(lambda marks: marks[0][0], stem)
        return plain(self._hide(stem)).strip(" -_.") or "data"

    def _free(self, stem: str, file: str = "") -> str:
        """An identification that no other product has; it stands in the file of the product `file`, else in its own."""
        name, number = stem, 1
        while fold(name) in self._called or self._is_taken(name, file or name):
            number += 1
            name = f"{stem}-{number}"
        self._called.add(fold(name))
        return name

    def _setting(self, group: Sequence[Edition], stem: str, chosen: Mapping[str, str]) -> "_Setting":
        columns = list(group[-1].table.columns)
        matches = [self._match(column, None, chosen) for column in columns]
        # What an earlier run guessed tells nothing anew.
        matched = [one.concept for one in matches if one.concept and not self._words.is_as_made(one.concept)]
        object_type = self._object_type(matched, columns, stem)
        if object_type is None:
            return _Setting(None, None, "", "")
        title = next((edition.table.title for edition in reversed(group) if edition.table.title), "")
        name = self._name(object_type.concept, stem, title)
        if name and name.why == "named" and name.concept and name.concept.code in self._request.own.names:
            name = name._replace(why="new")
        field = field_of(object_type.concept, self._vocabularies.object_types, self._language)
        return _Setting(object_type, name, field, self._name_field(name, stem, object_type.concept) if name else "")

    def _object_type(self, matched: Sequence[Concept], columns: Sequence[Column], stem: str) -> ObjectType | None:
        word = self._request.object_type
        if not word:
            return object_type_for(self._vocabularies, matched, columns, stem)
        vocabulary = self._vocabularies.object_types
        found = next(filter(None, (vocabulary.coded(word.strip("[]")), *vocabulary.named(word))), None)
        if found is None or found not in plural_object_types(self._vocabularies):
            there = ", ".join(one.label(self._language) for one in plural_object_types(self._vocabularies))
            raise WrongCallError(f"{word}: no object type that rows of data may be; there are {there}")
        return ObjectType(found, "given")

    def _name(self, object_type: Concept, stem: str, title: str) -> Name | None:
        word = self._request.name
        if not word:
            suggester = self._catalogue.suggester("names", own=True)
            called = [cell(text) for text in (title, stem) if text]
            return name_for(self._vocabularies, suggester, object_type, called, adds=self._request.adds)
        vocabulary = self._vocabularies.names
        found = next(filter(None, (vocabulary.coded(word.strip("[]")), *vocabulary.named(word))), None)
        if found is None and not self._request.adds:
            near = ", ".join(said for said, _ in self._catalogue.suggester("names", own=True).nearest(word))
            raise WrongCallError(f"{word}: no such name" + (f"; near are {near}" if near else ""))
        return Name(found, word, "given")

    def _name_field(self, name: Name, stem: str, object_type: Concept) -> str:
        if name.concept:
            return field_of(name.concept, self._vocabularies.names, self._language)
        row = self._words.register(name.word, self._request.name or stem, object_type.code)
        return _new_field(row, self._language)

    def _draft(
        self,
        part: Sequence[Edition],
        identification: str,
        collection: str,
        chosen: Mapping[str, str],
        setting: "_Setting",
        notes: list[str],
    ) -> Draft:
        columns = together([edition.table for edition in part], notes)
        time = self._time(part, columns)
        said = list(self._said(columns, setting, chosen, time))
        guessed = list(self._guessed(setting, time, said, collection))
        unit_id = self._unit_id(said, guessed)
        not_writable = [one.column.name for one in said if one.pair and not is_writable(one.column.name)]
        notes += [say("describe.not-writable", self._language, column=shortened(name)) for name in not_writable]
        title = next((plain(edition.table.title) for edition in reversed(part) if edition.table.title), "")
        stated = {
            "title": technical(title),
            "collection": technical(collection),
            "data": self._address(part, notes) if part[-1].table.form else "",
            "doc": self._codebook_address(),
            "form": part[-1].table.form,
            "unit-id": technical(unit_id),
            "columns": columns_value(said),
        }
        pairs = [(key, value) for key, value in stated.items() if value]
        fields = setting.object_field, setting.name_field
        nothing = all(fields) and not any(one.field for one in said)
        undescribed = self._words.undescribed(adds=self._request.adds) if nothing else ""
        return Draft(identification, (), guessed, pairs, *fields, time.times, said, undescribed)

    def _time(self, part: Sequence[Edition], columns: Sequence[Column]) -> TimeSaid:
        if self._request.time:
            return TimeSaid((self._given_time(),), "given")
        periods = [edition.period for edition in part if edition.period]
        if periods and len(periods) == len(part):
            return TimeSaid(series(periods), "files")
        column = time_column(columns)
        return TimeSaid(times_in(column), "column", column.name) if column else TimeSaid(("?",), "unstated")

    def _given_time(self) -> str:
        text = self._request.time
        if self._vocabularies.times.named(text):
            return escape(text)
        time = read_time(text)
        if time is None or isinstance(time, BadTime | Mask) or DONT_CARE in text:
            raise WrongCallError(f"{text}: not a time that a product can state")
        return text

    def _said(
        self, columns: Sequence[Column], setting: "_Setting", chosen: Mapping[str, str], time: TimeSaid
    ) -> Iterator[Said]:
        """What is said of each column; a characteristic that one column has is no other's."""
        object_type = setting.object_type.concept if setting.object_type else None
        used = {own.code: column.name for column in columns if (own := self._words.made_of(column, object_type))}
        for column in columns:
            match = self._match(column, object_type, chosen)
            if match.concept and used.get(match.concept.code, column.name) != column.name:
                match = Match(None, None, () if self._words.is_own(match.concept) else near_taken(match.concept))
            if column.name == time.column and not match.concept:
                yield Said(column, match, is_time=True)
            elif object_type is None or not setting.name_field:
                yield Said(column, match)
            elif match.concept:
                used[match.concept.code] = column.name
                yield self._known(column, match, match.concept)
            elif match.is_new and (can_be_word(column) or self._words.has(column, object_type.code)):
                yield self._new(column, match, object_type, used)
            else:
                yield Said(column, match)

    def _match(self, column: Column, object_type: Concept | None, chosen: Mapping[str, str]) -> Match:
        word = chosen.get(loose(column.name), "")
        own = self._words.made_of(column, object_type)
        if own and not word:
            return Match(own, "code")
        match = self._matcher.match(column, object_type, word)
        paired = "" if match.concept or word else self._paired.get(loose(column.name), "")
        # What was chosen once stands in the key `columns` now.
        again = self._matcher.match(column, object_type, paired) if paired else match
        return again if again.concept else match

    def _known(self, column: Column, match: Match, concept: Concept) -> Said:
        self._words.again(concept, column)
        characteristics = self._vocabularies.characteristics
        field = field_of(concept, characteristics, self._language)
        pair = pair_for(column.name, concept.code, tuple(concept.words()), characteristics)
        return Said(column, match, field, concept.code, pair, self._words.is_own(concept))

    def _new(self, column: Column, match: Match, object_type: Concept, used: dict[str, str]) -> Said:
        row = self._words.characteristic(column, object_type.code)
        # Where no word may be added its row is drafted all the same.
        if row is None or row["code"] in used:
            return Said(column, match)
        used[row["code"]] = column.name
        if not self._request.adds:
            return Said(column, match, offered=row.get(f"prefLabel@{self._language}", ""))
        words = tuple(filter(None, (row.get(f"prefLabel@{self._language}", ""), row.get("notation", ""))))
        pair = pair_for(column.name, row["code"], words, self._vocabularies.characteristics)
        return Said(column, match, _new_field(row, self._language), row["code"], pair, is_new=True)

    def _guessed(self, setting: "_Setting", time: TimeSaid, said: Sequence[Said], collection: str) -> Iterator[str]:
        language = self._language
        kind, name = setting.object_type, setting.name
        if kind and kind.why != "given":
            why = say(f"describe.object-type-{kind.why}", language, said=shortened(self._hide(kind.said)))
            yield say("describe.guessed-object-type", language, word=setting.object_field, why=why)
        if name and name.why not in ("given", "named"):
            why = say(f"describe.name-{name.why}", language)
            yield say("describe.guessed-name", language, word=setting.name_field, why=why)
        if time.why in ("files", "column"):
            why = say(f"describe.time-{time.why}", language, column=shortened(time.column))
            yield say("describe.guessed-time", language, time=", ".join(time.times), why=why)
        if collection:
            yield say("describe.guessed-collection", language, collection=collection)
        new = sum(one.is_new for one in said)
        if new:
            yield counted("describe.guessed-words", new, language)

    def _unit_id(self, said: Sequence[Said], guessed: list[str]) -> str:
        """The word of the characteristic that tells units apart; one that none says to do so is guessed."""
        characteristics = self._vocabularies.characteristics
        sure = [one for one in said if one.match.concept and one.field and one.match.concept.identifies]
        unique = [one for one in said if one.field and one.column.is_unique and _is_like_a_number_of_units(one)]
        for one in (*sure, *unique):
            concept = characteristics.coded(one.code)
            word = concept.label(self._language) if concept else self._new_word(one.code)
            named = characteristics.named(word)
            written = word if (len(named) == 1 or one.is_new) and plain(word) == word else f"[{one.code}]"
            if one in unique and one not in sure:
                guessed.append(say("describe.guessed-unit-id", self._language, word=written))
            return written
        return ""

    def _new_word(self, code: str) -> str:
        return self._words.characteristics[code].get(f"prefLabel@{self._language}", "") or f"[{code}]"

    def _address(self, part: Sequence[Edition], notes: list[str]) -> str:
        """The address of the data, its period left open where it is a series; empty where none can be written."""
        path = part[0].table.path
        period = part[0].period
        if len(part) > 1 and period:
            path = path.with_name(period.pattern + path.suffix)
        address = address_of(path, self._catalogue)
        # A name that looks like a period which is left open cannot be told from one.
        can_be_told = not is_open(str(part[0].table.path)) and plain(address) == address == self._hide(address)
        if can_be_told:
            return technical(address)
        notes.append(say("describe.no-address", self._language, file=shortened(self._hide(path.name))))
        return ""

    def _codebook_address(self) -> str:
        address = address_of(self._codebooks[0].table.path, self._catalogue) if len(self._codebooks) == 1 else ""
        return technical(address) if plain(address) == address == self._hide(address) else ""

    def _head(self, group: Sequence[Edition]) -> list[str]:
        """The lines that open a product file: what it was made from, when, and how much of it was looked at."""
        names = [shortened(self._hide(edition.table.path.name)) for edition in group]
        files = (
            names[0]
            if len(names) == 1
            else say("describe.files", self._language, first=names[0], last=names[-1], count=str(len(names)))
        )
        lines = [say("describe.made", self._language, day=self._request.day.isoformat(), files=files)]
        books = ", ".join(shortened(self._hide(book.table.path.name)) for book in self._codebooks)
        if books:
            lines.append(say("describe.with-codebook", self._language, codebook=books))
        parts = [edition.table for edition in group if not edition.table.whole]
        lines += [
            say("describe.sample", self._language, file=shortened(self._hide(table.path.name)), rows=str(table.rows))
            for table in parts
        ]
        return [plain(line) for line in lines]


class _Setting(NamedTuple):
    object_type: ObjectType | None
    name: Name | None
    object_field: str
    name_field: str


def _is_like_a_number_of_units(said: Said) -> bool:
    words = loose(f"{said.column.name} {said.column.label}")
    return any(mark in words for mark in ("id", "nr", "num", "lop", "lnr", "key", "nokkel", "nyckel", "pseud"))


def _new_field(row: Row, language: str) -> str:
    word = row.get(f"prefLabel@{language}", "")
    return escape(word) if word else f"[{row['code']}]"
