"""What a message refers to is data: every product, sentence, file and demand that it names, and nothing that looks so."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.catalog.test_message_formats import around, tried, words
from tests.server.workspaces import workspace
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.evaluation import evaluate
from vkd_catalog.message import Message, MessageOptions, message_of
from vkd_catalog.message.as_markdown import Markdown, as_markdown, with_references
from vkd_catalog.message.as_text import as_text
from vkd_catalog.message.message import Item, Items, Paragraph, Part, Table, shown
from vkd_catalog.message.text import Text, filled, joined, phrase, pieces_of, to_product, words_of
from vkd_grammar.document import read_document

ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Lønnsinntekt / 1970 / .\n"
PRODUCT = """0 / Produktbeskrivelse / {name} / form=fil; access=open; data=F:{name}.csv
1 / Personer / Personreg.nov.70 / Kjønn / 1970 / O
2 / " / " / Lønnsinntekt / " / .
"""


def saying(*texts: Text) -> Message:
    """A message that says some texts wherever there can be references."""
    blocks = (
        Paragraph(texts[0]),
        Items(tuple(Item(text, text) for text in texts)),
        Table(("head",) * len(texts), (texts,)),
    )
    part = Part(1, "1. Heading", blocks)
    return Message("title", blocks, texts, (part, part, part, part, part))


def told(found: Markdown) -> list[tuple[str, str, str, int]]:
    """What each reference is, after how it stands in the text."""
    return [(found.text[start:end], one.kind, one.name, one.line) for start, end, one in found.references]


def message(tmp_path: Path, names: list[str], ending: str = "\n", *, public: bool = False) -> Markdown:
    """The message on the census example with some products beside its own."""
    files = {f"products/{number}.vkd": PRODUCT.format(name=name) for number, name in enumerate(names)}
    root = workspace(tmp_path, files)
    catalogue = open_catalogue(root)
    document = read_document(DEMAND.replace("\n", ending), catalogue.parser)
    demand = catalogue.coder.code(document.descriptions[0])
    found = evaluate(demand, catalogue.register, catalogue.vocabularies, path="demands/å 😀.vkd", row=0, language="nb")
    return with_references(message_of(demand, found, catalogue, MessageOptions(detail=True, public=public)))


@tried
@given(st.lists(st.one_of(words, words.map(to_product)), min_size=1, max_size=6))
@example(["\x1b[31m", to_product("\\(")])
def test_places_are_those_of_the_words_whatever_they_are(texts: list[Text]) -> None:
    one = saying(phrase(*texts), *texts)
    found = with_references(one)
    assert found.text == as_markdown(one)
    before = 0
    for start, end, reference in found.references:
        assert before <= start < end
        assert ESCAPE.sub(r"\1", found.text[start:end]).strip() == shown(reference.name)
        before = end


@tried
@given(words)
def test_references_change_no_word(word: str) -> None:
    plain, referring = saying(word, word), saying(to_product(word), to_product(word))
    assert as_markdown(plain) == as_markdown(referring) == with_references(referring).text
    assert as_text(plain) == as_text(referring)
    assert with_references(around(word)).references == ()


def test_a_reference_longer_than_any_text_is_shown_as_far_as_the_text_is() -> None:
    one = saying(phrase(to_product("a" * 4_990), " and ", to_product("b" * 20), " and ", to_product("c")))
    found = with_references(one)
    assert {found.text[start:end] for start, end, _ in found.references} == {"a" * 4_990, "b" * 5}


def test_texts_keep_references_through_templates_and_lists() -> None:
    one, other = to_product("a"), to_product("b")
    text = filled("{{x}} {who} in {place}.", {"who": joined(", ", (one, other)), "place": 3})
    assert words_of(text) == "{x} a, b in 3."
    assert [piece for piece in pieces_of(text) if not isinstance(piece, str)] == [one, other]
    assert joined(", ", ("a", "b")) == "a, b"
    assert words_of(phrase(one, " and ", other)) == "a and b"


def test_a_message_refers_to_products_sentences_files_and_its_demand(tmp_path: Path) -> None:
    found = told(message(tmp_path, ["å"]))
    root = str(tmp_path)
    assert found[:2] == [
        ("å", "product", "å", 0),
        ("demands/å 😀.vkd, linje 1", "demand", "demands/å 😀.vkd", 1),
    ]
    assert ("å, linje 2", "sentence", "å", 2) in found
    assert ("å", "product", "å", 0) in found
    assert {(kind, name.startswith(root)) for _, kind, name, _ in found if kind == "file"} == {("file", True)}
    assert {kind for _, kind, _, _ in found} == {"product", "sentence", "file", "demand"}


@pytest.mark.parametrize("name", ["form", "Hva", "Linje", "Produkt", "linje 2", "1970", "Personer"])
def test_a_product_named_as_a_word_of_the_message_is_found_where_it_is_named_alone(tmp_path: Path, name: str) -> None:
    """A product may be called anything: the heading `In what form` does not name the product `form`."""
    found, other = message(tmp_path / "a", [name]), message(tmp_path / "b", ["zzz"])
    assert [(kind, line) for _, kind, _, line in told(found)] == [(kind, line) for _, kind, _, line in told(other)]
    assert not any(row_at(found.text, start).startswith("#") for start, _, _ in found.references)


@pytest.mark.parametrize(
    "names", [["ft", "ft-2"], ["ft 70", "ft"], ["a_b", "_a_b_"], ["x", "x, linje 2"], ["<b>", "b"]]
)
def test_of_two_names_of_which_one_is_part_of_the_other_each_is_itself(tmp_path: Path, names: list[str]) -> None:
    for text, kind, name, line in told(message(tmp_path, names)):
        shown_as = ESCAPE.sub(r"\1", text)
        if kind in ("product", "sentence") and name in names and not shown_as.isdigit():
            assert shown_as == (name if kind == "product" else f"{name}, linje {line}")


def test_ends_of_lines_are_no_part_of_it(tmp_path: Path) -> None:
    assert message(tmp_path, ["😀"], "\r\n") == message(tmp_path, ["😀"])


def row_at(text: str, place: int) -> str:
    """The line of a text that a place stands in."""
    start = text.rfind("\n", 0, place) + 1
    return text[start : text.find("\n", place)]


def test_no_file_is_referred_to_where_the_message_may_be_given_to_anybody(tmp_path: Path) -> None:
    assert "file" not in {kind for _, kind, _, _ in told(message(tmp_path, ["å"], public=True))}
