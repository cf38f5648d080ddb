"""What changed in information sets: which there are, what their sentences mean, and what they state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from os import sep
from os.path import relpath
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coding import ANY, UNIT
from vkd_catalog.message.wording import Wording
from vkd_catalog.technical import characteristics_in
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_grammar.sentences import said_by_each
from vkd_grammar.technical import KEYS, Key, access_of, days_of, key_named
from vkd_grammar.times import Mask, Time, read_time, time_as_written
from vkd_grammar.words import fold
from vkd_server.features.difference.changes import Said, SetChange, Stated

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription, CodedSentence
    from vkd_catalog.in_memory import InMemoryCatalogue
    from vkd_catalog.register import ProductRecord, Registered
    from vkd_server.features.difference.changes import Moved

_UNKNOWN = "?"
"""What stands before a field's words where they have no meaning. No code begins so."""

_KNOWN = "="
"""What stands before a time that is written as `time_as_written` writes it."""

Sentence = tuple[str, str, str, str]
"""What a sentence means: codes of object type, name and characteristic, and its time."""

Written = tuple[str, ...]
"""The words of a sentence's fields, folded, with what a ditto repeats."""


class Described(NamedTuple):
    """One information set: its record in the register, and the meaning and words of each of its sentences."""

    registered: Registered
    sentences: Mapping[Sentence, Written]

    def answers_as(self, other: Described | None) -> bool:
        """Whether this set answers every demand in the same way as another, wherever the two stand."""
        if other is None:
            return False
        (one, sentences), (had, others) = self.registered, other.registered
        return (one.identification, one.values, one.unit_id, one.sensitive) == (
            had.identification,
            had.values,
            had.unit_id,
            had.sensitive,
        ) and {sentence[1:] for sentence in sentences} == {sentence[1:] for sentence in others}

    def concepts(self) -> Iterator[tuple[str, str]]:
        """The concepts that its sentences use, as vocabulary and code."""
        for sentence in self.sentences:
            yield from zip(VOCABULARY_NAMES[:3], sentence[:3], strict=True)
        for alternative in self.registered[0].unit_id:
            for code in characteristics_in(alternative):
                yield "characteristics", code


def described(catalogue: InMemoryCatalogue, paths: Collection[str]) -> dict[str, Described]:
    """The information sets that some product files describe, by their folded identification: of several, the first."""
    found: dict[str, Described] = {}
    for path in sorted(set(catalogue.product_files).intersection(paths)):
        for row, description in catalogue.document(path).pieces():
            if description.kind == "product":
                coded = catalogue.coder.code(description)
                if coded.identification:
                    registered = catalogue.as_registered(coded, path, row)
                    found.setdefault(fold(coded.identification), Described(registered, dict(_sentences(coded))))
    return found


def set_changes(
    before: InMemoryCatalogue,
    now: InMemoryCatalogue,
    had: Mapping[str, Described],
    have: Mapping[str, Described],
    moved: Moved,
    language: str,
) -> Iterator[SetChange]:
    """What happened to information sets: first to those that are there now, by name, then to those that are gone."""
    comparing = _Comparing(before, now, moved, language)
    gone: dict[frozenset[Sentence], list[Described]] = {}
    for name, one in sorted(had.items()):
        if name not in have:
            gone.setdefault(comparing.meaning(one), []).append(one)
    for name, one in sorted(have.items()):
        kept = had.get(name) or comparing.former(one, gone)
        change = _new(one) if kept is None else comparing.change(kept, one)
        if change is not None:
            yield change
    left = [one for alike in gone.values() for one in alike]
    yield from map(_gone, sorted(left, key=lambda one: fold(one.registered[0].identification)))


def _new(one: Described) -> SetChange:
    record = one.registered[0]
    return SetChange("new", record.identification, "", record.path, record.row + 1, len(one.sentences), (), (), ())


def _gone(one: Described) -> SetChange:
    change = _new(one)
    return change._replace(kind="gone", was=change.identification)


def _sentences(coded: CodedDescription) -> Iterator[tuple[Sentence, Written]]:
    written = said_by_each(coded.description.sentences, lambda _, field: fold(field.text), "")
    for sentence, (_, words) in zip(coded.sentences, written, strict=True):
        yield _meaning(sentence, words), words


def _meaning(sentence: CodedSentence, written: Written) -> Sentence:
    terms = (sentence.object_type, sentence.name, sentence.characteristic)
    one, other, third = (
        f"{_UNKNOWN}{word}" if term in (None, ANY) else term for term, word in zip(terms, written[:3], strict=True)
    )
    time = sentence.time
    if time is None or isinstance(time, Mask):
        return one or "", other or "", third or "", f"{_UNKNOWN}{written[3]}"
    return one or "", other or "", third or "", f"{_KNOWN}{time_as_written(time)}"


class _Comparing:
    """Compares information sets of two states. Codes of concepts that have moved are read as the ones they have now."""

    def __init__(self, before: InMemoryCatalogue, now: InMemoryCatalogue, moved: Moved, language: str) -> None:
        self._before = before
        self._now = now
        self._moved = moved
        self._words_before = Wording(language, before.vocabularies)
        self._words_now = Wording(language, now.vocabularies)

    @cached_property
    def _is_broken(self) -> bool:
        """Whether one side lacks words since a vocabulary of it cannot be read."""
        one, other = self._before.vocabularies, self._now.vocabularies
        return one is not other and any(
            problem.code == "VKD604" for side in (one, other) for found in side.problems.values() for problem in found
        )

    def meaning(self, one: Described) -> frozenset[Sentence]:
        """All that a set of the earlier state says, in the codes of now."""
        return frozenset(self._read(one))

    def former(self, one: Described, gone: Mapping[frozenset[Sentence], list[Described]]) -> Described | None:
        """The set that was renamed to a given one: one that is gone and says the same; it is removed from `gone`.

        Of several it is one that also states the same, or else the first.
        """
        alike = gone.get(frozenset(one.sentences), []) if one.sentences else []
        if not alike:
            return None
        return alike.pop(next((at for at, other in enumerate(alike) if not any(self._stated(other, one))), 0))

    def change(self, had: Described, have: Described) -> SetChange | None:
        """What changed in a set; None where nothing did."""
        before, now = self._read(had), dict(have.sentences)
        lost = {said: words for said, words in before.items() if said not in now}
        gained = {said: words for said, words in now.items() if said not in before}
        if (lost or gained) and self._is_broken:
            _forget_same_words(lost, gained)
        stated = tuple(self._stated(had, have))
        was, record = had.registered[0].identification, have.registered[0]
        renamed = fold(was) != fold(record.identification)
        if not (renamed or lost or gained or stated):
            return None
        return SetChange(
            "renamed" if renamed else "changed",
            record.identification,
            was,
            record.path,
            record.row + 1,
            len(now),
            tuple(self._said(said, self._words_now, self._now) for said in gained),
            # A sentence that is lost is said in the words it had, where its concepts are gone from the vocabulary.
            tuple(self._said(said, self._words_before, self._before) for said in self._as_it_was(had, lost)),
            stated,
        )

    def _read(self, one: Described) -> dict[Sentence, Written]:
        """The sentences of a set of the earlier state in the codes of now, with their words."""
        maps = [self._moved[name] for name in VOCABULARY_NAMES[:3]]
        if not any(maps):
            return dict(one.sentences)
        return {self._in_codes_of_now(said): words for said, words in one.sentences.items()}

    def _as_it_was(self, had: Described, lost: Collection[Sentence]) -> Iterator[Sentence]:
        return (said for said in had.sentences if self._in_codes_of_now(said) in lost)

    def _in_codes_of_now(self, said: Sentence) -> Sentence:
        one, other, third = (
            self._moved[name].get(code, code) for name, code in zip(VOCABULARY_NAMES[:3], said[:3], strict=True)
        )
        return one, other, third, said[3]

    def _said(self, sentence: Sentence, wording: Wording, catalogue: InMemoryCatalogue) -> Said:
        """A sentence in words; one without a meaning stands as it was written, with a question mark."""
        vocabularies = catalogue.vocabularies.four
        said = [wording.term(vocabulary, code) for vocabulary, code in zip(vocabularies, sentence[:3], strict=False)]
        when = sentence[3]
        time = read_time(when.removeprefix(_KNOWN))
        said.append(wording.time(time) if when.startswith(_KNOWN) and isinstance(time, Time) else when)
        shown = (
            f"{code.removeprefix(_UNKNOWN)} (?)" if _is_unknown([code]) else words
            for code, words in zip(sentence, said, strict=True)
        )
        one, other, third = ("" if code.startswith((_UNKNOWN, UNIT)) else code for code in sentence[:3])
        return Said((one, other, third), " / ".join(shown))

    def _stated(self, had: Described, have: Described) -> Iterator[Stated]:
        """The conditions that differ between two sets."""
        one, other = had.registered[0], have.registered[0]
        for key in _keys_of(one, other):
            before, now = one.values.get(key.name), other.values.get(key.name)
            if key.value == "address":
                yield from self._address(key.name, before, now)
            elif _condition(key.value, before) != _condition(key.value, now) and not (
                key.name == "unit-id" and before and now and self._identify_alike(one, other)
            ):
                yield Stated(key.name, before, now)
        if one.sensitive != other.sensitive and not self._is_broken:
            yield Stated("sensitive", one.sensitive, other.sensitive)

    def _identify_alike(self, one: ProductRecord, other: ProductRecord) -> bool:
        """Whether the values of `unit-id` name the same characteristics, whatever their words."""
        moved = self._moved["characteristics"]
        return bool(one.unit_id) and [
            {moved.get(code, code) for code in characteristics_in(alternative)} for alternative in one.unit_id
        ] == [set(characteristics_in(alternative)) for alternative in other.unit_id]

    def _address(self, key: str, before: str | None, now: str | None) -> Iterator[Stated]:
        """An address that leads elsewhere now: as it is written or, where only an alias changed, in full."""
        one = _led_to(before, self._before) if before is not None else None
        other = _led_to(now, self._now) if now is not None else None
        if one != other:
            yield Stated(key, before, now) if before != now else Stated(key, one, other)


def _keys_of(one: ProductRecord, other: ProductRecord) -> Iterator[Key]:
    """The keys that two products may state, and their forms for a language that either of them states."""
    in_languages = [name for name in dict.fromkeys((*one.values, *other.values)) if "@" in name]
    yield from KEYS
    yield from (key for name in in_languages if (key := key_named(name)))


def _led_to(address: str, catalogue: InMemoryCatalogue) -> str:
    """Where an address leads; a path of this machine is given relative to the workspace."""
    found = catalogue.resolve(address)
    return found.target if found.kind != "path" else relpath(found.target, catalogue.root).replace(sep, "/")


def _condition(kind: str, value: str | None) -> object:
    if value is None:
        return None
    if kind == "access":
        return access_of(value), fold(value.partition(",")[2])
    return days_of(value) if kind == "days" else fold(value)


def _forget_same_words(lost: dict[Sentence, Written], gained: dict[Sentence, Written]) -> None:
    """Removes from both mappings the sentences with the same words that one side could not code: they need not
    differ."""
    lost_words = {words: said for said, words in lost.items()}
    for said, words in list(gained.items()):
        other = lost_words.get(words)
        if other is not None and (_is_unknown(said) or _is_unknown(other)):
            del gained[said]
            lost.pop(other, None)


def _is_unknown(said: Iterable[str]) -> bool:
    return any(field.startswith(_UNKNOWN) for field in said)
