"""The reference message: goldens in four languages, and what is true of every message.

After a change that is meant, run with VKD_UPDATE_GOLDENS=1, which writes the goldens anew, and read the difference.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation import Answer, Why, evaluate, invalid
from vkd_catalog.languages import languages
from vkd_catalog.message import DEFAULT_LIMIT, Finding, Message, MessageOptions, message_of
from vkd_catalog.message.as_markdown import as_markdown
from vkd_catalog.message.as_text import as_text
from vkd_catalog.message.message import Address, Item, Items, Table
from vkd_catalog.message.text import words_of
from vkd_grammar.document import read_document

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
HERE = Path(__file__).parent / "messages"
LANGUAGES = languages()
NOT_STATED = {"nb": "ikke oppgitt", "nn": "ikkje oppgitt", "sv": "ej angivet", "da": "ikke oplyst", "en": "not stated"}
UPDATE = "VKD_UPDATE_GOLDENS"

Asked = tuple[CodedDescription, int, str]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The census example and the products of these tests."""
    root = tmp_path_factory.mktemp("census") / "census"
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd"))
    shutil.copy(HERE / "products.vkd", root / "products/more.vkd")
    return open_catalogue(root)


def demands(catalogue: Catalogue) -> Iterator[Asked]:
    """The examples of 1972, then the demands of these tests: coded, with their row and file."""
    for file in (*sorted((CENSUS / "demands").glob("eksempel-*.vkd")), HERE / "demands.vkd"):
        document = read_document(file.read_text(encoding="utf-8"), catalogue.parser)
        for row, description in document.pieces():
            yield catalogue.coder.code(description), row, f"demands/{file.name}"


def answer(asked: Asked, catalogue: Catalogue, language: str) -> Answer:
    demand, row, path = asked
    return evaluate(demand, catalogue.register, catalogue.vocabularies, path=path, row=row, language=language)


def message(
    asked: Asked, catalogue: Catalogue, language: str, limit: int = DEFAULT_LIMIT, *, detail: bool = False
) -> Message:
    return message_of(asked[0], answer(asked, catalogue, language), catalogue, MessageOptions(limit, detail=detail))


def test_demands_can_be_run(catalogue: Catalogue) -> None:
    for demand, _, path in demands(catalogue):
        assert {problem.code for problem in demand.problems} <= {"VKD202"}, (path, demand.identification)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["txt", "md"])
def test_messages_are_the_golden_ones(catalogue: Catalogue, language: str, ending: str) -> None:
    printed, detail = (as_text, False) if ending == "txt" else (as_markdown, True)
    texts = [printed(message(asked, catalogue, language, detail=detail)) for asked in demands(catalogue)]
    found = "\n".join(texts).replace(catalogue.revision, "REVISION")
    golden = HERE / f"messages.{language}.{ending}"
    if os.environ.get(UPDATE):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_five_parts_and_says_what_was_searched(catalogue: Catalogue, language: str) -> None:
    count = str(catalogue.register.size()[0])
    for asked in demands(catalogue):
        one = message(asked, catalogue, language)
        assert [part.number for part in one.parts] == [1, 2, 3, 4, 5]
        assert all(part.heading and part.blocks for part in one.parts)
        facts = " ".join(map(words_of, one.facts))
        assert catalogue.configuration.name in facts
        assert catalogue.revision in facts
        assert count in facts.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_product_does_not_state_is_said_to_be_not_stated(catalogue: Catalogue, language: str) -> None:
    silent = NOT_STATED[language]
    for asked in demands(catalogue):
        found = answer(asked, catalogue, language)
        one = message(asked, catalogue, language)
        for product in {member for cover in found.covers for member in cover.members}:
            facts = found.products[product]
            assert (row_of(product, one, 2)[1] == silent) == (facts.form is None)
            addresses = [item.text for item in entry_of(product, one, 3).below]
            wanted = [facts.data] * (found.asked != "document") + [facts.doc] * (found.asked != "data")
            assert [text.stated if isinstance(text, Address) else text for text in addresses] == [
                address or silent for address in wanted
            ]
            _, access, lead_time, _, contact = row_of(product, one, 4)
            assert (access == silent) == (facts.access is None)
            assert (lead_time == silent) == (facts.lead_time is None)
            assert (contact == silent) == ("contact" not in facts.values)


def test_the_lead_time_of_a_joint_answer_is_its_longest(catalogue: Catalogue) -> None:
    texts = {asked[0].identification: as_text(message(asked, catalogue, "en")) for asked in demands(catalogue)}
    assert "Answer 1  at least 30 days; not stated by ft60-person" in texts["bruker 1"]
    assert "Answer 1  not stated" in texts["kobling ukjent"]


def test_covers_beyond_the_limit_are_counted(catalogue: Catalogue) -> None:
    asked = next(one for one in demands(catalogue) if one[0].identification == "ethvert navn")
    assert len(answer(asked, catalogue, "en").covers) == 2
    text = as_text(message(asked, catalogue, "en", limit=1))
    assert "The catalogue has 2 answers. The best is ft70-person, exactly what was asked." in text
    assert "Shown here: 1 of 2 answers, the best first." in text
    assert "Answer 1" in text
    assert "Answer 2" not in text
    assert "ft60-person" not in text


@pytest.mark.parametrize(("sets", "more"), [(6, ""), (7, "one other choice"), (9, "3 other choices")])
def test_of_many_sets_of_lines_that_succeed_some_are_named(catalogue: Catalogue, sets: int, more: str) -> None:
    asked = next(one for one in demands(catalogue) if one[0].identification == "nær")
    why = Why((1,), tuple((number,) for number in range(1, sets + 1)), ())
    one = message_of(asked[0], answer(asked, catalogue, "en")._replace(why=why), catalogue)
    text = " ".join(as_text(one).split())
    assert "line 5; line 6." in text
    assert ("line 6. The same is true of" in text) == bool(more)
    assert more in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_demand_that_cannot_be_run_says_why(catalogue: Catalogue, language: str) -> None:
    asked = next(demands(catalogue))
    findings = [Finding(3, 5, "VKD101", "Yrkee?"), Finding(4, 1, "VKD004", "0?")]
    answered = invalid(asked[0], path="a.vkd", row=0, language=language)
    one = message_of(asked[0], answered, catalogue, findings=findings)
    assert [part.number for part in one.parts] == [1, 2, 3, 4, 5]
    assert "Yrkee? (VKD101)" in as_text(one)
    assert "0? (VKD004)" in as_markdown(one)
    assert str(catalogue.register.size()[0]) in " ".join(map(words_of, one.facts)).split()


def test_near_misses_are_counted_by_kind_where_they_are_many(catalogue: Catalogue) -> None:
    text = "".join(
        f"0 / Produktbeskrivelse / flyt-{n:02d}\n1 / Bedrifter / Industri / Omsetning / 1950..1969 / .\n"
        for n in range(12)
    )
    catalogue.overlay("products/flyt.vkd", read_document(text, catalogue.parser))
    asked = next(one for one in demands(catalogue) if one[0].identification == "nær")
    printed = as_text(message(asked, catalogue, "en"))
    catalogue.overlay("products/flyt.vkd", read_document("", catalogue.parser))
    assert "13 in all; the first of each kind are shown here." in printed
    assert "flyt-02" in printed
    assert "flyt-03" not in printed


def row_of(product: str, one: Message, number: int) -> tuple[str, ...]:
    """The row that speaks of a product in a part's table."""
    table = next(block for block in one.parts[number - 1].blocks if isinstance(block, Table))
    rows = (tuple(map(words_of, row)) for row in table.rows)
    return next(row for row in rows if product in named_in(row[0]))


def entry_of(product: str, one: Message, number: int) -> Item:
    """The entry that speaks of a product in a part's list."""
    items = next(block for block in one.parts[number - 1].blocks if isinstance(block, Items))
    return next(item for item in items.items if product in named_in(words_of(item.label)))


def named_in(label: str) -> list[str]:
    for before_last in (" og ", " och ", " and "):
        label = label.replace(before_last, ", ")
    return label.split(", ")
