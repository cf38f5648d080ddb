"""Looking words up finds what looking at every word finds, be they few or many, and be the index new or taken over."""

import random
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vkd_catalog.cache import Cache
from vkd_catalog.configuration import default_configuration
from vkd_catalog.files import FileReader
from vkd_catalog.reading import read_vocabularies
from vkd_catalog.suggest import loose
from vkd_catalog.vocabulary import Concept, Vocabularies, build_vocabularies, read_vocabulary
from vkd_server.features.lexicon import Lexicon, Match, WordIndex

SYLLABLES = ["ka", "ro", "å", "ben", "sto", "i", "ø"]
WORDS = st.lists(st.sampled_from([*SYLLABLES, " "]), min_size=1, max_size=4).map("".join)
ROWS = st.lists(st.tuples(WORDS, WORDS, st.sampled_from(["individual", "aggregate", ""])), max_size=12)
TYPED = st.one_of(WORDS, st.sampled_from(["", "k", "K1", "k0", "a", "zz"]))
MANY = 1500

Row = tuple[str, str, str]


def vocabularies(rows: list[Row]) -> Vocabularies:
    lines = (f"K{number},{word},{other},{kind}\n" for number, (word, other, kind) in enumerate(rows))
    text = "code,prefLabel@nb,altLabel@nb,kind\n" + "".join(lines)
    return build_vocabularies([read_vocabulary("k.csv", text.encode(), "characteristics")])


@lru_cache
def many() -> Vocabularies:
    chosen = random.Random(1972)
    rows = [
        (
            " ".join(chosen.choices(SYLLABLES, k=3)),
            "".join(chosen.choices(SYLLABLES, k=4)),
            chosen.choice(["", "aggregate"]),
        )
        for _ in range(MANY)
    ]
    return vocabularies(rows)


def matching(concept: Concept, form: str) -> bool:
    """By definition: a code or a word that the form begins, or a later word in one."""
    words = [loose(word) for word in concept.words()]
    return any(f" {word}".find(f" {form}") >= 0 for word in words) or loose(concept.code).startswith(form)


def index_of(words: Vocabularies, had: Lexicon | None = None) -> tuple[WordIndex, Lexicon]:
    lexicon = Lexicon(words, had)
    while lexicon.prepare():
        pass
    return lexicon.index("characteristics"), lexicon


def is_individual(concept: Concept) -> bool:
    return concept.kind == "individual"


@given(ROWS, TYPED)
def test_kept_with_a_compiled_vocabulary(rows: list[Row], typed: str) -> None:
    same_where_kept(vocabularies(rows), [typed])


def test_many_kept_with_a_compiled_vocabulary() -> None:
    same_where_kept(many(), ["", "k", "ka", "karo", "K1", "å", "sto i", "kabben", "benn"])


def same_where_kept(words: Vocabularies, typed: list[str]) -> None:
    """A compiled vocabulary's words are found as those in memory, in the same order."""
    with TemporaryDirectory() as place:
        (file,) = words.files
        (Path(place) / "characteristics.csv").write_text("".join(file.lines), encoding="utf-8")
        settings = default_configuration(Path(place))
        compiled = read_vocabularies(settings, FileReader(settings.root), Cache(settings.root), compiled_from=1)
        expected, found = index_of(words)[0], index_of(compiled)[0]
        assert compiled.characteristics.concepts.words is not None or not file.concepts
        for text in typed:
            assert told(found.find(text)) == told(expected.find(text))
            for agrees in (is_individual, lambda concept: not concept.kind):
                had, count = found.find(text).first(agrees, 20)
                same, counted = expected.find(text).first(agrees, 20)
                assert (told(had), count) == (told(same), counted)


def told(matches: Iterable[Match]) -> list[tuple[str, str]]:
    return [(match.concept.code, match.word) for match in matches]


@given(ROWS, TYPED)
def test_few(rows: list[Row], typed: str) -> None:
    words = vocabularies(rows)
    index, _ = index_of(words)
    form = loose(typed)
    expected = {code for code, one in words.characteristics.concepts.items() if not form or matching(one, form)}
    found = list(index.find(typed, misspelled=False))
    assert sorted(match.concept.code for match in found) == sorted(expected)
    assert all(loose(match.word) for match in found if form)
    first, count = index.find(typed, misspelled=False).first(is_individual, 3)
    agreeing = [match for match in found if is_individual(match.concept)]
    assert {one.concept.code for one in first} <= {one.concept.code for one in agreeing}
    assert (len(first), count) == (min(3, len(agreeing)), len(agreeing))


@given(ROWS, ROWS, TYPED)
def test_taken_over(before: list[Row], after: list[Row], typed: str) -> None:
    _, had = index_of(vocabularies(before))
    now = vocabularies(after)
    assert set(index_of(now, had)[0].find(typed)) == set(index_of(now)[0].find(typed))
    assert list(had.index("characteristics").find(typed)) == list(index_of(vocabularies(before))[0].find(typed))


@pytest.mark.parametrize("typed", ["", "k", "ka", "ka ro", "å", "st", "i", "K1", "ben k"])
def test_many(typed: str) -> None:
    index, _ = index_of(many())
    form = loose(typed)
    concepts = many().characteristics.concepts
    expected = {code for code, one in concepts.items() if not form or matching(one, form)}
    found: list[Match] = list(index.find(typed))
    assert {match.concept.code for match in found} == expected
    assert len(found) == len(expected)
    first, count = index.find(typed).first(lambda concept: not concept.kind, 20)
    agreeing = [one for one in found if not one.concept.kind]
    assert len(first) == min(20, len(agreeing)) <= count
    assert all(not one.concept.kind for one in first)


def test_the_word_itself_comes_first_and_codes_where_they_are_asked_for() -> None:
    index, _ = index_of(vocabularies([("K2", "sto", ""), ("ka ro", "i", ""), ("ka", "ben", ""), ("roka", "ro ka", "")]))
    assert [match.word for match in index.find("ka")] == ["ka", "ka ro", "ro ka"]
    assert [match.concept.code for match in index.find("k2")] == ["K0", "K2"]
    assert [match.concept.code for match in index.find("k2", codes_first=True)] == ["K2", "K0"]
