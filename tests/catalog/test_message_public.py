"""Public messages: what anybody can open is told, and what lies inside is only said to be there."""

import json
import shutil
from pathlib import Path

import pytest

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation import Answer, evaluate
from vkd_catalog.message import Message, MessageOptions, message_of
from vkd_catalog.message.as_json import answer_as_json
from vkd_catalog.message.as_markdown import as_markdown
from vkd_catalog.message.as_text import as_text
from vkd_catalog.message.public import public_address
from vkd_grammar.document import read_document

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
WITHHELD = {
    "nb": "i arkivet; spør registerholderen",
    "sv": "i arkivet; fråga registerhållaren",
    "da": "i arkivet; spørg registerholderen",
    "en": "in the archive; ask the register holder",
}
OPEN = {
    "https://example.org/a b.csv": "https://example.org/a b.csv",
    "HTTP://Example.org:8080/x?y=1#z": "HTTP://Example.org:8080/x?y=1#z",
    "web:x/y.csv": "https://data.example.org/x/y.csv",
    "https://www.xn--brnehave-54a.dk/": "https://www.xn--brnehave-54a.dk/",
    "http://93.184.216.34/x": "http://93.184.216.34/x",
}
INTERNAL = (
    "archive/person.csv",
    "/srv/fob/person.csv",
    "C:\\fob\\person.csv",
    "\\\\server\\share\\person.csv",
    "../../person.csv",
    "box:person.csv",
    "store:person.csv",
    "nobody:person.csv",
    "file:///srv/person.csv",
    "ftp://ftp.example.org/person.csv",
    "s3://bucket/person.csv",
    "urn:isbn:0451450523",
    "https://user:secret@example.org/person.csv",
    "https://token@example.org/person.csv",
    "http://localhost/person.csv",
    "http://intranet/person.csv",
    "http://arkiv.local/person.csv",
    "http://arkiv.ssb.INTERNAL./person.csv",
    "http://127.0.0.1/person.csv",
    "http://10.0.0.1:8000/person.csv",
    "http://192.168.1.1/person.csv",
    "http://[::1]/person.csv",
    "http://[fe80::1",
    "http://127.1/person.csv",
    "http://2130706433/person.csv",
    "http:///person.csv",
    "https://",
)
SETTINGS = '\n[archives]\nbox = "archive/"\nstore = "s3://bucket/"\nweb = "https://data.example.org/"\n'
LINE = "1 / Personer / Personreg.nov.60 / Utdanning / 19601101 / ."
DEMAND = f"0 / Etterspørselsbeskrivelse / noen\n{LINE}\n"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("public") / "census"
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd", "*.vkd"))
    settings = (root / "vkd.toml").read_text(encoding="utf-8")
    (root / "vkd.toml").write_text(settings.partition("[archives]")[0] + SETTINGS, encoding="utf-8")
    (root / "products").mkdir(exist_ok=True)
    return open_catalogue(root)


def cover(catalogue: Catalogue, name: str, text: str) -> None:
    """Puts a text in the place of a product file."""
    catalogue.overlay(f"products/{name}.vkd", read_document(text, catalogue.parser))


def answered(
    catalogue: Catalogue, address: str, *, language: str = "en", public: bool = True
) -> tuple[Answer, Message]:
    """The answer of a catalogue with one product at an address, and its message."""
    technical = f"data={address}; contact=arkivet@example.org; series=pseudonym-7; unit-id=Fødselsnummer"
    cover(catalogue, "one", f"0 / Produktbeskrivelse / en / {technical}\n{LINE}\n")
    ((row, description),) = read_document(DEMAND, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    answer = evaluate(demand, catalogue.register, catalogue.vocabularies, path="a.vkd", row=row, language=language)
    return answer, message_of(demand, answer, catalogue, MessageOptions(public=public))


@pytest.mark.parametrize(("address", "told"), OPEN.items())
def test_what_anybody_can_open_is_told(catalogue: Catalogue, address: str, told: str) -> None:
    answer, message = answered(catalogue, address)
    assert f"Data archive      {told}\n" in as_text(message)
    assert "](<" in as_markdown(message)
    facts = answer_as_json(answer, None, catalogue)["products"]
    stated = {"data": told, "contact": "arkivet@example.org", "unit-id": "Fødselsnummer"}
    assert facts == {"en": {**dict_of(answer), "data": told, "stated": stated, "withheld": []}}


@pytest.mark.parametrize("address", INTERNAL)
def test_what_lies_inside_is_said_to_be_there(catalogue: Catalogue, address: str) -> None:
    assert public_address(address, catalogue) is None
    answer, message = answered(catalogue, address)
    assert f"Data archive      {WITHHELD['en']}\n" in as_text(message)
    assert "Document archive  not stated\n" in as_text(message)
    printed = (
        as_text(message),
        as_markdown(message).replace("\\", ""),
        json.dumps(answer_as_json(answer, None, catalogue)),
    )
    for text in printed:
        assert address.replace("\\", "") not in text
        assert "person.csv" not in text
        assert "secret" not in text
        assert str(catalogue.root) not in text
        assert "pseudonym-7" not in text
    facts = answer_as_json(answer, None, catalogue)["products"]
    stated = {"contact": "arkivet@example.org", "unit-id": "Fødselsnummer"}
    assert facts == {"en": {**dict_of(answer), "data": None, "stated": stated, "withheld": ["data"]}}


def dict_of(answer: Answer) -> dict[str, object]:
    """What JSON tells of the one product when it is not for the public."""
    products = answer_as_json(answer)["products"]
    assert isinstance(products, dict)
    facts: dict[str, object] = products["en"]
    return facts


@pytest.mark.parametrize("language", WITHHELD)
def test_it_is_said_in_four_languages_and_the_contact_stays(catalogue: Catalogue, language: str) -> None:
    text = as_text(answered(catalogue, "box:person.csv", language=language)[1])
    assert WITHHELD[language] in text
    assert "arkivet@example.org" in text


def test_without_being_asked_everything_is_told(catalogue: Catalogue) -> None:
    answer, message = answered(catalogue, "box:person.csv", public=False)
    assert "box:person.csv (archive/person.csv)" in as_text(message)
    assert dict_of(answer)["data"] == "box:person.csv"
    assert "withheld" not in dict_of(answer)


def test_products_that_only_differ_inside_are_told_together(catalogue: Catalogue) -> None:
    cover(catalogue, "two", f"0 / Produktbeskrivelse / to / data=box:other.csv\n{LINE}\n")
    try:
        assert "\n   en and to\n      Data archive" in as_text(answered(catalogue, "box:person.csv")[1])
    finally:
        cover(catalogue, "two", "")
