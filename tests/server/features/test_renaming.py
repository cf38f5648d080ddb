"""Rename: what a workspace means before is what it means after; what would change the meaning is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.workspaces import PARSER, workspace
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_grammar.document import read_document
from vkd_grammar.technical import columns_of
from vkd_grammar.text import Position, split_lines
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.navigation.naming import named_in_unit_id
from vkd_server.features.refactoring.fixes import applied
from vkd_server.features.refactoring.renaming import Refusal, Target, WordAt, rename, renameable_at
from vkd_server.features.snapshot import Snapshot
from vkd_server.rules.rule import TextEdit

PRODUCT = """\
0 / Produktbeskrivelse / egen / unit-id=fødselsnummer, [K2] , Alder [K3]; form=csv; columns=FNR=Fødselsnummer,A=alder
1 / Personer [A] / Personreg.nov.70 / YRKE / Folketellingen 1970 / O
2 / "            / [P.70]           / Antall  barn / " / O
3 / Person       / xy12             / Yrke / " / .
"""
ENGLISH = """\
0 / Demand description / reader
1 / Person / x1 / Yrke / 1970 / N
2 / Persons / Personreg.nov.70 / Sex / Population census 1970 / .
"""
AMBIGUOUS = """\
0 / Etterspørselsbeskrivelse / flertydig
1 / Personer / Yrke [Y] / Yrke / 1970 / O
2 / Personer / Dobbel / Dobbel [K4] / 1970 / .
"""
FILES = {"products/egen.vkd": PRODUCT, "demands/english.vkd": ENGLISH, "demands/flertydig.vkd": AMBIGUOUS}
NEW = "Nytt/ord, [K5]"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return workspace(tmp_path, FILES)


def snapshots(catalogue: Catalogue, first: str = "") -> Iterator[Snapshot]:
    lexicon = Lexicon(catalogue.vocabularies)
    paths = [path.relative_to(catalogue.root).as_posix() for path in sorted(catalogue.root.rglob("*.vkd"))]
    for path in sorted((path for path in paths if not path.startswith(".")), key=lambda path: path != first):
        text = (catalogue.root / path).read_bytes().decode()
        yield Snapshot(read_document(text, PARSER), path, catalogue, lexicon, catalogue.places_of)


def target(catalogue: Catalogue, path: str, before: str) -> Target | None:
    """What can be renamed in a file behind the first place where some text stands."""
    snapshot = next(snapshots(catalogue, path))
    text = snapshot.document.text
    lines = split_lines(text[: text.index(before) + len(before)])
    return renameable_at(snapshot, Position(len(lines) - 1, len(lines[-1])))


def renamed(catalogue: Catalogue, path: str, found: Target, new: str) -> tuple[TextEdit, ...] | Refusal:
    steps = rename(found, new, catalogue, snapshots(catalogue, path))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: tuple[TextEdit, ...] | Refusal = end.value
            return result


def put(root: Path, edits: tuple[TextEdit, ...]) -> None:
    for path in {edit.path for edit in edits}:
        text = (root / path).read_bytes().decode()
        own = [edit for edit in edits if edit.path == path]
        (root / path).write_bytes(applied(split_lines(text), own).encode())


def meanings(catalogue: Catalogue) -> list[object]:
    """What every line and every unit-id of a workspace means."""
    found: list[object] = []
    for snapshot in snapshots(catalogue):
        for number in range(len(snapshot.document.rows)):
            coded = snapshot.code(snapshot.piece(number))
            found.append((snapshot.path, coded.identification, coded.technical.unit_id))
            characteristics = catalogue.vocabularies.characteristics
            columns = columns_of(coded.technical.values.get("columns", "")) or ()
            for column, word in columns:
                named = named_in_unit_id(word, characteristics)
                found.append((column, named.code if named else word))
            found += [line[2:] for line in coded.sentences]
    return found


def test_every_word_of_the_workspace_can_be_renamed_and_back(root: Path) -> None:
    catalogue = open_catalogue(root, PARSER)
    before = meanings(catalogue)
    words = {
        found.text.casefold(): (found, snapshot.path)
        for snapshot in snapshots(catalogue)
        for row, line in enumerate(snapshot.document.lines)
        for column in range(0, len(line), 4)
        if isinstance(found := renameable_at(snapshot, Position(row, column)), WordAt)
    }
    assert len(words) > 20
    for found, path in words.values():
        edits = renamed(catalogue, path, found, NEW)
        assert not isinstance(edits, Refusal), (found.text, edits)
        had = {edit.path: (root / edit.path).read_bytes() for edit in edits}
        put(root, edits)
        assert meanings(open_catalogue(root, PARSER)) == before, found.text
        for name, data in had.items():
            (root / name).write_bytes(data)


@pytest.mark.parametrize(
    ("path", "before", "new"),
    [
        ("products/egen.vkd", "unit-id=føds", NEW),
        ("products/egen.vkd", "Alder", NEW),
        ("products/egen.vkd", "/ Person", "-"),
        ("products/egen.vkd", "YR", '"'),
        ("products/egen.vkd", "Folketellingen", "Tellingen / 1970"),
        ("products/egen.vkd", "Personreg.", "[A]"),
        ("products/ft70.vkd", "Yrk", "Produktbeskrivelse"),
        ("products/ft70.vkd", "unit-id=Person", "a=b; c\\d"),
        ("demands/english.vkd", "Se", "Gender"),
        ("demands/english.vkd", "Population", " Census  of 1970 "),
        ("demands/english.vkd", "/ Perso", "Somebody"),
        ("demands/flertydig.vkd", "Yrke", "Yrkesnavn"),
        ("demands/eksempel-4.vkd", "Døde", "DØDE"),
        ("demands/eksempel-4.vkd", "Døde", "Døde personer"),
    ],
)
def test_meaning_stays(root: Path, path: str, before: str, new: str) -> None:
    catalogue = open_catalogue(root, PARSER)
    found = target(catalogue, path, before)
    assert found is not None
    before_it = meanings(catalogue)
    edits = renamed(catalogue, path, found, new)
    assert not isinstance(edits, Refusal), edits
    put(root, edits)
    assert meanings(open_catalogue(root, PARSER)) == before_it
    assert len({edit.path for edit in edits}) > 1


def test_each_use_is_edited_as_it_must_be_written(root: Path) -> None:
    catalogue = open_catalogue(root, PARSER)
    found = target(
        catalogue,
        "products/egen.vkd",
        '[P.70]           / Antall  barn / " / O\n3 / Person       / xy12             / Yr',
    )
    assert found is not None
    assert found.text == "Yrke"
    edits = renamed(catalogue, "products/egen.vkd", found, "A/B")
    assert not isinstance(edits, Refusal)
    assert sorted(edit.path for edit in edits if edit.text == "A\\/B") == [
        *["demands/eksempel-3.vkd"] * 2,
        "demands/english.vkd",
        "demands/flertydig.vkd",
        *["products/egen.vkd"] * 2,
        "products/ft60-person.vkd",
        "products/ft70.vkd",
    ]
    assert [edit for edit in edits if edit.path.endswith(".csv")] == [
        TextEdit("vocabulary/characteristics.csv", Position(5, 3), Position(5, 7), "A/B")
    ]


def test_the_same_word_in_another_language_stays(root: Path) -> None:
    catalogue = open_catalogue(root, PARSER)
    found = target(catalogue, "products/egen.vkd", "3 / Pers")
    assert found is not None
    edits = renamed(catalogue, "products/egen.vkd", found, "Menneske")
    assert not isinstance(edits, Refusal)
    assert {edit.path for edit in edits} == {"vocabulary/object-types.csv", "products/egen.vkd"}


@pytest.mark.parametrize(
    ("path", "before", "new", "message"),
    [
        ("products/egen.vkd", "YR", "  ", "Et nytt navn kan ikke være tomt."),
        ("products/egen.vkd", "YR", "a\nb", "«a b» inneholder linjeskift eller styretegn."),
        ("products/egen.vkd", "YR", "kjønn", "«kjønn» er allerede et ord for et annet begrep, [K4]."),
        ("products/egen.vkd", "Folke", "1970", "«1970» ville leses som en tid."),
        (
            "products/egen.vkd",
            "/ Personreg",
            "XY12",
            "«xy12» står allerede i products/egen.vkd:4 og ville få en annen betydning der.",
        ),
        (
            "products/egen.vkd",
            "YR",
            "Antall barn",
            "«Antall  barn» står allerede i products/egen.vkd:3 og ville få en annen betydning der.",
        ),
        (
            "products/egen.vkd",
            "/ Personreg",
            "a|b",
            "«a|b» kan ikke skrives i cellen for begrepet, vocabulary/names.csv:4.",
        ),
        ("products/egen.vkd", "/ eg", "FT70-person", "«FT70-person» brukes allerede i products/ft70.vkd:2."),
        ("demands/english.vkd", "/ read", "bruker 1", "«bruker 1» brukes allerede i demands/eksempel-3.vkd:2."),
    ],
)
def test_what_would_change_the_meaning_is_refused(root: Path, path: str, before: str, new: str, message: str) -> None:
    catalogue = open_catalogue(root, PARSER)
    found = target(catalogue, path, before)
    assert found is not None
    refusal = renamed(catalogue, path, found, new)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.message.replace("  ", " ") == message.replace("  ", " ")


def test_a_word_that_is_doubtful_elsewhere_is_refused(root: Path) -> None:
    path = root / "vocabulary/characteristics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("K4,Kjønn,", "K4,Kjønn,Dobbel|Yrke"), encoding="utf-8")
    catalogue = open_catalogue(root, PARSER)
    (root / "demands/flertydig.vkd").write_text(
        AMBIGUOUS.replace("/ Yrke / 1970", "/ Yrke [K5] / 1970"), encoding="utf-8"
    )
    found = target(catalogue, "demands/flertydig.vkd", "/ Yrke [Y] / Yr")
    assert found is not None
    refusal = renamed(catalogue, "demands/flertydig.vkd", found, "Noe nytt")
    assert isinstance(refusal, Refusal)
    assert refusal.message.startswith("«Yrke» i demands/eksempel-3.vkd:3 kan bety flere begreper.")


def test_an_identification_is_renamed_in_its_header(root: Path) -> None:
    catalogue = open_catalogue(root, PARSER)
    found = target(catalogue, "products/ft70.vkd", "/ ft70-")
    assert found is not None
    edits = renamed(catalogue, "products/ft70.vkd", found, "ft/70")
    assert edits == (TextEdit("products/ft70.vkd", Position(1, 25), Position(1, 36), "ft\\/70"),)


@pytest.mark.parametrize(
    ("cell", "new", "after"),
    [
        ("K2@ft70-person", "ft", "K2@ft"),
        ("K2@FT70-person + K5 | K5@ft60-person|K4@ft70-person", "ft, ny", '"K2@ft, ny+ K5 | K5@ft60-person|K4@ft, ny"'),
        ("K2@ft70-person", "a+b", None),
        ("K2@ft70-person", "a|b", None),
        ("K2@ft60-person", "a|b", "K2@ft60-person"),
    ],
)
def test_an_identification_is_renamed_where_a_vocabulary_names_it(
    root: Path, cell: str, new: str, after: str | None
) -> None:
    path = root / "vocabulary/characteristics.csv"
    row = "K3,Alder,,Age,individual,A,status,L,{},"
    text = path.read_text(encoding="utf-8").replace(row.format("K2"), row.format(cell))
    path.write_text(text, encoding="utf-8")
    catalogue = open_catalogue(root, PARSER)
    found = target(catalogue, "products/ft70.vkd", "/ ft70-")
    assert found is not None
    edits = renamed(catalogue, "products/ft70.vkd", found, new)
    if after is None:
        assert isinstance(edits, Refusal)
        assert "vocabulary/characteristics.csv:4" in edits.message
        return
    assert not isinstance(edits, Refusal)
    put(root, edits)
    assert path.read_text(encoding="utf-8") == text.replace(row.format(cell), row.format(after))


@pytest.mark.parametrize("before", ['2 / "', "[P.", "/ Antall ", "unit-id", "0 / Produkt", "form=c", "3"])
def test_what_is_no_name_cannot_be_renamed(root: Path, before: str) -> None:
    assert target(open_catalogue(root, PARSER), "products/egen.vkd", before) is None
