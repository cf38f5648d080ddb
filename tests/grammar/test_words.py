"""Words as they are written, compared and escaped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grammar.readings import read
from tests.grammar.texts import CODES, MARKS, TYPES, WORDS
from vkd_grammar.escapes import escape, unescape
from vkd_grammar.kinds import header_type
from vkd_grammar.text import BLANKS
from vkd_grammar.words import fold

ANY_WORD = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1),
    st.text(st.sampled_from('\\/[]"-#;= a0.'), min_size=1),
    st.tuples(st.one_of(TYPES, CODES, MARKS, WORDS), st.sampled_from(["", " ", "\\", "\u00a0"])).map("".join),
).filter(lambda word: word.strip(BLANKS))


@given(ANY_WORD, st.sampled_from([1, 2, 3]))
def test_an_escaped_word_is_read_back_as_that_word(word: str, place: int) -> None:
    fields = ["1", "a", "b", "c", "1970", "."]
    fields[place] = escape(word)
    (sentence,) = read([" / ".join(fields)]).sentences
    field = sentence.fields[place]
    assert (field.kind, field.word.strip(BLANKS)) == ("word", word.strip(BLANKS))


@pytest.mark.parametrize(
    ("written", "word", "code"),
    [
        ("Industri [C.2]", "Industri", "C.2"),
        ("Industri[ C.2\u00a0]", "Industri", "C.2"),
        (r"a\/b\\  [A]", "a/b\\", "A"),
        (r"a\   [A]", "a ", "A"),
        ("[A] [B]", "[A]", "B"),
        ("[A.B]", "", "A.B"),
        ("[]", "", ""),
    ],
)
def test_the_word_and_the_code_of_a_field(written: str, word: str, code: str) -> None:
    (sentence,) = read([f"1 / {written} / b / c / 1970 / ."]).sentences
    assert (sentence.fields[1].word, sentence.fields[1].code) == (word, code)


@given(ANY_WORD)
def test_escaping_changes_nothing_where_nothing_needs_it(word: str) -> None:
    assert unescape(escape(word)).strip(BLANKS) == word.strip(BLANKS)
    if not set(word) & set('\\/[]"-”“″〃') and not header_type(word):
        assert escape(word) == word.strip(BLANKS)


@pytest.mark.parametrize(
    ("written", "said"),
    [(r"a\/b", "a/b"), (r"\\", "\\"), (r"a\ ", "a "), (r"\[A]", "[A]"), (r"\\\/", r"\/"), ("a\\", "a\\"), ("å", "å")],
)
def test_what_an_escaped_text_says(written: str, said: str) -> None:
    assert unescape(written) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Målt", "MÅLT"),
        ("Målt", "Ma\u030alt"),
        ("Hele  landet", " hele\u00a0\tlandet "),
        ("STRASSE", "straße"),
        ("stras\u015be", "STRA\u1e9e\u0301E"),
        ("\u212bngström", "ångström"),
    ],
)
def test_the_same_word(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Malt", "Målt"), ("a b", "ab"), ("a\u2028b", "a b"), ("o", "ø")])
def test_different_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ANY_WORD)
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)
